package client_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

type ondertekeningen struct {
	Signatures []string `json:"ondertekeningen"`
}

// TestOnlyWhatTheOwnPartySignedIsTrusted: the convenant is the root of trust in keys, so the gateway gets no say in it.
func TestOnlyWhatTheOwnPartySignedIsTrusted(t *testing.T) {
	r := gatewaytest.Start(t)
	const version = "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies/1"
	school, police := r.Party("school"), r.Party("politie")
	sign := func(v convenant.Verdict, at time.Time, by *gatewaytest.Party) string {
		signed, err := convenant.Sign(r.Convenant, v, at, by.Signer.Key, by.Signer.Chain)
		check(t, err)
		return signed
	}
	hourAgo := time.Now().Add(-time.Hour)
	agreed := sign(convenant.Agreed, hourAgo, school)
	unpinned, err := r.CA.IssueCardSigner(school.OIN, "Voorbeeld school")
	check(t, err)
	byUnpinned, err := convenant.Sign(r.Convenant, convenant.Agreed, time.Now(), unpinned.Key, unpinned.Chain)
	check(t, err)
	// The gateway pins a key of its own for the police.
	pin := []byte(digest.Of(police.Signer.Chain[0].RawSubjectPublicKeyInfo).String())
	repinned := func(body []byte) []byte { return bytes.Replace(body, pin, []byte(digest.Of([]byte("x")).String()), 1) }
	otherID := func(body []byte) []byte {
		return bytes.Replace(body, []byte(gatewaytest.ConvenantID), []byte("een-ander-convenant"), 1)
	}

	for name, c := range map[string]struct {
		call   string
		change func([]byte) []byte
		code   client.RefusalCode
	}{
		"nobody signed":                   {version + "/ondertekeningen", instead(t, ondertekeningen{}), client.ConvenantUnsigned},
		"others signed, we did not":       {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{sign(convenant.Agreed, time.Now(), police)}}), client.ConvenantUnsigned},
		"signed with an unpinned key":     {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{byUnpinned}}), client.ConvenantUnsigned},
		"we rejected it":                  {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{sign(convenant.Rejected, time.Now(), school)}}), client.ConvenantUnsigned},
		"we withdrew, shown in any order": {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{sign(convenant.Withdrawn, time.Now(), school), agreed}}), client.ConvenantUnsigned},
		"we withdrew by a slow clock":     {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{agreed, sign(convenant.Withdrawn, time.Now().Add(-2*time.Hour), school)}}), client.ConvenantUnsigned},
		"we withdrew in the same second":  {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{agreed, sign(convenant.Withdrawn, hourAgo, school)}}), client.ConvenantUnsigned},
		"our yes is of tomorrow":          {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{sign(convenant.Agreed, time.Now().Add(24*time.Hour), school)}}), client.ConvenantUnsigned},
		"rubbish":                         {version + "/ondertekeningen", instead(t, ondertekeningen{[]string{"a.b.c", ""}}), client.ConvenantUnsigned},
		"another key pinned":              {version, repinned, client.ConvenantUnsigned},
		"another convenant":               {version, otherID, client.ConvenantInvalid},
		"not a convenant":                 {version, instead(t, map[string]string{"convenant": "x"}), client.ConvenantInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			c1 := b.client(t, r.Person("school/vc-1"))
			b.says("GET "+c.call, c.change)
			_, err := c1.Send(t.Context(), signal(r, aboutNoor))
			refused(t, err, c.code)
			b.nothingPosted(t)
		})
	}
	// The control: our own agreement, brought by the same way, is enough.
	b := &between{}
	c1 := b.client(t, r.Person("school/vc-1"))
	b.says("GET "+version+"/ondertekeningen", instead(t, ondertekeningen{[]string{agreed}}))
	_, err = c1.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
}

// TestConvenantCountsOnItsDays: an old version could pin keys that are no longer their party's.
func TestConvenantCountsOnItsDays(t *testing.T) {
	r := gatewaytest.Start(t)
	p, err := client.LoadProfile(r.Person("school/vc-1").Profile)
	check(t, err)
	c, err := client.New(p, client.WithClock(func() time.Time { return time.Now().AddDate(0, 0, -700) }))
	check(t, err)
	defer c.Close()
	if _, err := c.Send(t.Context(), signal(r, aboutNoor)); err == nil {
		t.Error("a convenant was used before its first day")
	}
}
