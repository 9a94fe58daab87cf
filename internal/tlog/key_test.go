package tlog

import (
	"errors"
	"testing"
)

func TestPublicHalfOfASecretIsTheOneThatWasMade(t *testing.T) {
	secret, public, err := GenerateKey("sluis.example:8443/log")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := PublicOf(secret + "\n"); err != nil || got != public {
		t.Errorf("got another vkey, or %v", err)
	}
	for _, text := range []string{"", public, "PRIVATE+KEY+x+y", "PRIVATE+KEY+a+00000000+AAAA"} {
		if _, err := PublicOf(text); !errors.Is(err, ErrKey) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
