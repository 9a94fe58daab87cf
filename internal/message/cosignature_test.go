package message_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
)

func TestCoSignatureIsReadAsSigned(t *testing.T) {
	key := messagetest.Key(t)
	envelope := messagetest.Signed(t, messagetest.Envelope(t), messagetest.Key(t))
	signed, err := message.SignCoSignature(envelope, message.NewTime(time.Now()), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := message.ParseCoSignature(signed.Compact())
	if err != nil {
		t.Fatal(err)
	}
	verified, err := parsed.Verify(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(signed.CoSignature(), verified.CoSignature()); diff != "" || verified.Compact() != signed.Compact() {
		t.Errorf("it changed on its way:\n%s", diff)
	}
	if verified.Kid() != jose.Thumbprint(&key.PublicKey) || parsed.Kid() != verified.Kid() {
		t.Error("the kid is another one")
	}
	if _, err := parsed.Verify(&messagetest.Key(t).PublicKey); !errors.Is(err, jose.ErrSignature) {
		t.Errorf("another key: got %v, want ErrSignature", err)
	}
	other := messagetest.Envelope(t)
	other.ID = envelope.Envelope().ID
	if !verified.CoSignature().Matches(envelope) || verified.CoSignature().Matches(messagetest.Signed(t, other, key)) {
		t.Error("it is about this envelope and no other, also not about one with the same id")
	}
}

func TestCoSignatureFaults(t *testing.T) {
	key := messagetest.Key(t)
	right := message.CoSignature{Message: message.NewID(), Time: message.NewTime(time.Now())}
	for name, c := range map[string]struct {
		set  map[string]any
		want []string
	}{
		"no id":           {map[string]any{"bericht": secret}, []string{"bericht"}},
		"no digest":       {map[string]any{"envelop": secret}, []string{"envelop"}},
		"no time":         {map[string]any{"tijd": secret}, []string{"tijd"}},
		"all at once":     {map[string]any{"bericht": 1, "envelop": nil, "tijd": absent}, []string{"bericht", "envelop", "tijd"}},
		"more than it is": {map[string]any{"akkoord": true}, []string{"akkoord"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := fields(t, right)
			f["envelop"] = messagetest.Signed(t, messagetest.Envelope(t), key).Digest()
			for k, v := range c.set {
				if f[k] = v; v == absent {
					delete(f, k)
				}
			}
			_, err := message.ParseCoSignature(signedAs(t, jose.CoSignature, key, encode(t, f)))
			if diff := cmp.Diff(c.want, places(t, err)); diff != "" {
				t.Errorf("faults at other places (-want +got):\n%s", diff)
			}
			if strings.Contains(err.Error(), secret) {
				t.Error("a fault holds the value that was sent")
			}
		})
	}
	if _, err := message.ParseCoSignature(messagetest.Signed(t, messagetest.Envelope(t), key).Compact()); err == nil {
		t.Error("an envelope was read as a second signature")
	}
}

func TestClockOfACoSignature(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		envelope, second time.Duration // before now
		want             []string
	}{
		"at once":                    {0, 0, nil},
		"after a day of thinking":    {24 * time.Hour, 0, nil},
		"signed hours before sent":   {5 * time.Hour, 4 * time.Hour, nil},
		"clocks that differ":         {0, 4 * time.Minute, nil},
		"an old envelope":            {25 * time.Hour, 0, []string{"tijd"}},
		"an envelope of tomorrow":    {-time.Hour, 0, []string{"medeondertekening.tijd", "tijd"}},
		"signed before the envelope": {time.Hour, 2 * time.Hour, []string{"medeondertekening.tijd"}},
		"signed tomorrow":            {0, -time.Hour, []string{"medeondertekening.tijd"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := message.Envelope{Time: message.NewTime(now.Add(-c.envelope))}
			err := message.CoSignature{Time: message.NewTime(now.Add(-c.second))}.CheckClock(e, now)
			var got []string
			if err != nil {
				got = places(t, err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzParseCoSignature as FuzzParseEnvelope: no panic, only faults; and what is accepted reads the same again.
func FuzzParseCoSignature(f *testing.F) {
	key := messagetest.Key(f)
	signed, err := message.SignCoSignature(messagetest.Signed(f, messagetest.Envelope(f), key), message.NewTime(time.Now()), key)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(encode(f, signed.CoSignature()))
	f.Add([]byte(`{"bericht":{},"envelop":[],"tijd":0}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		compact, err := jose.Sign(jose.CoSignature, key, payload)
		if err != nil {
			return
		}
		parsed, err := message.ParseCoSignature(compact)
		if err != nil {
			if !errors.As(err, new(fault.List)) {
				t.Fatalf("%v is no fault.List", err)
			}
			return
		}
		verified, err := parsed.Verify(&key.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		again, err := message.ParseCoSignature(signedAs(t, jose.CoSignature, key, encode(t, verified.CoSignature())))
		if err != nil {
			t.Fatalf("accepted, but not when written again: %v", err)
		}
		if v, err := again.Verify(&key.PublicKey); err != nil || v.CoSignature() != verified.CoSignature() {
			t.Fatalf("written again it is another one (%v)", err)
		}
	})
}
