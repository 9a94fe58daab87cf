package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

type participantFlags struct {
	admin, oin, id, name, jwk, from, until, out                           string
	phone, email, issuer, subject, replacesUntil, absentUntil, substitute string
	functions, age                                                        []string
	version                                                               int
}

func newPartyParticipantCommand() *cobra.Command {
	var f participantFlags
	cmd := &cobra.Command{
		Use:   "participant",
		Short: "Een deelnemerkaart maken en ondertekenen",
		Example: "  sluis party participant --beheerder beheerder.jwk --oin 00000099000000030000 --id vc-1 --naam 'V. Coördinator' \\\n" +
			"    --functie veiligheidscoordinator --jwk vc-1.pub.jwk --age vc-1.age.txt \\\n" +
			"    --versie 1 --van 2026-01-01 --tot 2026-12-31 --uit vc-1.jws",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "beheerder", "oin", "id", "naam", "functie", "jwk", "age", "versie", "van", "tot"); err != nil {
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
	flags.StringVar(&f.admin, "beheerder", "", "bestand met de geheime sleutel (JWK) van een beheerder van de partij")
	flags.StringVar(&f.oin, "oin", "", "OIN van de partij")
	flags.StringVar(&f.id, "id", "", "kenmerk van de deelnemer: kleine letters, cijfers, streepjes")
	flags.StringVar(&f.name, "naam", "", "naam van de deelnemer")
	flags.StringArrayVar(&f.functions, "functie", nil, "functie; mag vaker")
	flags.StringVar(&f.jwk, "jwk", "", "bestand met de publieke sleutel (JWK) van de deelnemer")
	flags.StringArrayVar(&f.age, "age", nil, "age-ontvanger (age1…), of een bestand met er een op elke regel; mag vaker")
	flags.IntVar(&f.version, "versie", 1, "versie van de kaart; gaat alleen omhoog")
	flags.StringVar(&f.from, "van", "", "eerste dag waarop de kaart geldt, jjjj-mm-dd")
	flags.StringVar(&f.until, "tot", "", "laatste dag waarop de kaart geldt, jjjj-mm-dd")
	flags.StringVar(&f.phone, "telefoon", "", "telefoonnummer")
	flags.StringVar(&f.email, "email", "", "e-mailadres")
	flags.StringVar(&f.issuer, "oidc-iss", "", "uitgever van de aanmelding (https-adres)")
	flags.StringVar(&f.subject, "oidc-sub", "", "kenmerk van de deelnemer bij die uitgever")
	flags.StringVar(&f.replacesUntil, "vervangt-tot", "", "tot wanneer de sleutels van de vorige versie nog tellen (RFC 3339)")
	flags.StringVar(&f.absentUntil, "afwezig-tot", "", "laatste dag van afwezigheid, jjjj-mm-dd")
	flags.StringVar(&f.substitute, "vervanger", "", "kenmerk van de deelnemer die vervangt")
	flags.StringVar(&f.out, "uit", "", "bestand voor de kaart (standaard: tonen)")
	return cmd
}

func (f participantFlags) sign(cmd *cobra.Command) (string, error) {
	data, err := readSmall(cmd, f.admin)
	if err != nil {
		return "", err
	}
	admin, err := jose.ParsePrivateJWK(data)
	if err != nil {
		return "", fmt.Errorf("%s is geen geheime sleutel (JWK): %w", f.admin, err)
	}
	if data, err = readSmall(cmd, f.jwk); err != nil {
		return "", err
	}
	key, err := jose.ParsePublicJWK(data)
	if err != nil {
		return "", fmt.Errorf("%s is geen publieke sleutel (JWK): %w", f.jwk, err)
	}
	p := party.Participant{
		OIN: party.OIN(f.oin), ID: f.id, Version: f.version, Name: f.name, Key: key,
		Valid:       party.Validity{From: f.from, Until: f.until},
		Phone:       emptyToNil[string](f.phone),
		Email:       emptyToNil[string](f.email),
		ReplacesTo:  emptyToNil[string](f.replacesUntil),
		AbsentUntil: emptyToNil[string](f.absentUntil),
		Substitute:  emptyToNil[string](f.substitute),
	}
	for _, function := range f.functions {
		p.Functions = append(p.Functions, vocabulary.Function(function))
	}
	if f.issuer != "" || f.subject != "" {
		p.OIDC = &party.OIDCSubject{Issuer: f.issuer, Subject: f.subject}
	}
	if p.Age, err = f.recipients(cmd); err != nil {
		return "", err
	}
	compact, err := party.SignParticipant(p, admin)
	return compact, listed(err)
}

// recipients reads --age: a recipient itself, or a file as `age -R` takes it, with comments after #. What a line is worth, the
// card says when it is signed; a secret key is named here, so that nobody puts one on a card.
func (f participantFlags) recipients(cmd *cobra.Command) ([]string, error) {
	var found []string
	for _, text := range f.age {
		if strings.HasPrefix(text, "age1") {
			found = append(found, text)
			continue
		}
		data, err := readSmall(cmd, text)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		for lines.Scan() {
			line := strings.TrimSpace(lines.Text())
			if strings.HasPrefix(line, "AGE-SECRET-KEY") {
				return nil, fmt.Errorf("%s bevat een geheime sleutel; geef het bestand met de publieke sleutel (age1…)", text)
			}
			if line != "" && !strings.HasPrefix(line, "#") {
				found = append(found, line)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: een regel is te lang", text)
		}
	}
	return found, nil
}
