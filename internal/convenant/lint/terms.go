package lint

import (
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// soon is how long before its last day a convenant is said to run out, in days: parties need time to read and sign the next version.
const soon = 60

// validity finds a convenant that is over, or will be soon.
func (l *look) validity() {
	until, today := l.source.Valid.Until, party.Day(l.today)
	switch {
	case until == "" || until > party.Day(l.today.AddDate(0, 0, soon)):
	case until < today:
		l.warn("geldig.tot", "geldigheid-voorbij", "kies een latere dag in een nieuwe versie", "dit convenant gold tot en met %s: er mag niets meer onder gedeeld worden", tell.Day(until))
	default:
		l.warn("geldig.tot", "geldigheid-loopt-af", "leg op tijd een nieuwe versie neer en laat alle partijen die tekenen",
			"dit convenant geldt nog tot en met %s; daarna weigert de sluis alles", tell.Day(until))
	}
}

// auditEvery is how long records of police data are kept at least: until the audit after they were made (Wpg, article 32(3)), and an
// outside audit comes once in four years (Besluit politiegegevens, article 6:5).
const auditEvery = 4

// retention finds a term that is too short for police data.
func (l *look) retention() {
	police := slices.ContainsFunc(l.flows(), func(f convenant.Flow) bool { return f.From.Role == vocabulary.RolePolice })
	kept, err := term.ParsePeriod(l.source.Retention)
	if police && (err != nil || kept.Until(l.today).Before(l.today.AddDate(auditEvery, 0, 0))) {
		l.warn("bewaartermijnAudit", "bewaartermijn-kort", "schrijf P5Y (5 jaar)",
			"het auditspoor van politiegegevens blijft ten minste tot de eerstvolgende controle (Wpg, artikel 32), en een externe controle komt eens in de vier jaar")
	}
}

// algorithms tells of keys that a quantum computer will open: a child's file must still be secret in thirty years.
func (l *look) algorithms() {
	if l.source.X25519 {
		l.warn("x25519", "sleutels-verouderd", "haal x25519 weg zodra elke partij nieuwe sleutels heeft",
			"berichten mogen met sleutels die een toekomstige computer kan openen; een dossier van een kind moet over dertig jaar nog geheim zijn")
	}
}
