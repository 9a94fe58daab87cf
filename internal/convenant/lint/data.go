package lint

import (
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// special names the special and criminal data that go about: the law forbids them unless it gives an exception itself, which a
// convenant cannot (AVG, articles 9 and 10). Police data have rules of their own: see police.
func (l *look) special() {
	for _, code := range l.words.Codes("gegevens") {
		c := vocabulary.Category(code)
		law := l.words.SpecialLaw(c)
		if law == "" || c == "politiegegevens" {
			continue
		}
		first, flows := "", []string(nil)
		for i, f := range l.flows() {
			j := slices.Index(f.Categories, c)
			if j < 0 {
				continue
			}
			if flows = append(flows, f.ID); first == "" {
				first = in(i, "gegevens", j)
			}
			if kind, _ := l.words.Kind(f.Kind); general(f) && !kind.Corrects { // who may share may put right
				l.warn(in(i, "gegevens", j), "gegevens-zonder-uitzondering", "haal "+code+" hier weg, of noem de grondslag van de wet die dit toestaat: sluis words grondslagen",
					"een publieke taak of wettelijke plicht is niet genoeg om %s te delen (%s)", tell.Label(c), law)
			}
		}
		if first != "" {
			l.warn(first, "gegevens-bijzonder", "laat uw privacyfunctionaris nagaan welke uitzondering in de wet geldt, en noem die bij artikel",
				"%s is een bijzonder of strafrechtelijk gegeven: delen is verboden, tenzij de wet het toestaat (%s). Het staat in: %s", tell.Label(c), law, few(flows))
		}
	}
}

// images names flows with pictures of people: 001 keeps a fotoboek for an investigation.
func (l *look) images() {
	for i, f := range l.flows() {
		if j := slices.Index(f.Categories, "beeldmateriaal"); j >= 0 {
			l.warn(in(i, "gegevens", j), "beeldmateriaal", "haal het weg, tenzij het zonder beeld niet kan",
				"beelden van jongeren horen bij een onderzoek en zelden in een convenant (handreiking onderwijs en veiligheid, fotoboek)")
		}
	}
}

// anonymous finds flows that ask for nobody's name and allow data that point somebody out: the rules refuse those.
func (l *look) anonymous() {
	for i, f := range l.flows() {
		kind, _ := l.words.Kind(f.Kind)
		if !kind.Anonymous && !has(f, "anoniem") {
			continue
		}
		for j, c := range f.Categories {
			if l.words.PointsOut(c) {
				l.warn(in(i, "gegevens", j), "anoniem-met-naam", "haal "+string(c)+" hier weg", "dit bericht noemt niemand, en aan %s is iemand te herkennen: de sluis weigert het", tell.Label(c))
			}
		}
	}
}

// needed finds flows through which nothing can pass, because the content of the kind cannot do without a category that the flow
// does not allow.
func (l *look) needed() {
	for i, f := range l.flows() {
		var missing []vocabulary.Category
		for _, c := range message.DefaultSchemas().Needed(f.Kind) {
			if !slices.Contains(f.Categories, c) {
				missing = append(missing, c)
			}
		}
		if len(missing) > 0 {
			l.warn(at(i, "gegevens"), "gegevens-te-weinig", "voeg bij gegevens toe: "+tell.And(codes(missing)),
				"%s kan niet zonder %s, dus deze stroom laat nooit iets door", tell.Kind(f.Kind), tell.And(tell.Labels(missing)))
		}
	}
}

func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, code := range list {
		out[i] = string(code)
	}
	return out
}

// shown is how many of a list are named in a sentence.
const shown = 4

// few names the first of a list, and how many more there are.
func few(ids []string) string {
	if len(ids) <= shown+1 {
		return tell.And(ids)
	}
	return tell.And(append(slices.Clone(ids[:shown]), fmt.Sprintf("nog %d andere", len(ids)-shown)))
}
