package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// draftFlags are what `send` and `check` have in common: everything of a message but what is in it.
type draftFlags struct {
	kind, convenant, purpose, basis, function, urgency, theme, ageGroup string
	inReplyTo, caseID, wpg                                              string
	to, categories, statements                                          []string
	phase                                                               int
}

func (f *draftFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.kind, "soort", "", "soort bericht, zoals signaal (zie: sluis kind)")
	flags.StringArrayVar(&f.to, "naar", nil, "ontvanger: OIN/functie, of OIN/functie=deelnemer,deelnemer; mag vaker")
	flags.StringVar(&f.convenant, "convenant", "", "NAAM van het convenant, voor de nieuwste versie die geldt; of NAAM/VERSIE")
	flags.StringSliceVar(&f.categories, "gegevens", nil, "welke gegevens u deelt, met komma's ertussen (zie: sluis words gegevens)")
	flags.StringVar(&f.purpose, "doel", "", "doel (zie: sluis words doelen); mag weg als het convenant er maar één kent")
	flags.StringVar(&f.basis, "grondslag", "", "grondslag (zie: sluis words grondslagen); mag weg als er maar één past")
	flags.IntVar(&f.phase, "fase", 0, "fase van de fasekaart: 1, 2 of 3")
	flags.StringArrayVar(&f.statements, "verklaring", nil, "wat u verklaart (zie: sluis words verklaringen); mag vaker, of met komma's")
	flags.StringVar(&f.function, "functie", "", "functie waarin u dit doet (standaard: die van uw profiel)")
	flags.StringVar(&f.urgency, "urgentie", "", "regulier, spoed of crisis (standaard: regulier)")
	flags.StringVar(&f.theme, "thema", "", "thema, als het convenant daarom vraagt (zie: sluis words themas)")
	flags.StringVar(&f.caseID, "zaak", "", "nummer van de zaak (standaard: een nieuwe)")
	flags.StringVar(&f.inReplyTo, "antwoord-op", "", "nummer van het bericht waarop dit een antwoord is")
	flags.StringVar(&f.wpg, "wpg-besluit", "", "nummer van het Wpg-besluit")
	flags.StringVar(&f.ageGroup, "leeftijdsgroep", "", "leeftijdsgroep, als het convenant daarom vraagt (bijvoorbeeld 12-17)")
}

// required names the flags that there is no default for.
func (f *draftFlags) required() []string { return []string{"soort", "naar", "convenant"} }

// draft reads the flags. Whether a word is allowed is not judged here: the convenant is asked.
func (f *draftFlags) draft() (client.Draft, error) {
	if err := f.checkWords(); err != nil {
		return client.Draft{}, err
	}
	d := client.Draft{
		Kind: vocabulary.Kind(f.kind), Purpose: vocabulary.Purpose(f.purpose), Basis: vocabulary.Basis(f.basis),
		Function: vocabulary.Function(f.function), Urgency: vocabulary.Urgency(f.urgency), Case: f.caseID,
		WpgDecision: emptyToNil[string](f.wpg), InReplyTo: emptyToNil[string](f.inReplyTo),
		Theme: emptyToNil[vocabulary.Theme](f.theme), AgeGroup: emptyToNil[vocabulary.AgeGroup](f.ageGroup),
		Statements: map[vocabulary.Statement]bool{},
	}
	var err error
	if f.caseID != "" && !message.ValidID(f.caseID) {
		return d, usageError{errors.New("--zaak: is geen nummer van een zaak; neem het over uit: sluis inbox")}
	}
	if d.Convenant.ID = f.convenant; strings.Contains(f.convenant, "/") { // without a version: see newest; only a search leaves it open
		if d.Convenant, err = readConvenantRef(f.convenant); err != nil {
			return d, err
		}
	}
	for _, text := range f.to {
		to, err := readTo(text)
		if err != nil {
			return d, err
		}
		d.Recipients = append(d.Recipients, to)
	}
	for _, text := range f.categories {
		if category := vocabulary.Category(strings.TrimSpace(text)); !slices.Contains(d.Categories, category) {
			d.Categories = append(d.Categories, category)
		}
	}
	for _, list := range f.statements {
		for _, statement := range strings.Split(list, ",") {
			d.Statements[vocabulary.Statement(strings.TrimSpace(statement))] = true
		}
	}
	if f.phase != 0 {
		d.Phase = &f.phase
	}
	return d, nil
}

// newest chooses the version of the convenant, when only its name was given.
func newest(ctx context.Context, c *client.Client, d *client.Draft) error {
	if d.Convenant.Version != 0 || d.Convenant.ID == "" {
		return nil
	}
	var err error
	d.Convenant, err = c.Newest(ctx, d.Convenant.ID, d.Recipients)
	return err
}

// answer puts a message in the case of the one that it answers.
func answer(ctx context.Context, c *client.Client, d *client.Draft) error {
	if d.InReplyTo == nil || d.Case != "" {
		return nil
	}
	s, err := c.Message(ctx, *d.InReplyTo)
	if err != nil {
		return fmt.Errorf("het bericht waarop u antwoordt: %w", err)
	}
	d.Case = s.Envelope.Envelope().Case
	return nil
}

// readBody reads a payload from a file, or standard input for "-". What people write by hand is often no JSON: they hear in which line.
func readBody(cmd *cobra.Command, path string) ([]byte, error) {
	body, err := readLimited(cmd, path, message.MaxPayload)
	var wrong *json.SyntaxError
	var any json.RawMessage
	if err == nil && errors.As(json.Unmarshal(body, &any), &wrong) {
		line := 1 + bytes.Count(body[:wrong.Offset], []byte("\n"))
		return nil, fmt.Errorf("%s is geen geldige JSON: kijk bij regel %d. Begin met het voorbeeld van: sluis kind SOORT --voorbeeld", path, line)
	}
	return body, err
}

// readLimited reads a file of at most so many bytes, or standard input for "-".
func readLimited(cmd *cobra.Command, path string, limit int64) ([]byte, error) {
	in, expected := cmd.InOrStdin(), int64(0)
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("kan het bestand niet lezen: %w", err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			expected = min(info.Size(), limit)
		}
		in = f
	}
	var all bytes.Buffer // of the right size at once: growing would copy megabytes several times
	all.Grow(int(expected) + bytes.MinRead)
	if _, err := all.ReadFrom(io.LimitReader(in, limit+1)); err != nil {
		return nil, fmt.Errorf("kan %s niet lezen: %w", path, err)
	}
	data := all.Bytes()
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is te groot: hoogstens %d bytes", path, limit)
	}
	return data, nil
}

func trimmed(data []byte) string { return strings.TrimSpace(string(data)) }
