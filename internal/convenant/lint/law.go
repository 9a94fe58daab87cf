package lint

import (
	"regexp"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// fitting names the legal bases that the law gives for a flow.
func (l *look) fitting(f convenant.Flow) string {
	var fits []string
	for _, code := range l.words.Codes("grondslagen") {
		info, _ := l.words.Basis(vocabulary.Basis(code))
		if code != "toestemming" && info.FitsRoles(f.From.Role, f.To.Role, f.Kind) {
			fits = append(fits, code)
		}
	}
	return "kijk met uw privacyfunctionaris of een van deze past: " + tell.Or(fits)
}

// police finds flows on a Wpg decision that do not say so, and police data that others pass on.
func (l *look) police() {
	for i, f := range l.flows() {
		for j, b := range f.Bases {
			info, _ := l.words.Basis(b)
			if info.Decision != "" && !has(f, "wpg-besluit") {
				l.warn(in(i, "grondslagen", j), "wpg-besluit-ongenoemd", "voeg bij voorwaarden toe: wpg-besluit",
					"op %s mag de politie alleen delen met een geregistreerd besluit. De regels vragen het, maar wie het convenant leest, ziet het niet", tell.Basis(b))
			}
		}
		j := slices.Index(f.Categories, "politiegegevens")
		if j >= 0 && f.From.Role != vocabulary.RolePolice {
			l.warn(in(i, "gegevens", j), "politiegegevens-doorgegeven", "haal politiegegevens hier weg; wie ze nodig heeft, vraagt de politie",
				"wie politiegegevens kreeg, moet ze geheimhouden (Wpg, artikel 7 lid 2); %s geeft ze hier door", tell.Party(f.From))
		}
	}
}

// publicBodies are the roles from which a youngster or a parent can hardly refuse anything (AVG, recital 43).
var publicBodies = []vocabulary.Role{"politie", "rvdk", "veilig-thuis", "gemeente", "leerplicht", "ggd", "om", "veiligheidshuis", "gi", "school"}

// consent finds flows that rest on consent where it is hardly free, or where another basis stands beside it.
func (l *look) consent() {
	for i, f := range l.flows() {
		j := slices.Index(f.Bases, "toestemming")
		if j < 0 {
			continue
		}
		if len(f.Bases) > 1 {
			l.warn(in(i, "grondslagen", j), "toestemming-als-terugval", "kies één van beide, of maak er twee stromen van",
				"toestemming staat hier naast een andere grondslag. Wie om toestemming vraagt en bij een nee toch deelt, misleidt")
		}
		if slices.Contains(publicBodies, f.From.Role) && slices.Contains(publicBodies, f.To.Role) {
			l.warn(in(i, "grondslagen", j), "toestemming-niet-vrij", l.fitting(f),
				"toestemming tussen %s en %s is zelden vrij: een jongere of ouder kan moeilijk weigeren (AVG, overweging 43)", tell.Party(f.From), tell.Party(f.To))
		}
	}
}

// namesLaw finds the name of a law in the article of a flow.
var namesLaw = regexp.MustCompile(`(?i)\b(AVG|UAVG|Wpg|Wjsg|Wmo|Wgs|BW|Sr|Burgerlijk Wetboek|Sv|WVO|WVO 2020|WPO|WEC|WEB|Gemeentewet|Politiewet|Leerplichtwet|Jeugdwet|Halt-besluit)\b|\w*wet\b|\bBesluit\b`)

// sectorLaw finds flows on a public task or a legal duty that name no law. AVG, article 6(3): the task or duty stands in a law; the
// AVG itself gives none. One warning names them all: there are often many.
func (l *look) sectorLaw() {
	var bare []string
	first := -1
	for i, f := range l.flows() {
		if general(f) && !namesLaw.MatchString(f.Article) {
			bare = append(bare, f.ID)
			if first < 0 {
				first = i
			}
		}
	}
	if first >= 0 {
		l.warn(at(first, "artikel"), "wet-ongenoemd", `noem bij artikel ook de wet, bijvoorbeeld: artikel: "3; Gemeentewet, artikel 172"`,
			"een publieke taak of wettelijke plicht staat in een wet (AVG, artikel 6 lid 3), en deze stromen noemen er geen: %s", few(bare))
	}
}

// general reports whether a flow rests on the AVG alone, on a task or duty that another law must give.
func general(f convenant.Flow) bool {
	return !slices.ContainsFunc(f.Bases, func(b vocabulary.Basis) bool { return b != "avg-6-1-c" && b != "avg-6-1-e" })
}

// reporting finds reports to Veilig Thuis that do not name the steps of the meldcode.
func (l *look) reporting() {
	for i, f := range l.flows() {
		info, _ := l.words.Basis("wmo-5-2-6")
		if slices.Contains(f.Bases, "wmo-5-2-6") && len(info.ForKind[f.Kind]) > 0 && !has(f, "meldcode-stappen") {
			l.warn(at(i, "voorwaarden"), "meldcode-ongenoemd", "voeg bij voorwaarden toe: {meldcode-stappen: 5}",
				"op Wmo 2015, artikel 5.2.6 meldt iemand na de stappen van de meldcode. De regels vragen ze, maar wie het convenant leest, ziet het niet")
		}
	}
}

// has reports whether a flow sets a condition.
func has(f convenant.Flow, code vocabulary.Condition) bool {
	return slices.ContainsFunc(f.Conditions, func(c convenant.Condition) bool { return c.Code == code })
}
