package message_test

import (
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
	"github.com/sluis-gateway/sluis/internal/party"
)

func TestWhatIsSignedIsWhatIsParsed(t *testing.T) {
	key := messagetest.Key(t)
	signed := messagetest.Signed(t, messagetest.Envelope(t), key)
	parsed, err := message.ParseEnvelope(signed.Compact())
	if err != nil {
		t.Fatal(err)
	}
	verified, err := parsed.Verify(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(signed.Envelope(), verified.Envelope()); diff != "" {
		t.Errorf("the envelope changed on its way:\n%s", diff)
	}
	if verified.Kid() != signed.Kid() || verified.Kid() != jose.Thumbprint(&key.PublicKey) || parsed.Kid() != verified.Kid() {
		t.Error("the kid is not that of the key that signed")
	}
	if verified.Digest() != signed.Digest() || parsed.Digest() != signed.Digest() {
		t.Error("the digest depends on who looks")
	}
	if parsed.ID() != signed.Envelope().ID || parsed.Sender() != signed.Envelope().Sender {
		t.Error("the parsed envelope tells another id or sender")
	}
}

func TestAnotherKeyDoesNotVerify(t *testing.T) {
	signed := messagetest.Signed(t, messagetest.Envelope(t), messagetest.Key(t))
	parsed, err := message.ParseEnvelope(signed.Compact())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parsed.Verify(&messagetest.Key(t).PublicKey); !errors.Is(err, jose.ErrSignature) {
		t.Errorf("got %v, want ErrSignature", err)
	}
}

func TestAnotherTypIsNoEnvelope(t *testing.T) {
	key := messagetest.Key(t)
	signed := messagetest.Signed(t, messagetest.Envelope(t), key)
	confirmed, err := message.SignConfirmation(messagetest.Confirmation(signed), key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := message.ParseEnvelope(confirmed.Compact()); err == nil {
		t.Error("a bevestiging was read as an envelop")
	}
	if _, err := message.ParseConfirmation(signed.Compact()); err == nil {
		t.Error("an envelop was read as a bevestiging")
	}
}

// TestTimesAreNotRewritten: an offset that a sender wrote is what was signed.
func TestTimesAreNotRewritten(t *testing.T) {
	e := messagetest.Envelope(t)
	const written = "2026-11-21T11:00:00.250+01:00"
	var err error
	if e.Time, err = message.ParseTime(written); err != nil {
		t.Fatal(err)
	}
	signed := messagetest.Signed(t, e, messagetest.Key(t))
	kop, err := signed.Kop()
	if err != nil {
		t.Fatal(err)
	}
	if signed.Envelope().Time.Text != written || !strings.Contains(string(kop), written) {
		t.Error("the time was rewritten")
	}
}

// TestEnvelopesUpTo16KiBAreSigned: the compact JWS counts, a third longer than its payload. What is signed can be read, and what
// would not be is refused in words.
func TestEnvelopesUpTo16KiBAreSigned(t *testing.T) {
	key := messagetest.Key(t)
	e := messagetest.Envelope(t)
	e.Recipients = nil
	longest := 0
	for n := range 200 {
		if n%20 == 0 {
			to := message.Recipient{Party: party.OIN(fmt.Sprintf("00000099%08d0000", 50+n)), Function: "wijkagent"}
			e.Recipients = append(e.Recipients, to)
		}
		last := &e.Recipients[len(e.Recipients)-1].Participants
		*last = append(*last, message.Addressee{ID: fmt.Sprintf("%064d", n), Card: 1})
		signed, err := message.SignEnvelope(e, key)
		if err != nil {
			if !errors.As(err, new(fault.List)) {
				t.Errorf("with %d people: got %v, want a fault.List", n+1, err)
			}
			break
		}
		longest = len(signed.Compact())
		if _, err := message.ParseEnvelope(signed.Compact()); err != nil {
			t.Fatalf("an envelope of %d bytes was signed and is not read: %v", longest, err)
		}
	}
	if longest < jose.MaxCompactBytes-250 || longest > jose.MaxCompactBytes {
		t.Errorf("the longest envelope that was signed has %d bytes", longest)
	}
}

// signedAs signs a payload whatever it holds, as a hostile sender would.
func signedAs(t testing.TB, typ jose.Typ, key *ecdsa.PrivateKey, payload []byte) string {
	t.Helper()
	compact, err := jose.Sign(typ, key, payload)
	if err != nil {
		t.Fatal(err)
	}
	return compact
}

// places gives where the faults of an error are, sorted.
func places(t testing.TB, err error) []string {
	t.Helper()
	var list fault.List
	if !errors.As(err, &list) {
		t.Fatalf("got %v, want a fault.List", err)
	}
	var out []string
	for _, f := range list {
		if f.Message == "" {
			t.Errorf("fault at %q says nothing", f.Place)
		}
		out = append(out, f.Place)
	}
	slices.Sort(out)
	return out
}

// fields gives a value as the JSON object that it is on the wire, to change it.
func fields(t testing.TB, v any) map[string]any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
