package demo

import _ "embed" // the payloads that are sent

// The payloads, each by the schema of its kind. The people in them do not exist; numbers are test numbers.
var (
	//go:embed bodies/vragen.json
	bodyQuestions []byte
	//go:embed bodies/antwoorden.json
	bodyAnswers []byte
	//go:embed bodies/signaal.json
	bodySignal []byte
)
