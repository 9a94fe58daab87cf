package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// maxMotivationText is how long a sealed motivation may be, in characters: a page. Who needs more writes it in the message itself.
const maxMotivationText = 4000

const motivationPlace = "motivering"

// checkMotivation says what is wrong with the motivation of a draft, before anybody is bothered with it. The gateway refuses a
// crisis without one too (reason crisis-zonder-motivering).
func checkMotivation(d Draft) error {
	var faults fault.List
	switch text := tidyMotivation(d.Motivation); {
	case text == "" && d.Motivation != "":
		faults.Add(motivationPlace, "is leeg; schrijf kort waarom niet gewacht kan worden")
	case text == "" && d.Urgency == vocabulary.Crisis:
		faults.Add(motivationPlace, "ontbreekt; schrijf bij urgentie crisis kort waarom niet gewacht kan worden. Alleen de privacyfunctionarissen kunnen dat lezen")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
		faults.Add(motivationPlace, "is geen leesbare tekst; bewaar het bestand als platte tekst (UTF-8)")
	case utf8.RuneCountInString(text) > maxMotivationText:
		faults.Add(motivationPlace, "is te lang: hoogstens %d tekens", maxMotivationText)
	}
	return faults.Err()
}

// tidyMotivation takes off what editors leave around a text.
func tidyMotivation(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// motivationBody writes a motivation as it is sealed. It has no schema of its own: it belongs to any kind of message.
func motivationBody(text string) ([]byte, error) {
	body, err := json.Marshal(struct {
		Text string `json:"tekst"`
	}{tidyMotivation(text)})
	if err != nil {
		return nil, fmt.Errorf("writing a motivation: %w", err)
	}
	return body, nil
}

// motivationText reads it back, from a stranger. The text may hold characters that steer a terminal: who shows it sees to that.
func motivationText(body []byte) (string, error) {
	var faults fault.List
	o := strictjson.Parse(body, strictjson.Limits{Bytes: message.MaxMotivation, Depth: 2}, &faults).Object(&faults)
	text := o.Text("tekst", maxMotivationText)
	o.End()
	return text, faults.Err()
}

// Motivation gets, verifies and opens the sealed motivation of a message: why a sender made an exception. Only a privacy officer of
// the parties involved can. The text is personal data, written by somebody else.
//
// Errors are those of [Client.Receive]; there is nothing to confirm. A fault.List when the message has no motivation.
func (c *Client) Motivation(ctx context.Context, id string) (string, error) {
	s, err := c.Message(ctx, id)
	if err != nil {
		return "", err
	}
	e := s.Envelope.Envelope()
	if e.Motivation == nil {
		return "", fault.List{{Place: "bericht", Message: "heeft geen verzegelde motivering"}}
	}
	a, err := c.fetch(ctx, e.ID, motivationPlace, *e.Motivation)
	if err != nil {
		return "", err
	}
	most, err := c.mostOfficers(ctx, e)
	if err != nil {
		return "", err
	}
	if err := sealedForAtMost(most, s.x25519, a); err != nil {
		return "", err
	}
	body, err := c.unseal(s, a, motivationPart)
	if err != nil {
		return "", err
	}
	text, err := motivationText(body)
	if err != nil {
		return "", &UnreadableError{"De motivering heeft niet de afgesproken vorm.", err}
	}
	return text, nil
}

// sealedForAtMost looks at the seal of a motivation as [sealedAsAgreed] does at that of a payload. How many privacy officers there
// were is known only as an upper bound: cards have changed since.
func sealedForAtMost(most int, x25519 bool, file []byte) error {
	for n := 1; n <= most; n++ {
		seal := message.NewAgeHeaderChecker(n, x25519)
		_, _ = seal.Write(file) // never fails; Close gives the verdict
		switch err := seal.Close(); {
		case err == nil:
			return nil
		case !errors.Is(err, message.ErrAgeKeys):
			return &UnreadableError{motivationPart.damaged, err}
		}
	}
	return refuse(PayloadFalse, message.ErrAgeKeys, "De motivering is voor meer mensen verzegeld dan er privacyfunctionarissen waren, of met een sleutel die het convenant niet toestaat. ", nothingOpened)
}

// contentOf describes an age file.
func contentOf(file []byte) message.Content {
	return message.Content{Digest: digest.Of(file), Length: int64(len(file))}
}
