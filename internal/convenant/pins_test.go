package convenant_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
)

func TestWithCardKeys(t *testing.T) {
	before := denBosch(t)
	keys := map[party.OIN]digest.SHA256{}
	for _, m := range parse(t, string(before)).Parties {
		keys[m.OIN] = digest.Of([]byte("nieuw " + m.OIN))
	}
	after, err := convenant.WithCardKeys(before, keys)
	if err != nil {
		t.Fatal(err)
	}
	c := parse(t, string(after))
	for _, m := range c.Parties {
		if len(m.CardKeys) != 1 || m.CardKeys[0] != keys[m.OIN] {
			t.Errorf("%s: %v", m.OIN, m.CardKeys)
		}
	}
	// Nothing else changed, comments included: the old keys back give the old text.
	old := map[party.OIN]digest.SHA256{}
	for _, m := range parse(t, string(before)).Parties {
		old[m.OIN] = m.CardKeys[0]
	}
	if back, err := convenant.WithCardKeys(after, old); err != nil || string(back) != string(before) {
		t.Errorf("not the old text: %v", err)
	}
}

func TestWithCardKeysRefuses(t *testing.T) {
	key := digest.Of([]byte("x"))
	two := with(t, `"sha-256=:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:"`,
		`["sha-256=:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:", "sha-256=:AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=:"]`)
	for name, c := range map[string]struct {
		text string
		oin  party.OIN
	}{
		"a stranger":     {small, "00000099000000990000"},
		"two keys":       {two, police},
		"no YAML":        {"{", police},
		"no convenant":   {"partijen: [{oin: \"00000099000000020000\", kaartsleutel: abc}]", police},
		"broken by it":   {strings.Replace(small, "P5Y", "5", 1), police},
		"key over lines": {with(t, `"sha-256=:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:"`, "\"sha-256=:AQEBAQEBAQEBAQEBAQEB\\\n    AQEBAQEBAQEBAQEBAQE=:\""), police},
	} {
		if _, err := convenant.WithCardKeys([]byte(c.text), map[party.OIN]digest.SHA256{c.oin: key}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
