package lint

import (
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// answers finds flows that answer what nobody may ask, and answers from people whom nobody asks.
func (l *look) answers() {
	for i, f := range l.flows() {
		kind, _ := l.words.Kind(f.Kind)
		if len(kind.Answers) == 0 {
			continue
		}
		asked, known := l.back(f, func(other convenant.Flow) bool { return slices.Contains(kind.Answers, other.Kind) })
		switch {
		case !asked:
			l.warn(at(i, "soort"), "antwoord-zonder-vraag", "schrijf de stroom van "+tell.Party(f.To)+" naar "+tell.Party(f.From)+", of haal deze weg",
				"hier staat een antwoord, en %s mag %s niets sturen waarop dit het antwoord is", tell.Party(f.To), tell.Party(f.From))
		case !known:
			l.warn(at(i, "van.functies"), "antwoord-van-ander", "noem dezelfde functies in beide stromen",
				"wie mag antwoorden, is in geen enkele stroom degene aan wie gevraagd wordt")
		}
	}
}

// questions finds flows to which no flow brings an answer.
func (l *look) questions() {
	for i, f := range l.flows() {
		if !l.asks(f.Kind) {
			continue
		}
		answered, _ := l.back(f, func(other convenant.Flow) bool {
			kind, _ := l.words.Kind(other.Kind)
			return slices.Contains(kind.Answers, f.Kind)
		})
		if !answered {
			l.warn(at(i, "soort"), "vraag-zonder-antwoord", "schrijf een stroom terug: "+tell.Or(l.answersTo(f.Kind)),
				"%s mag %s niet antwoorden op %s", tell.Party(f.To), tell.Party(f.From), tell.Kind(f.Kind))
		}
	}
}

// reactions finds flows that ask for something without saying by when (001, the signal charts of chapter 2).
func (l *look) reactions() {
	for i, f := range l.flows() {
		if l.asks(f.Kind) && f.ReactionTerm == "" {
			l.warn(at(i, "id"), "reactietermijn-ontbreekt", "voeg toe: reactietermijn: P1D (of P7D, of 5 werkdagen)",
				"er staat niet binnen welke tijd %s op %s hoort te reageren; niemand ziet dan dat het te laat is", tell.Party(f.To), tell.Kind(f.Kind))
		}
	}
}

// asks reports whether somebody waits for an answer to a kind: it opens a case, and there are kinds that answer it.
func (l *look) asks(kind vocabulary.Kind) bool {
	info, _ := l.words.Kind(kind)
	return len(info.Answers) == 0 && len(l.answersTo(kind)) > 0
}

func (l *look) answersTo(kind vocabulary.Kind) []string {
	var kinds []string
	for _, other := range l.words.Kinds() {
		if info, _ := l.words.Kind(other); slices.Contains(info.Answers, kind) {
			kinds = append(kinds, string(other))
		}
	}
	return kinds
}

// back reports whether there is a flow of some kind the other way, and whether it connects the same people.
func (l *look) back(f convenant.Flow, is func(convenant.Flow) bool) (found, same bool) {
	for _, other := range l.flows() {
		if other.From.Role != f.To.Role || other.To.Role != f.From.Role || !is(other) {
			continue
		}
		found = true
		same = same || meet(other.From.Functions, f.To.Functions) && meet(other.To.Functions, f.From.Functions)
	}
	return found, same
}

func meet[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(one T) bool { return slices.Contains(b, one) })
}

// corrections finds ways along which something about a person goes, and along which nobody can put it right (AVG, article 19; 001,
// bijlage 3: foute gegevens).
func (l *look) corrections() {
	type way struct{ from, to vocabulary.Role }
	done := map[way]bool{}
	for i, f := range l.flows() {
		w := way{f.From.Role, f.To.Role}
		if kind, _ := l.words.Kind(f.Kind); !kind.AboutPerson || kind.Corrects || done[w] {
			continue
		}
		done[w] = true
		missing, corrects := l.uncorrected(w.from, w.to)
		switch {
		case !corrects:
			l.warn(at(i, "id"), "correctie-ontbreekt", "schrijf een stroom van de soort correctie van "+tell.Party(f.From)+" naar "+tell.Party(f.To),
				"wat %s aan %s fout doorgeeft, kan niemand rechtzetten (AVG, artikel 19)", tell.Party(f.From), tell.Party(f.To))
		case len(missing) > 0:
			l.warn(at(i, "gegevens"), "correctie-te-smal", "voeg bij gegevens van de correctie toe: "+tell.And(missing),
				"niet alles wat %s aan %s geeft, mag in een correctie staan", tell.Party(f.From), tell.Party(f.To))
		}
	}
}

// uncorrected gives the categories that go a way and that no correctie along it may name, and whether there is a correctie at all.
func (l *look) uncorrected(from, to vocabulary.Role) (missing []string, corrects bool) {
	var sent, corrected []vocabulary.Category
	for _, f := range l.flows() {
		if f.From.Role != from || f.To.Role != to {
			continue
		}
		switch kind, _ := l.words.Kind(f.Kind); {
		case kind.Corrects:
			corrects, corrected = true, append(corrected, f.Categories...)
		case kind.AboutPerson:
			sent = append(sent, f.Categories...)
		}
	}
	slices.Sort(sent)
	for _, c := range slices.Compact(sent) {
		if !slices.Contains(corrected, c) {
			missing = append(missing, string(c))
		}
	}
	return missing, corrects
}
