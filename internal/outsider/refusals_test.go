package outsider

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
)

// TestTheExamplesRefuse plays a dishonest gateway, and a dishonest sender, for each example. Whoever copies one gets these checks.
func TestTheExamplesRefuse(t *testing.T) {
	t.Parallel()
	for _, example := range []program{bash, typescript} {
		t.Run(example.name, func(t *testing.T) {
			t.Parallel()
			r, b := region(t)
			id := sends(t, r, example)
			refusesToSend(t, r, b, example)
			refusesToOpen(t, r, b, example, id)
		})
	}
}

// sends is what happens when nobody plays false. The profile has then seen cards and a log, to compare with.
func sends(t *testing.T, r *gatewaytest.Region, example program) (id string) {
	stdout, stderr, ok := run(t, example.send(t, r.Person("school/vc-1").Profile, examples+"/opdracht.json"))
	if !ok {
		t.Fatalf("an honest gateway is refused: %s", stderr)
	}
	return messageID.FindString(stdout)
}

// refusesToSend: nothing may leave before cards and convenant were found good, and a false receipt is no receipt.
func refusesToSend(t *testing.T, r *gatewaytest.Region, b *between, example program) {
	cards := "GET /v1/kaarten/" + police
	convenant := "GET /v1/convenanten/" + gatewaytest.ConvenantID + "/versies/1"
	for name, c := range map[string]struct {
		call   string
		change func([]byte) []byte
		says   string
		late   bool // the message was handed over before it could be noticed
	}{
		"a person's card by somebody else": {cards, card(t, "wa-7", forgedCard(t, r)), "niet door die organisatie ondertekend", false},
		"a person's other card":            {cards, card(t, "wa-7", secondCard(t, r)), "met hetzelfde versienummer", false},
		"a party card by another key":      {cards, card(t, "", unpinnedCard(t, r)), "sleutel die niet in het convenant staat", false},
		"another convenant":                {convenant, replace(t, `"titel":"`, `"titel":"Niet `), "niet ondertekend", false},
		"a receipt of another time":        {"POST /v1/berichten", replace(t, `"tijd":"20`, `"tijd":"19`), "ontvangstbewijs", true},
		"a receipt without its hashes":     {"POST /v1/berichten", replace(t, `(index \d+\\n)[^\\]+\\n`, `$1`), "ontvangstbewijs", true},
		"another log":                      {"GET /log/tile/*", func(tile []byte) []byte { return slices.Repeat([]byte{7}, len(tile)) }, "niet meer het spoor", true},
	} {
		t.Run(name, func(t *testing.T) {
			posted := b.says(c.call, c.change, func() {
				stdout, stderr, ok := run(t, example.send(t, r.Person("school/vc-1").Profile, examples+"/opdracht.json"))
				if ok || stdout != "" || !strings.Contains(stderr, c.says) {
					t.Errorf("want a refusal that says %q, got %q %q", c.says, stdout, stderr)
				}
			})
			if !c.late && len(posted) > 0 {
				t.Errorf("something was sent all the same: %v", posted)
			}
			if c.late && len(posted) == 0 {
				t.Error("nothing was sent: the refusal has another cause")
			}
		})
	}
}

// forgedCard is a card of wa-7 that the gateway made, with its own key under the name of the police's beheerder.
func forgedCard(t *testing.T, r *gatewaytest.Region) string {
	t.Helper()
	own, err := jose.GenerateKey()
	check(t, err)
	p := r.Person("politie/wa-7").Participant
	p.Version++
	forged, err := party.SignParticipant(p, own)
	check(t, err)
	header, rest, _ := strings.Cut(forged, ".")
	genuine, _, _ := strings.Cut(r.Party("politie").Cards[1], ".")
	if header == genuine {
		t.Fatal("the forged card names its own key")
	}
	return genuine + "." + rest
}

// secondCard is a card that the police did sign, with other keys and the version of the one that everybody knows.
func secondCard(t *testing.T, r *gatewaytest.Region) string {
	t.Helper()
	p := r.Person("politie/wa-7").Participant
	p.Name = "Iemand anders"
	signed, err := party.SignParticipant(p, r.Party("politie").Admin)
	check(t, err)
	return signed
}

// unpinnedCard is a party card by another certificate in the name of the police, which the authority should not have issued.
func unpinnedCard(t *testing.T, r *gatewaytest.Region) string {
	t.Helper()
	other, err := r.CA.IssueCardSigner(police, "Voorbeeld politie")
	check(t, err)
	c := r.Party("politie").Card
	c.Version++
	signed, err := party.SignCard(c, other.Key, other.Chain)
	check(t, err)
	return signed
}

// card replaces the card of a participant, or for "" that of the party.
func card(t *testing.T, id, with string) func([]byte) []byte {
	return func(body []byte) []byte {
		var answer struct {
			Cards []string `json:"kaarten"`
		}
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Errorf("reading the cards: %v", err)
		}
		for i, compact := range answer.Cards {
			if id == "" && jose.PeekTyp(compact) == jose.PartyCard || id != "" && names(compact, id) {
				answer.Cards[i] = with
			}
		}
		if !slices.Contains(answer.Cards, with) {
			t.Error("there is no such card to replace")
		}
		out, err := json.Marshal(answer)
		if err != nil {
			t.Errorf("writing the cards: %v", err)
		}
		return out
	}
}

func names(compact, id string) bool {
	u, err := jose.Parse(compact, jose.ParticipantCard)
	return err == nil && strings.Contains(string(u.Payload), `"id":"`+id+`"`)
}

// replace changes a text in an answer; it must be there.
func replace(t *testing.T, pattern, with string) func([]byte) []byte {
	re := regexp.MustCompile(pattern)
	return func(body []byte) []byte {
		if !re.Match(body) {
			t.Errorf("nothing to replace: %s", pattern)
		}
		return re.ReplaceAll(body, []byte(with))
	}
}

// posts sends a form as a participant.
func posts(t *testing.T, r *gatewaytest.Region, who string, envelope string, payload []byte) {
	t.Helper()
	body, contentType := gatewaytest.Form(gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(envelope)},
		gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})
	resp, err := r.Person(who).HTTP().Post(r.URL+"/v1/berichten", contentType, strings.NewReader(string(body)))
	check(t, err)
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("the gateway says %s", resp.Status)
	}
}
