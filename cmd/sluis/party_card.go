package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

type partyCardFlags struct {
	folder, name, role, schoolType, from, until, callback, successor, out string
	admins                                                                []string
	version                                                               int
}

func newPartyCardCommand() *cobra.Command {
	var f partyCardFlags
	cmd := &cobra.Command{
		Use:   "card",
		Short: "Een partijkaart maken en ondertekenen",
		Example: "  sluis party card --partij partij --rol school --soort-onderwijs vo \\\n" +
			"    --beheerder beheerder-1=beheerder.pub.jwk --versie 1 --van 2026-01-01 --tot 2026-12-31 --uit partijkaart.jws",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "partij", "rol", "beheerder", "versie", "van", "tot"); err != nil {
				return err
			}
			compact, err := f.sign(cmd)
			if err != nil {
				return err
			}
			return giveCard(cmd, f.out, compact)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.folder, "partij", "", "map met kaart.crt en kaart.key van de partij")
	flags.StringVar(&f.name, "naam", "", "naam van de partij (standaard: de organisatie in het certificaat)")
	flags.StringVar(&f.role, "rol", "", "rol: school, politie, gemeente, …")
	flags.StringVar(&f.schoolType, "soort-onderwijs", "", "bij een school: po, vo, vso, pro of mbo")
	flags.StringArrayVar(&f.admins, "beheerder", nil, "ID=bestand met de publieke sleutel (JWK) van een beheerder; mag vaker")
	flags.IntVar(&f.version, "versie", 1, "versie van de kaart; gaat alleen omhoog")
	flags.StringVar(&f.from, "van", "", "eerste dag waarop de kaart geldt, jjjj-mm-dd")
	flags.StringVar(&f.until, "tot", "", "laatste dag waarop de kaart geldt, jjjj-mm-dd")
	flags.StringVar(&f.callback, "meldpunt", "", "https-adres voor meldingen")
	flags.StringVar(&f.successor, "opvolger", "", "OIN van de partij die deze opvolgt")
	flags.StringVar(&f.out, "uit", "", "bestand voor de kaart (standaard: tonen)")
	return cmd
}

func (f partyCardFlags) sign(cmd *cobra.Command) (string, error) {
	id, err := pki.ReadCardSigner(f.folder)
	if err != nil {
		return "", err
	}
	oin, err := party.OINOf(id.Chain[0])
	if err != nil {
		return "", fmt.Errorf("het certificaat in %s: %w", f.folder, err)
	}
	card := party.Card{
		OIN: oin, Name: f.name, Role: vocabulary.Role(f.role), Version: f.version,
		Valid:       party.Validity{From: f.from, Until: f.until},
		SchoolType:  emptyToNil[vocabulary.SchoolType](f.schoolType),
		Successor:   emptyToNil[party.OIN](f.successor),
		CallbackURL: emptyToNil[string](f.callback),
	}
	if organisation := id.Chain[0].Subject.Organization; card.Name == "" && len(organisation) > 0 {
		card.Name = organisation[0]
	}
	for _, text := range f.admins {
		label, path, ok := strings.Cut(text, "=")
		if !ok {
			return "", usageError{fmt.Errorf("--beheerder: schrijf ID=bestand, bijvoorbeeld beheerder-1=beheerder.pub.jwk")}
		}
		data, err := readSmall(cmd, path)
		if err != nil {
			return "", err
		}
		if _, err := jose.ParsePrivateJWK(data); err == nil {
			return "", fmt.Errorf("%s is een geheime sleutel; geef het bestand met de publieke sleutel", path)
		}
		key, err := jose.ParsePublicJWK(data)
		if err != nil {
			return "", fmt.Errorf("%s is geen publieke sleutel (JWK): %w", path, err)
		}
		card.Admins = append(card.Admins, party.Admin{ID: label, Key: key})
	}
	compact, err := party.SignCard(card, id.Key, id.Chain)
	return compact, listed(err)
}
