package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func newPartyShowCommand() *cobra.Command {
	var anchors, partyCard string
	cmd := &cobra.Command{
		Use:   "show BESTAND|-",
		Short: "Een kaart controleren en tonen",
		Example: "  sluis party show partijkaart.jws --ankers ankers/kaarten\n" +
			"  sluis party show vc-1.jws --partijkaart partijkaart.jws --ankers ankers/kaarten",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("geef één bestand met een kaart, of - voor de standaardinvoer")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := required(cmd, "ankers"); err != nil {
				return err
			}
			certs, err := pki.ReadAnchors(anchors)
			if err != nil {
				return err
			}
			show := cardViewer{out: cmd.OutOrStdout(), anchors: party.NewAnchors(certs), now: time.Now()}
			compact, err := readCard(cmd, args[0])
			if err != nil {
				return err
			}
			if jose.PeekTyp(compact) != jose.ParticipantCard {
				return show.party(compact)
			}
			if err := required(cmd, "partijkaart"); err != nil {
				return err
			}
			of, err := readCard(cmd, partyCard)
			if err != nil {
				return err
			}
			return show.participant(compact, of)
		},
	}
	cmd.Flags().StringVar(&anchors, "ankers", "", "map met vertrouwde certificaten (*.pem, *.crt)")
	cmd.Flags().StringVar(&partyCard, "partijkaart", "", "bij een deelnemerkaart: het bestand met de kaart van de partij")
	return cmd
}

func readCard(cmd *cobra.Command, path string) (string, error) {
	data, err := readSmall(cmd, path)
	return strings.TrimSpace(string(data)), err
}

// cardViewer prints cards that it verified first. What it prints came from a card in the form that party checks, so it holds
// no control characters.
type cardViewer struct {
	out     io.Writer
	anchors *party.Anchors
	now     time.Time
}

func (v cardViewer) party(compact string) error {
	verified, err := v.anchors.VerifyParty(compact, v.now)
	if err != nil {
		return fmt.Errorf("de partijkaart: %w", listed(err))
	}
	c := verified.Card()
	v.line("Partijkaart", "%s", c.Name)
	v.line("OIN", "%s", c.OIN)
	v.line("Rol", "%s", label(c.Role))
	if c.SchoolType != nil {
		v.line("Soort onderwijs", "%s", label(*c.SchoolType))
	}
	v.line("Versie", "%d", c.Version)
	v.validity(c.Valid)
	for _, a := range c.Admins {
		v.line("Beheerder", "%s, sleutel %s", a.ID, jose.Thumbprint(a.Key))
	}
	v.optional("Opvolger", (*string)(c.Successor))
	v.optional("Meldpunt", c.CallbackURL)
	v.line("Kaartsleutel", "%s", verified.CardKey())
	v.line("Digest", "%s", verified.Digest())
	v.line("Gecontroleerd", "handtekening, certificaten tot een vertrouwd anker, OIN")
	return nil
}

func (v cardViewer) participant(compact, partyCard string) error {
	of, err := v.anchors.VerifyParty(partyCard, v.now)
	if err != nil {
		return fmt.Errorf("de partijkaart: %w", listed(err))
	}
	verified, err := party.VerifyParticipant(compact, of)
	if err != nil {
		return fmt.Errorf("de deelnemerkaart: %w", listed(err))
	}
	p := verified.Participant()
	v.line("Deelnemerkaart", "%s", p.Name)
	v.line("Partij", "%s (%s)", of.Card().Name, p.OIN)
	v.line("Kenmerk", "%s", p.ID)
	for _, f := range p.Functions {
		v.line("Functie", "%s", label(f))
	}
	v.line("Versie", "%d", p.Version)
	v.validity(p.Valid)
	v.optional("Telefoon", p.Phone)
	v.optional("E-mail", p.Email)
	v.optional("Vorige sleutel tot", p.ReplacesTo)
	v.optional("Afwezig tot", p.AbsentUntil)
	v.optional("Vervanger", p.Substitute)
	v.line("Sleutel", "%s", verified.Kid())
	for _, a := range p.Age {
		v.line("Versleutelen", "%s", ageKind(a))
	}
	v.line("Digest", "%s", verified.Digest())
	v.line("Gecontroleerd", "handtekening van een beheerder die op de partijkaart staat")
	return nil
}

func (v cardViewer) line(name, format string, args ...any) {
	fmt.Fprintf(v.out, "%-19s %s\n", name+":", fmt.Sprintf(format, args...))
}

func (v cardViewer) optional(name string, value *string) {
	if value != nil {
		v.line(name, "%s", *value)
	}
}

func (v cardViewer) validity(span party.Validity) {
	now := "geldt vandaag niet"
	if span.Contains(v.now) {
		now = "geldt vandaag"
	}
	v.line("Geldig", "van %s tot en met %s (%s)", span.From, span.Until, now)
}

func label[T ~string](code T) string { return vocabulary.Default().Label(string(code)) }

func ageKind(recipient string) string {
	if party.IsHybrid(recipient) {
		return "age, post-kwantum hybride"
	}
	return "age, X25519"
}
