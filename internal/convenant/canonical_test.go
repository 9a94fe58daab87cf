package convenant_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// Reading the canonical form gives the same convenant, for every convenant.
func TestCanonicalIsRead(t *testing.T) {
	lists := with(t, "vaste-contactpersoon,", "{leeftijdsgroep: [12-17, 18-22]},")
	for name, text := range map[string]string{"small": small, "Den Bosch": string(denBosch(t)), "a condition with a list": lists} {
		c := parse(t, text)
		again, err := convenant.ParseCanonical(c.Canonical())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if string(again.Canonical()) != string(c.Canonical()) || again.Digest() != c.Digest() {
			t.Errorf("%s: another convenant after reading", name)
		}
		if _, err := convenant.ParseYAML(c.Canonical()); err != nil {
			t.Errorf("%s: the canonical form is not YAML: %v", name, err)
		}
	}
}

// Texts that say the same have the same digest; texts that say something else have not.
func TestEqualAgreementsHaveEqualDigests(t *testing.T) {
	c := parse(t, small)
	same := map[string]string{
		"comment":           "# anders\n" + small,
		"quotes":            with(t, "titel: Een proef", `titel: "Een proef"`),
		"list of one key":   with(t, `"sha-256=:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:"`, `["sha-256=:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=:"]`),
		"default term":      with(t, `artikel: "3"`, "artikel: \"3\"\n    doorvoertermijn: PT72H"),
		"default people":    with(t, `artikel: "3"`, "artikel: \"3\"\n    maximumDeelnemers: 3"),
		"default entry":     with(t, "versie: 1", "versie: 1\ninwerking: alle\nx25519: niet-toegestaan"),
		"condition as true": with(t, "vaste-contactpersoon,", "{vaste-contactpersoon: true},"),
		"order of keys":     with(t, "convenant: proef\nversie: 1", "versie: 1\nconvenant: proef"),
		"folded text":       with(t, "titel: Een proef", "titel: >-\n  Een\n  proef"),
	}
	for name, text := range same {
		if parse(t, text).Digest() != c.Digest() {
			t.Errorf("%s: another digest", name)
		}
	}
	other := map[string]string{
		"purpose":    with(t, "een veilig klimaat", "een veiliger klimaat"),
		"phase":      with(t, "fase-minimaal: 2", "fase-minimaal: 1"),
		"people":     with(t, `artikel: "3"`, "artikel: \"3\"\n    maximumDeelnemers: 4"),
		"category":   with(t, "[signaal, identiteit]", "[signaal]"),
		"entry":      with(t, "versie: 1", "versie: 1\ninwerking: per-partij"),
		"x25519":     with(t, "versie: 1", "versie: 1\nx25519: toegestaan"),
		"card key":   with(t, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAAA="),
		"conditions": with(t, "vaste-contactpersoon,", ""),
	}
	for name, text := range other {
		if parse(t, text).Digest() == c.Digest() {
			t.Errorf("%s: the same digest", name)
		}
	}
}

// Only exactly the signed bytes are read as signed.
func TestParseCanonicalIsStrict(t *testing.T) {
	canonical := string(parse(t, small).Canonical())
	for name, text := range map[string]string{
		"space":           " " + canonical,
		"newline":         canonical + "\n",
		"two":             canonical + canonical,
		"no default":      strings.Replace(canonical, `"inwerking":"alle",`, "", 1),
		"key as text":     strings.Replace(canonical, `["sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"]`, `"sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"`, 1),
		"condition text":  strings.Replace(canonical, `{"vaste-contactpersoon":true}`, `"vaste-contactpersoon"`, 1),
		"duplicate":       strings.Replace(canonical, `"versie":1`, `"versie":1,"versie":1`, 1),
		"null":            strings.Replace(canonical, `"versie":1`, `"versie":null`, 1),
		"float":           strings.Replace(canonical, `"versie":1`, `"versie":1.5`, 1),
		"unknown field":   strings.Replace(canonical, `"versie":1`, `"versie":1,"zomaar":2`, 1),
		"the YAML":        small,
		"nothing":         "",
		"a list":          "[]",
		"not UTF-8":       "{\"a\":\"\xff\"}",
		"deep":            strings.Repeat("[", 100) + strings.Repeat("]", 100),
		"escaped slashes": strings.Replace(canonical, "signaal", `\u0073ignaal`, 1),
	} {
		if text == canonical {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := convenant.ParseCanonical([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Blank lines, comments and indentation of any kind change nothing.
func TestLayoutChangesNothing(t *testing.T) {
	lines := strings.Split(string(denBosch(t)), "\n")
	want := parse(t, string(denBosch(t))).Digest()
	rapid.Check(t, func(t *rapid.T) {
		var out []string
		for _, line := range lines {
			if rapid.IntRange(0, 9).Draw(t, "more") == 0 {
				out = append(out, rapid.SampledFrom([]string{"", "# opmerking", "   "}).Draw(t, "line"))
			}
			out = append(out, line+strings.Repeat(" ", rapid.IntRange(0, 1).Draw(t, "spaces")))
		}
		c, err := convenant.ParseYAML([]byte(strings.Join(out, "\n")))
		if err != nil {
			t.Fatal(err)
		}
		if c.Digest() != want {
			t.Fatal("layout changed the digest")
		}
	})
}
