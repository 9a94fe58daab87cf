package reference

import (
	"fmt"
	"strings"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Line is a kind in a list of all.
type Line struct {
	Kind  vocabulary.Kind
	Title string
	Text  string // what it is for
}

// Lines lists all kinds that have a schema, sorted by code.
func Lines(schemas *message.Schemas) ([]Line, error) {
	var list []Line
	for _, kind := range schemas.Kinds() {
		s, err := read(schemas, kind)
		if err != nil {
			return nil, err
		}
		list = append(list, Line{Kind: kind, Title: s.Title, Text: s.Description})
	}
	return list, nil
}

// Categories gives the categories of data that each payload of a kind holds, and those that it can hold besides, sorted. A flow that
// lacks one of the first is a flow that no message fits. What an attachment holds comes on top.
func Categories(schemas *message.Schemas, kind vocabulary.Kind) (always, maybe []vocabulary.Category, err error) {
	s, err := read(schemas, kind)
	if err != nil {
		return nil, nil, err
	}
	must, may := s.categories()
	for _, code := range must {
		always = append(always, vocabulary.Category(code))
	}
	for _, code := range may {
		maybe = append(maybe, vocabulary.Category(code))
	}
	return always, maybe, nil
}

// Index gives the page that leads to the page of each kind (`<kind>.md` beside it): Markdown, in Dutch.
func Index(schemas *message.Schemas) (string, error) {
	var what, which strings.Builder
	for _, kind := range schemas.Kinds() {
		s, err := read(schemas, kind)
		if err != nil {
			return "", err
		}
		always, maybe := s.categories()
		fmt.Fprintf(&what, "| [%s](%s.md) | %s |\n", kind, kind, cell(s.Description))
		fmt.Fprintf(&which, "| %s | %s | %s |\n", kind, orDash(always), orDash(maybe))
	}
	return "# Soorten berichten\n\n" +
		"Van elke soort staat hier waarvoor zij is, wat u invult en een voorbeeld. U ziet hetzelfde met `sluis kind`.\n\n" +
		"| soort | waarvoor |\n|---|---|\n" + what.String() +
		"\n## Welke gegevens\n\n" +
		"Elk veld hoort bij een gegevenscategorie. Een stroom in een convenant noemt de categorieën die mogen; wat onder \"altijd\" staat,\n" +
		"is bij deze soort altijd nodig. `signaal` is ook wat de afzender zelf over het bericht schrijft, `identiteit` ook wie als medewerker\n" +
		"in het bericht staat. Bij een bijlage tellen de categorieën die de afzender erbij noemt. Sluis kan bijlagen niet lezen, en dus ook niet\n" +
		"op virussen controleren: dat doet de computer van de ontvanger.\n\n" +
		"| soort | altijd | kan ook |\n|---|---|---|\n" + which.String(), nil
}
