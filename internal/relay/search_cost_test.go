package relay_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// widest puts down the widest convenant that there can be: 500 parties, and 500 flows of one kind, from any school to any school, each on
// all that such a flow may name. The parties that it adds have no cards.
func (s *setting) widest(t *testing.T) {
	t.Helper()
	head, _, _ := strings.Cut(string(s.ConvenantYAML(t)), "stromen:\n")
	head = strings.Replace(head, "convenant: denbosch-school-en-veiligheid", "convenant: het-wijdste", 1)
	at := strings.Index(head, "doelen:\n")
	var text strings.Builder
	text.WriteString(head[:at])
	for i := range 490 {
		fmt.Fprintf(&text, "  - {oin: %q, rol: school, kaartsleutel: \"sha-256=:5OsfcwfRWlVWpwbTH8Szz+oZtSQFPOh/omROQlycd3k=:\"}\n", fmt.Sprintf("0000009900%010d", i+1))
	}
	text.WriteString(head[at:] + "stromen:\n")
	for i := range 500 {
		fmt.Fprintf(&text, "  - {id: s%d, artikel: a, soort: signaal, van: {rol: school, functies: [veiligheidscoordinator, zorgcoordinator]},"+
			" naar: {rol: school, functies: [zorgcoordinator]}, doelen: [veilige-school, hulp-en-zorg, verzuim-terugdringen],"+
			" grondslagen: [avg-6-1-c, avg-6-1-e], gegevens: [signaal, incident], voorwaarden: [ouders-geinformeerd, {fase-minimaal: 2}, {gericht: %d}]}\n", i, i%50+1)
	}
	text.WriteString("bewaartermijnAudit: P5Y\nlogdoelen: [rechtmatigheid]\n")
	_, _, err := s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, []byte(text.String()))
	must(t, err)
}

// TestASearchEndsInTime: under it a decision takes long, and a search asks for many. It ends all the same, with what it found until then
// or with the advice to ask for less.
func TestASearchEndsInTime(t *testing.T) {
	s := newSetting(t)
	s.widest(t)
	book := s.registry.Snapshot().Book
	school := s.Parties["school"].OIN
	card, _ := book.Party(school)
	me, _ := book.Participant(school, "vc-1")
	q := relay.Search{For: relay.WantKinds, Limit: 500}
	q.Caller = auth.Caller{Party: card, Participant: me}
	q.Recipient, q.RecipientFunction = s.Parties["mbo"].OIN, "zorgcoordinator"
	// Nobody but who names it looks through a draft that was never agreed to.
	if found, err := s.relay.Search(t.Context(), q); err != nil || found.Asked > 0 {
		t.Errorf("unnamed: %d decisions, %v", found.Asked, err)
	}
	q.Convenant = message.ConvenantRef{ID: "het-wijdste", Version: 1}
	began := time.Now()
	_, err := s.relay.Search(t.Context(), q)
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("it took %s", took)
	} else {
		t.Logf("%s, %v", took, err)
	}
	if err != nil && !errors.Is(err, relay.ErrTooWide) {
		t.Error(err)
	}
}
