package jose_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/jose"
)

// Every message is verified once and every request carries a token: these two are on the path of all traffic.

func BenchmarkParseAndVerify(b *testing.B) {
	key := newKey(b)
	compact := sign(b, jose.Envelope, key, make([]byte, 1500))
	b.ReportAllocs()
	for b.Loop() {
		u, err := jose.Parse(compact, jose.Envelope)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := u.Verify(&key.PublicKey); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseToken(b *testing.B) {
	token, err := jose.IssueToken(claims(), newKey(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := jose.ParseToken(token); err != nil {
			b.Fatal(err)
		}
	}
}
