package vocabulary_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// copied gives the embedded vocabulary as a tree that a test can spoil.
func copied(t *testing.T) fstest.MapFS {
	t.Helper()
	tree := fstest.MapFS{}
	names, err := fs.Glob(policies.FS, vocabulary.Folder+"/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := policies.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tree[name] = &fstest.MapFile{Data: text}
	}
	return tree
}

// Everything that could make Go and the rules disagree, or leave somebody without a sentence, is refused at loading.
func TestLoadRefuses(t *testing.T) {
	cases := map[string]struct{ file, old, new, want string }{
		"unknown key":          {"rollen", "    functies: [veil", "    funkties: [veil", "rollen.yaml"},
		"unknown function":     {"rollen", "verzuimcoordinator, ", "verzuimkoordinator, ", `"verzuimkoordinator"`},
		"unknown answer":       {"soorten", "antwoordOp: [consultvraag]", "antwoordOp: [vraag]", `"vraag"`},
		"anonymous person":     {"soorten", "anoniem: true}", "anoniem: true, overPersoon: true}", "consultvraag"},
		"no English":           {"doelen", ", en: a safe school", "", "veilige-school lacks"},
		"no Dutch":             {"themas", "nl: pesten, ", "", "pesten lacks"},
		"basis without law":    {"grondslagen", "artikel: Wpg, artikel 19", `artikel: ""`, "wpg-19 names no artikel"},
		"unknown role of law":  {"grondslagen", "naar: [halt]", "naar: [hallt]", `"hallt"`},
		"unknown decision":     {"grondslagen", "wpgBesluit: zaak", "wpgBesluit: dag", "wpg-19"},
		"unknown statement":    {"grondslagen", "[otsLoopt]", "[otsLopt]", `"otsLopt"`},
		"statement of a kind":  {"grondslagen", "zorgmelding: [meldcodeStap1", "zorgmelding: [meldkodeStap1", `"meldkodeStap1"`},
		"statements unseen":    {"grondslagen", "    verklaringen: [redelijkVermoeden]\n", "", "wmo-5-2-6 asks for statements of some kinds only"},
		"kind of a statement":  {"grondslagen", "      zorgmelding: [meldcode", "      zorgmeldingen: [meldcode", `"zorgmeldingen"`},
		"category of a law":    {"grondslagen", "gegevens: [identiteit]", "gegevens: [identiteid]", `"identiteid"`},
		"not between nobodies": {"grondslagen", "nietTussen: [politie", "nietTussen: [polisie", `"polisie"`},
		"list that is not":     {"voorwaarden", "uit: verzuimdrempels", "uit: drempels", "verzuimdrempel takes its codes"},
		"list without codes":   {"voorwaarden", "    uit: leeftijdsgroepen\n", "", "leeftijdsgroep takes its codes"},
		"unknown reason":       {"voorwaarden", "[fase-te-laag]", "[fase-laag]", `"fase-laag"`},
		"unknown parameter":    {"voorwaarden", "parameter: geen", "parameter: iets", "unknown parameter"},
		"number without range": {"voorwaarden", "    minimum: 1\n    maximum: 50\n", "", "gericht needs"},
		"bad placeholder":      {"redenen", "{categorieen}", "{categorie en}", "placeholder"},
		"open bracket":         {"redenen", "[Wel: {toegestaan}. ]", "[Wel: {toegestaan}. ", "brackets"},
		"nested brackets":      {"redenen", "[Wel: {toegestaan}. ]", "[[Wel: {toegestaan}. ]]", "brackets"},
		"no advice":            {"fasen", "nl: Overleg binnen de school, informeer de ouders en overweeg extra ondersteuning.", `nl: ""`, "1 (advies)"},
		"wrong code":           {"themas", "  pesten:", "  pes_ten:", "pes_ten"},
		"no YAML":              {"doelen", "doelen:", "doelen: {", "doelen.yaml"},
		"who knows":            {"gegevens", "vraagAan: schoolcontactpersoon", "vraagAan: niemand", `"niemand"`},
		"twice":                {"themas", "themas:", "doelen:", "two files"},
		"empty list":           {"urgenties", "urgenties:", "x:", "urgenties.yaml"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			tree := copied(t)
			file := vocabulary.Folder + "/" + c.file + ".yaml"
			text := string(tree[file].Data)
			if !strings.Contains(text, c.old) {
				t.Fatalf("%s does not hold %q", file, c.old)
			}
			tree[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.new, 1))}
			if _, err := vocabulary.Load(tree); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestLoadNeedsEveryList(t *testing.T) {
	for name := range copied(t) {
		tree := copied(t)
		delete(tree, name)
		if _, err := vocabulary.Load(tree); err == nil {
			t.Errorf("loaded without %s", name)
		}
	}
	if _, err := vocabulary.Load(fstest.MapFS{}); err == nil {
		t.Error("loaded nothing")
	}
}

func TestDigestCoversTheText(t *testing.T) {
	tree := copied(t)
	one, err := vocabulary.Load(tree)
	if err != nil {
		t.Fatal(err)
	}
	if one.Digest() != vocabulary.Default().Digest() {
		t.Error("equal texts, other digests")
	}
	tree["vocabulaire/doelen.yaml"] = &fstest.MapFile{Data: append(tree["vocabulaire/doelen.yaml"].Data, "# anders\n"...)}
	if other, err := vocabulary.Load(tree); err != nil || other.Digest() == one.Digest() {
		t.Errorf("another text, the same digest, or %v", err)
	}
}
