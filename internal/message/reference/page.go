// Package reference writes what people read about the kinds of message: for each kind a page with what it is for, its rules, its
// fields and an example, and a list of all. `sluis kind` prints them, and docs/berichten holds them.
//
// Everything on a page comes from the payload schema and the vocabulary, so that it cannot say something else than what is checked.
// The package must not know a kind by name, and must not read or write files.
package reference

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Page gives the page of a kind: Markdown, in Dutch. Its error is ours: a schema that cannot be read, or that there is not.
func Page(schemas *message.Schemas, words *vocabulary.Vocabulary, kind vocabulary.Kind) (string, error) {
	s, err := read(schemas, kind)
	if err != nil {
		return "", err
	}
	example, err := Example(schemas, kind)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s (`%s`)\n\n%s\n\n## Regels\n\n", s.Title, kind, s.Description)
	for _, rule := range rules(s, words, kind) {
		fmt.Fprintf(&b, "- %s\n", rule)
	}
	b.WriteString("\n## Velden\n\n| veld | moet | vorm | gegevens | uitleg |\n|---|---|---|---|---|\n")
	for _, f := range s.fields() {
		must := "–"
		if f.required {
			must = "ja"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", f.path, must, cell(f.form), categoryCell(f.category), cell(f.text))
	}
	fmt.Fprintf(&b, "\n\"Moet\" geldt binnen het onderdeel waarin het veld staat: is dat onderdeel er niet, dan hoeft het veld ook niet.\n\n"+
		"## Voorbeeld\n\nDe personen zijn verzonnen. Begin met dit voorbeeld, en vul het in:\n\n```\nsluis kind %s --voorbeeld > %s.json\n```\n\n"+
		"```json\n%s```\n\n## Bron\n\n%s\n", kind, kind, example, s.Source)
	return b.String(), nil
}

// Example gives a body to start from: the first example of the schema, indented, with a line end.
func Example(schemas *message.Schemas, kind vocabulary.Kind) ([]byte, error) {
	s, err := read(schemas, kind)
	if err != nil {
		return nil, err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, s.Examples[0], "", "  "); err != nil {
		return nil, fmt.Errorf("reading the example of %s: %w", kind, err)
	}
	indented.WriteByte('\n')
	return indented.Bytes(), nil
}

// rules are what the table of fields does not tell.
func rules(s schema, words *vocabulary.Vocabulary, kind vocabulary.Kind) []string {
	var list []string
	info, _ := words.Kind(kind)
	if len(info.Answers) > 0 {
		list = append(list, "Dit is een antwoord op: "+codes(info.Answers)+". Zonder zo'n bericht kunt u het niet sturen.")
	}
	if answers := answeredBy(words, kind); len(answers) > 0 {
		list = append(list, "De ontvanger kan antwoorden met: "+codes(answers)+".")
	}
	switch {
	case info.Anonymous:
		list = append(list, "Dit bericht gaat nooit over iemand die te herkennen is. Er is geen veld voor een naam.")
	case info.AboutPerson:
		list = append(list, "Dit bericht gaat over een persoon. Stuurt de politie het, dan zijn het politiegegevens: dan is een grondslag uit de Wpg nodig.")
	}
	always, maybe := s.categories()
	list = append(list, "Gegevens die er altijd in staan: "+codes(always)+".")
	if len(maybe) > 0 {
		list = append(list, "Gegevens die er ook in kunnen staan: "+codes(maybe)+". Het convenant zegt welke daarvan mogen.")
	}
	if slices.ContainsFunc(s.Properties, func(p property) bool { return p.name == "bijlagen" }) {
		list = append(list, fmt.Sprintf("Er mogen bestanden mee (%s), samen hoogstens %d MiB. Noem bij elk bestand welke gegevens erin staan; "+
			"bij een foto of film hoort `beeldmateriaal`.", strings.Join(message.AttachmentExtensions(), " "), message.MaxAttachments>>20))
	} else {
		list = append(list, "Er kunnen geen bestanden mee.")
	}
	return list
}

// answeredBy gives the kinds that are an answer to a kind.
func answeredBy(words *vocabulary.Vocabulary, kind vocabulary.Kind) []vocabulary.Kind {
	return slices.DeleteFunc(slices.Clone(words.Kinds()), func(k vocabulary.Kind) bool {
		info, _ := words.Kind(k)
		return !slices.Contains(info.Answers, kind)
	})
}
