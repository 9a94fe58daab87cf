package demo

import "embed"

// The payloads that are sent, one file each: SCENE-WHAT.json, by the schema of its kind. The people in them do not exist; numbers
// are test numbers.
//
//go:embed bodies/*.json
var bodies embed.FS

// body gives one payload.
func body(name string) []byte {
	data, err := bodies.ReadFile("bodies/" + name + ".json")
	if err != nil {
		panic("demo: no payload " + name) // a slip in this package, found by its test
	}
	return data
}
