package client

import (
	"bytes"
	"context"
	"net/http"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Version is a version of a convenant as the gateway lists it, for the own party. Nothing in it is proven: what is relied on when sending is
// looked at again (see [Client.Send]).
type Version struct {
	Ref        message.ConvenantRef
	Title      string
	Lead       party.OIN
	From, Last string // days, YYYY-MM-DD
	Digest     string
	Status     convenant.Status
	ReplacedBy int    // 0: by none
	Ends       string // the last day, when that is near; else ""
	Words      []Word
}

// Word is what a party last said of a version; Verdict is "" when it said nothing.
type Word struct {
	Party   party.OIN
	Verdict convenant.Verdict
}

// Versions lists all versions of all convenants, by id and version.
func (c *Client) Versions(ctx context.Context) ([]Version, error) {
	var list struct {
		Convenants []versionJSON `json:"convenanten"`
	}
	if err := c.get(ctx, "/v1/convenanten", nil, &list); err != nil {
		return nil, err
	}
	versions := make([]Version, len(list.Convenants))
	for i, line := range list.Convenants {
		var err error
		if versions[i], err = line.read(); err != nil {
			return nil, err
		}
	}
	return versions, nil
}

// Newest gives the newest version of a convenant that is in force between the own party and all recipients, as the gateway says. Where none is,
// it gives the newest one in force for the own party, of which the gateway says why not. A version that the own party did not
// sign is refused when sending, whatever the gateway says here.
func (c *Client) Newest(ctx context.Context, id string, recipients []To) (message.ConvenantRef, error) {
	versions, err := c.Versions(ctx)
	if err != nil {
		return message.ConvenantRef{}, err
	}
	var found, otherwise *Version
	known := false
	for _, v := range versions {
		known = known || v.Ref.ID == id
		if v.Ref.ID != id || v.Status != convenant.StatusInForce {
			continue
		}
		if otherwise == nil || v.Ref.Version > otherwise.Ref.Version {
			otherwise = &v
		}
		all := !slices.ContainsFunc(recipients, func(to To) bool { return !slices.Contains(v.Words, Word{to.Party, convenant.Agreed}) })
		if all && (found == nil || v.Ref.Version > found.Ref.Version) {
			found = &v
		}
	}
	switch {
	case found != nil:
		return found.Ref, nil
	case otherwise != nil:
		return otherwise.Ref, nil
	case known:
		return message.ConvenantRef{}, refuse(ConvenantInvalid, nil, "Van convenant ", id, " is voor uw organisatie nu geen versie van kracht. Kijk met: sluis convenant list")
	}
	return message.ConvenantRef{}, refuse(ConvenantInvalid, nil, "Convenant ", printable(id), " is hier niet bekend. Kijk welke er zijn met: sluis convenant list")
}

// ConvenantText gives a version as it was written (YAML), for people to read before they sign. It says exactly what is signed: its digest is that
// of the RFC 8785 form that the gateway serves.
func (c *Client) ConvenantText(ctx context.Context, ref message.ConvenantRef) ([]byte, *convenant.Convenant, error) {
	served, err := c.FetchConvenant(ctx, ref)
	if err != nil {
		return nil, nil, err
	}
	a, err := c.do(ctx, request{method: http.MethodGet, path: versionPath(ref), accept: "application/yaml", repeatable: true})
	if err != nil {
		return nil, nil, err
	}
	text, err := convenant.ParseYAML(a.body)
	if err != nil || text.Digest() != served.Digest() || !bytes.Equal(text.Canonical(), served.Canonical()) {
		return nil, nil, refuse(ConvenantInvalid, err, "De tekst die de sluis geeft, zegt iets anders dan wat er wordt ondertekend. Onderteken niet, en vraag de gemeente die de regie heeft.")
	}
	return a.body, served, nil
}

type versionJSON struct {
	ID         string           `json:"id"`
	Version    int              `json:"versie"`
	Title      string           `json:"titel"`
	Lead       string           `json:"regie"`
	Valid      party.Validity   `json:"geldig"`
	Digest     string           `json:"digest"`
	Status     convenant.Status `json:"status"`
	ReplacedBy *int             `json:"vervangenDoor"`
	Ends       *string          `json:"looptAf"`
	Words      []struct {
		Party   string             `json:"partij"`
		Verdict *convenant.Verdict `json:"besluit"`
	} `json:"ondertekeningen"`
}

// read refuses what could not be an id, an OIN or a code: these end up in paths and on screens.
func (r versionJSON) read() (Version, error) {
	lead, err := party.ParseOIN(r.Lead)
	_, undigested := digest.Parse(r.Digest)
	if err != nil || undigested != nil || !validID(r.ID) || r.Version < 1 || !validID(string(r.Status)) {
		return Version{}, badAnswer(nil)
	}
	v := Version{
		Ref: message.ConvenantRef{ID: r.ID, Version: r.Version}, Title: printable(r.Title), Lead: lead,
		From: printable(r.Valid.From), Last: printable(r.Valid.Until), Digest: r.Digest, Status: r.Status,
	}
	if r.ReplacedBy != nil {
		v.ReplacedBy = *r.ReplacedBy
	}
	if r.Ends != nil {
		v.Ends = printable(*r.Ends)
	}
	for _, one := range r.Words {
		word := Word{}
		if word.Party, err = party.ParseOIN(one.Party); err != nil {
			return Version{}, badAnswer(nil)
		}
		if one.Verdict != nil {
			if word.Verdict = *one.Verdict; !validID(string(word.Verdict)) {
				return Version{}, badAnswer(nil)
			}
		}
		v.Words = append(v.Words, word)
	}
	return v, nil
}
