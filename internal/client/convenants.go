package client

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
)

// trustedConvenant gives a version of a convenant that the own party signed. That signature is the root of all trust in keys:
// WIRE, "A convenant pins each party's card keys … a client trusts the convenant because its own party signed it".
func (c *Client) trustedConvenant(ctx context.Context, ref message.ConvenantRef) (*convenant.Convenant, error) {
	if agreed, ok := c.directory.convenant(ref, c.now()); ok {
		return agreed, nil
	}
	if !validID(ref.ID) || ref.Version < 1 {
		return nil, refuse(ConvenantInvalid, nil, "Het convenant heeft geen geldige naam of versie.")
	}
	agreed, err := c.FetchConvenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	var list struct {
		Signatures []string `json:"ondertekeningen"`
	}
	if err := c.get(ctx, versionPath(ref)+"/ondertekeningen", nil, &list); err != nil {
		return nil, err
	}
	if err := c.ownSignature(agreed, list.Signatures); err != nil {
		return nil, err
	}
	c.directory.keepConvenant(ref, agreed, c.now())
	return agreed, nil
}

// FetchConvenant reads a version of a convenant as the gateway serves it. Nobody has said yet that it is the one that was signed.
func (c *Client) FetchConvenant(ctx context.Context, ref message.ConvenantRef) (*convenant.Convenant, error) {
	a, err := c.do(ctx, request{method: http.MethodGet, path: versionPath(ref), repeatable: true})
	var no *Problem
	if errors.As(err, &no) && no.Status == http.StatusNotFound { // the gateway does not say what is not there; we know what we asked
		no.Detail = "Convenant " + ref.ID + " versie " + strconv.Itoa(ref.Version) + " is er niet, of het is niet voor uw organisatie. Controleer naam en versie."
	}
	if err != nil {
		return nil, err
	}
	served, err := convenant.ParseCanonical(a.body)
	if err != nil {
		return nil, refuse(ConvenantInvalid, err, "Het convenant dat de sluis geeft, is niet goed leesbaar. Vraag de gemeente die de regie heeft.")
	}
	if served.ID != ref.ID || served.Version != ref.Version {
		return nil, refuse(ConvenantInvalid, nil, "De sluis geeft een ander convenant, of een andere versie, dan gevraagd.")
	}
	return served, nil
}

// ownSignature looks for the own party's last word on a convenant. The digest is over our own RFC 8785 form of what was served,
// so a single changed character makes the signature count for nothing.
//
// The last word is a yes only when it is the last by the time that was signed, a no at the same time being the last, and also the
// last in order of arrival: the gateway, which tells the order, could change it, and a no counts whatever clock wrote it.
func (c *Client) ownSignature(agreed *convenant.Convenant, compacts []string) error {
	var last, arrived *convenant.Signature
	for _, compact := range compacts {
		s, err := convenant.VerifySignature(compact, c.profile.cardAnchors, c.now())
		if err != nil || s.Party != c.profile.OIN {
			continue // of another party, or worth nothing
		}
		member, ok := agreed.Member(s.Party)
		if !ok || !member.Pins(s.CardKey) || !c.profile.speaksFor(s.CardKey) || s.Convenant != agreed.ID || s.Version != agreed.Version || s.Digest != agreed.Digest() {
			continue
		}
		if s.Verdict == convenant.Agreed && s.Time.After(c.now().Add(message.ClockSkew)) {
			continue // not yet
		}
		arrived = &s
		if last == nil || s.Time.After(last.Time) || s.Time.Equal(last.Time) && s.Verdict != convenant.Agreed {
			last = &s
		}
	}
	if last == nil {
		return refuse(ConvenantUnsigned, nil, "Uw organisatie heeft convenant ", agreed.ID, " versie ", strconv.Itoa(agreed.Version),
			", zoals de sluis het geeft, niet ondertekend. Er wordt niets gedeeld. Vraag de partijbeheerder van uw organisatie.")
	}
	if last.Verdict != convenant.Agreed || arrived.Verdict != convenant.Agreed {
		return refuse(ConvenantUnsigned, nil, "Uw organisatie heeft convenant ", agreed.ID, " versie ", strconv.Itoa(agreed.Version),
			" afgewezen of ingetrokken. Er wordt niets gedeeld. Vraag de partijbeheerder van uw organisatie.")
	}
	return nil
}

func versionPath(ref message.ConvenantRef) string {
	return "/v1/convenanten/" + ref.ID + "/versies/" + strconv.Itoa(ref.Version)
}

// inForceOn refuses a convenant that is not valid on a day: an old version could pin keys that are no longer their party's.
func inForceOn(agreed *convenant.Convenant, t time.Time) error {
	if !agreed.Valid.Contains(t) {
		return refuse(ConvenantInvalid, nil, "Convenant ", agreed.ID, " versie ", strconv.Itoa(agreed.Version), " geldt niet op deze dag.")
	}
	return nil
}
