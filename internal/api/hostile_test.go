package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// attack is one hostile request and the answer that it must get.
type attack struct {
	name   string
	do     func(*siege) answer
	status int    // 0: no answer, the connection is closed
	code   string // of the problem; "" for an answer that does not come from Sluis but from net/http
	place  string // of all `fouten`, when that matters
	reason string // one of `redenen`: a refusal by the rules, which the trail keeps as one besluit
}

// leaves says what a request may leave behind: a refusal by the rules is itself recorded (promise 4, "denials too"), once for each
// recipient; nothing else leaves anything.
func (a attack) leaves() map[string]int {
	if a.reason == "" {
		return nil
	}
	return map[string]int{"record besluit": 1}
}

// TestHostileRequests is the table of what a stranger can try, over a real connection to a real gateway. After each of them the
// answer is the one promised, tells nothing of the inside, and repeats nothing that was sent; nothing is stored; the gateway is
// ready and accepts a message.
func TestHostileRequests(t *testing.T) {
	s := besiege(t, gatewaytest.Start(t))
	slow := s.startSlow() // takes half a minute: the others go on meanwhile
	attacks := slices.Concat(certificateAttacks(t), tokenAttacks(), tokenFormAttacks(), envelopeAttacks(), envelopeFormAttacks(),
		ciphertextAttacks(), formAttacks(), transferAttacks(), addressAttacks(), trailAttacks(), rawAttacks(), confirmationAttacks(),
		registryAttacks(), questionAttacks(), manyQuestionsAttacks(), againAttacks(), cosignAttacks(), holdAttacks(), slow)
	if len(attacks) < 40 {
		t.Fatalf("%d attacks, at least 40", len(attacks))
	}
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			s.t = t
			got := a.do(s)
			a.judge(t, got)
			s.unchangedBut(a.leaves())
			s.servesOn()
		})
	}
	t.Logf("%d hostile requests", len(attacks))
}

// judge holds an answer against the table.
func (a attack) judge(t *testing.T, got answer) {
	t.Helper()
	if got.status != a.status {
		t.Fatalf("status %d, want %d: %s", got.status, a.status, got.body)
	}
	if text := strings.ToLower(string(got.body)); a.status != 0 {
		for _, inside := range insides {
			if strings.Contains(text, inside) {
				t.Errorf("the answer holds %q: %s", inside, got.body)
			}
		}
	}
	if a.code == "" {
		return
	}
	p := got.refused(t, a.status, a.code)
	if p.Detail == "" || got.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("no problem with a detail: %s", got.body)
	}
	if a.place != "" && p.places() != a.place {
		t.Errorf("fouten at %q, want %q: %s", p.places(), a.place, got.body)
	}
	if a.reason != "" && !p.because(a.reason) {
		t.Errorf("redenen %+v, want %s", p.Reasons, a.reason)
	}
	if a.status == http.StatusUnauthorized && got.header.Get("WWW-Authenticate") == "" {
		t.Error("a 401 without WWW-Authenticate")
	}
}

// because reports whether a refusal gives a reason, with its sentence.
func (p problem) because(code string) bool {
	for _, r := range p.Reasons {
		if r.Code == code && r.Text != "" {
			return true
		}
	}
	return false
}

// canary stands wherever an attack can put a text of its own; no answer may repeat it.
const canary = "kanarie-123456782"

// insides are what no answer may show: what was sent, and how Sluis is made.
var insides = []string{canary, "panic", "goroutine", "runtime", ".go:", "sql", "/tmp/", "/home/", "internal/", "<nil>", "%!", "unexpected", "invalid character"}
