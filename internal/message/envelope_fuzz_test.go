package message_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
)

// FuzzParseEnvelope signs whatever payload comes, as a hostile sender would: no panic, only faults; and what is accepted can be
// signed again and is then the same.
func FuzzParseEnvelope(f *testing.F) {
	key := messagetest.Key(f)
	f.Add(encode(f, messagetest.Envelope(f)))
	f.Add([]byte(`{"id":"","ontvangers":[{"deelnemers":[{}]}],"verklaringen":{"x":1},"motivering":{}}`))
	f.Add([]byte(`null`))
	f.Add([]byte(``))
	f.Fuzz(func(t *testing.T, payload []byte) {
		compact, err := jose.Sign(jose.Envelope, key, payload)
		if err != nil {
			return
		}
		parsed, err := message.ParseEnvelope(compact)
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
		again, err := message.SignEnvelope(verified.Envelope(), key)
		if err != nil {
			t.Fatalf("accepted, but cannot be signed: %v", err)
		}
		if diff := cmp.Diff(verified.Envelope(), again.Envelope()); diff != "" {
			t.Fatalf("signing again changed it:\n%s", diff)
		}
		one, err := verified.Kop()
		if err != nil {
			t.Fatal(err)
		}
		if two, err := again.Kop(); err != nil || string(one) != string(two) {
			t.Fatalf("the kop differs (%v)", err)
		}
	})
}

// FuzzParseCompact gives the whole JWS: no panic, only faults.
func FuzzParseCompact(f *testing.F) {
	key := messagetest.Key(f)
	signed := messagetest.Signed(f, messagetest.Envelope(f), key)
	f.Add(signed.Compact())
	f.Add("a.b.c")
	f.Add("")
	f.Fuzz(func(t *testing.T, compact string) {
		if _, err := message.ParseEnvelope(compact); err != nil && !errors.As(err, new(fault.List)) {
			t.Fatalf("%v is no fault.List", err)
		}
		if _, err := message.ParseConfirmation(compact); err != nil && !errors.As(err, new(fault.List)) {
			t.Fatalf("%v is no fault.List", err)
		}
	})
}

// FuzzParseConfirmation as FuzzParseEnvelope.
func FuzzParseConfirmation(f *testing.F) {
	key := messagetest.Key(f)
	f.Add(encode(f, messagetest.Confirmation(messagetest.Signed(f, messagetest.Envelope(f), key))))
	f.Add([]byte(`{"advies":{"partij":1},"betrokkenen":[null],"nietAangegeven":[""]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		compact, err := jose.Sign(jose.Confirmation, key, payload)
		if err != nil {
			return
		}
		parsed, err := message.ParseConfirmation(compact)
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
		again, err := message.SignConfirmation(verified.Confirmation(), key)
		if err != nil {
			t.Fatalf("accepted, but cannot be signed: %v", err)
		}
		if diff := cmp.Diff(verified.Confirmation(), again.Confirmation()); diff != "" {
			t.Fatalf("signing again changed it:\n%s", diff)
		}
	})
}
