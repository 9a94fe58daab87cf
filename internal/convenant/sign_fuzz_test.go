package convenant_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
)

// payloadOf gives what a certified object that is right says.
func payloadOf(f *testing.F, compact string, typ jose.Typ) []byte {
	f.Helper()
	u, err := jose.Parse(compact, typ)
	if err != nil {
		f.Fatal(err)
	}
	return u.Payload
}

// FuzzSignature signs whatever ondertekening comes, as a hostile party would: no panic, only faults; and what is accepted names a
// verdict, a version and the words that were agreed to.
func FuzzSignature(f *testing.F) {
	anchors, ids := signers(f)
	id := ids[police]
	right, err := convenant.Sign(pinned(f, ids), convenant.Agreed, time.Now(), id.Key, id.Chain)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(payloadOf(f, right, jose.ConvenantSigned))
	f.Add([]byte(`{"convenant":"a","versie":1e400,"digest":"sha-256=::","besluit":"akkoord","tijd":"0000-01-01T00:00:00Z"}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		compact, err := jose.SignCertified(jose.ConvenantSigned, id.Key, id.Chain, payload)
		if err != nil {
			return
		}
		s, err := convenant.VerifySignature(compact, anchors, time.Now())
		if err != nil {
			if !errors.As(err, new(fault.List)) {
				t.Fatalf("%v is no fault.List", err)
			}
			return
		}
		known := s.Verdict == convenant.Agreed || s.Verdict == convenant.Rejected || s.Verdict == convenant.Withdrawn
		if !known || s.Version < 1 || s.Convenant == "" || s.Party != police || s.Compact != compact || s.CardKey != cardKey(id) {
			t.Fatalf("accepted %+v", s)
		}
	})
}

// FuzzWpgDecision as FuzzSignature; what is accepted can be signed again and is then the same.
func FuzzWpgDecision(f *testing.F) {
	anchors, ids := signers(f)
	id := ids[police]
	one := "0192aaaa-0000-7000-8000-000000000001"
	for _, d := range []convenant.WpgDecision{decision(), with19(decision(), &one)} {
		right, err := convenant.SignWpgDecision(d, id.Key, id.Chain)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(payloadOf(f, right, jose.WpgDecision))
	}
	f.Add([]byte(`{"zaak":{},"doelen":[null],"ontvangers":[""],"geldig":{"van":"2026-02-30"}}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		compact, err := jose.SignCertified(jose.WpgDecision, id.Key, id.Chain, payload)
		if err != nil {
			return
		}
		first, err := convenant.VerifyWpgDecision(compact, anchors, time.Now())
		if err != nil {
			if !errors.As(err, new(fault.List)) {
				t.Fatalf("%v is no fault.List", err)
			}
			return
		}
		again, err := convenant.SignWpgDecision(first, id.Key, id.Chain)
		if err != nil {
			t.Fatalf("accepted, but cannot be signed: %v", err)
		}
		second, err := convenant.VerifyWpgDecision(again, anchors, time.Now())
		if err != nil {
			t.Fatalf("signed, but not accepted: %v", err)
		}
		first.Compact, second.Compact = "", ""
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("signing again changed it:\n%s", diff)
		}
	})
}
