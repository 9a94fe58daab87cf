package reference_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/reference"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const docs = "../../../docs/berichten"

// TestDocumentsAreWhatIsGenerated: docs/berichten says what the schemas say.
func TestDocumentsAreWhatIsGenerated(t *testing.T) {
	want := map[string]string{}
	for _, kind := range message.DefaultSchemas().Kinds() {
		want[string(kind)+".md"] = page(t, kind)
	}
	index, err := reference.Index(message.DefaultSchemas())
	if err != nil {
		t.Fatal(err)
	}
	want["README.md"] = index
	files, err := filepath.Glob(docs + "/*")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got[filepath.Base(file)] = string(text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/berichten is not what is generated; run `go run ./cmd/sluis kind --map docs/berichten`\n(-generated +docs):\n%s", diff)
	}
}

func page(t *testing.T, kind vocabulary.Kind) string {
	t.Helper()
	text, err := reference.Page(message.DefaultSchemas(), vocabulary.Default(), kind)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestPage(t *testing.T) {
	for kind, lines := range map[vocabulary.Kind][]string{
		"terugkoppeling": {
			"# Terugkoppeling (`terugkoppeling`)", "Dit is een antwoord op: `zorgmelding`,",
			"| `stand` | ja | één van: opgepakt,", "| `betrokkenen` | – | lijst van 1 tot en met 10: onderdeel | – |",
			"| `betrokkenen[].naam` | ja | tekst, hoogstens 120 tekens | identiteit |", "| `bijlagen[].inhoud` | ja | base64 | zoals opgegeven |",
			"| `volgendContact` | – | datum | – |", "Gegevens die er altijd in staan: `signaal`.",
		},
		"consultvraag": {
			"gaat nooit over iemand die te herkennen is", "De ontvanger kan antwoorden met: `consultadvies`.", "Er kunnen geen bestanden mee.",
			"| `vragen` | ja | lijst van 1 tot en met 10: tekst, hoogstens 500 tekens | signaal |",
		},
		"verzuimmelding": {"| `drempels[].aantal` | ja | geheel getal van 1 tot en met 2000 | verzuim |", "een grondslag uit de Wpg nodig", "```\nsluis kind verzuimmelding --voorbeeld > verzuimmelding.json\n"},
		"crisismelding":  {"| `tijdstip` | ja | tijdstip | incident |", "| `alarmnummerGebeld` | ja | true of false | – |", "| `betrokkenen[].bsn` | – | burgerservicenummer | identiteit |"},
	} {
		text := page(t, kind)
		for _, line := range lines {
			if !strings.Contains(text, line) {
				t.Errorf("the page of %s does not say %q", kind, line)
			}
		}
	}
}

// TestExampleIsABodyToStartFrom: as it is printed, it can be sent.
func TestExampleIsABodyToStartFrom(t *testing.T) {
	for _, kind := range message.DefaultSchemas().Kinds() {
		body, err := reference.Example(message.DefaultSchemas(), kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := message.DefaultSchemas().Validate(kind, body); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestSchemasThatGiveNoPage(t *testing.T) {
	for name, raw := range map[string]string{
		"no JSON": `{`, "no example": `{"title":"x"}`, "properties are a list": `{"properties":[{}],"examples":[{}]}`, "a property is no object": `{"properties":{"a":1},"examples":[{}]}`,
	} {
		schemas, err := message.LoadSchemas(fstest.MapFS{"berichten/signaal/schema.json": {Data: []byte(raw)}})
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []vocabulary.Kind{"signaal", "zorgmelding"} {
			if text, err := reference.Page(schemas, vocabulary.Default(), kind); err == nil {
				t.Errorf("%s: %s has a page: %s", name, kind, text)
			}
		}
		if _, err := reference.Index(schemas); err == nil {
			t.Errorf("%s: there is an index", name)
		}
		if _, err := reference.Lines(schemas); err == nil {
			t.Errorf("%s: there is a list", name)
		}
	}
}
