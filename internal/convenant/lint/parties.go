package lint

import (
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// parties finds those that no flow names, and flows that no party can use.
func (l *look) parties() {
	named := map[vocabulary.Role]bool{}
	count := map[vocabulary.Role]int{}
	for _, m := range l.source.Parties {
		count[m.Role]++
	}
	for i, f := range l.flows() {
		named[f.From.Role], named[f.To.Role] = true, true
		for part, side := range map[string]vocabulary.Role{"van": f.From.Role, "naar": f.To.Role} {
			if count[side] == 0 {
				l.warn(at(i, part), "stroom-zonder-partij", "neem zo'n partij op bij partijen, of haal de stroom weg",
					"geen enkele partij heeft de rol %s, dus deze stroom wordt nooit gebruikt", tell.Label(side))
			}
		}
		if f.From.Role == f.To.Role && count[f.From.Role] == 1 {
			l.warn(at(i, "van"), "stroom-zonder-partij", "neem een tweede partij met deze rol op, of haal de stroom weg",
				"er is maar één partij met de rol %s, dus deze stroom heeft geen ontvanger", tell.Label(f.From.Role))
		}
	}
	for i, m := range l.source.Parties {
		if !named[m.Role] && m.OIN != l.source.Lead { // who has the regie need not share anything
			l.warn(fmt.Sprintf("partijen[%d]", i), "partij-zonder-stroom", "schrijf een stroom van of naar deze rol, of laat de partij weg",
				"geen enkele stroom noemt de rol %s: deze partij tekent, maar geeft en krijgt niets", tell.Label(m.Role))
		}
	}
}

// cardKeys finds keys that cannot be right: the placeholders of an example, and one key for two parties. The convenant is what
// clients trust keys by (WIRE, "Cards").
func (l *look) cardKeys() {
	owner := map[digest.SHA256]int{}
	example, examples := "", []string(nil)
	for i, m := range l.source.Parties {
		for _, key := range m.CardKeys {
			place := fmt.Sprintf("partijen[%d].kaartsleutel", i)
			if key == digest.Of([]byte(m.OIN)) {
				if examples = append(examples, string(m.OIN)); len(examples) == 1 {
					example = place
				}
			}
			if first, taken := owner[key]; taken && first != i {
				l.warn(place, "kaartsleutel-gedeeld", "vraag beide partijen om hun eigen kaartsleutel",
					"deze kaartsleutel staat ook bij een andere partij: zij kunnen dan elkaars kaarten tekenen")
			}
			owner[key] = i
		}
	}
	if example != "" {
		l.warn(example, "kaartsleutel-voorbeeld", "zet er de sleutels van de partijen zelf in: sluis convenant keys",
			"hier staan plaatshouders van een voorbeeld: met deze kaartsleutels kan niemand een kaart tekenen (OIN %s)", few(examples))
	}
}

// purposes finds those that no flow serves.
func (l *look) purposes() {
	for p := range l.source.Purposes {
		used := false
		for _, f := range l.flows() {
			used = used || slices.Contains(f.Purposes, p)
		}
		if !used {
			l.warn("doelen."+string(p), "doel-ongebruikt", "noem het doel bij de stromen waarvoor het is, of haal het weg",
				"geen enkele stroom heeft het doel %s", p)
		}
	}
}

// functions finds those in which nobody should handle a case: software, and those who look after the others (AVG, article 38(6): no
// conflict of interests for a privacy officer).
func (l *look) functions() {
	for i, f := range l.flows() {
		for part, side := range map[string][]vocabulary.Function{"van.functies": f.From.Functions, "naar.functies": f.To.Functions} {
			for j, function := range side {
				switch function {
				case "aansluiting":
					l.warn(in(i, part, j), "functie-zonder-mens", "noem de functie van een mens",
						"%s is software: niemand leest dan het bericht en neemt de zaak over", tell.Label(function))
				case vocabulary.FunctionPrivacyOfficer, vocabulary.FunctionPartyAdmin:
					l.warn(in(i, part, j), "functie-die-toeziet", "noem de functie van wie de zaak doet",
						"een %s ziet toe en hoort zelf geen berichten over jongeren te sturen of te krijgen (AVG, artikel 38 lid 6)", tell.Label(function))
				}
			}
		}
	}
}
