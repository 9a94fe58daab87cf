package client_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestAnotherCertificateInOurNameDoesNotSpeakForUs: somebody has a certificate with our OIN under the anchors, and the gateway
// serves a convenant that pins its key, agreed to with that key. Only who knows the own party's key can tell.
func TestAnotherCertificateInOurNameDoesNotSpeakForUs(t *testing.T) {
	r := gatewaytest.Start(t)
	const version = "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies/1"
	school := r.Party("school")
	own := digest.Of(school.Signer.Chain[0].RawSubjectPublicKeyInfo)
	other, err := r.CA.IssueCardSigner(school.OIN, "Voorbeeld school")
	check(t, err)
	pinned := digest.Of(other.Chain[0].RawSubjectPublicKeyInfo)
	canonical := bytes.Replace(r.Convenant.Canonical(), []byte(own.String()), []byte(pinned.String()), 1)
	altered, err := convenant.ParseCanonical(canonical)
	check(t, err)
	signature, err := convenant.Sign(altered, convenant.Agreed, time.Now().Add(-time.Minute), other.Key, other.Chain)
	check(t, err)

	profile := r.Person("school/vc-1").Profile
	check(t, os.WriteFile(filepath.Join(profile, "kaartsleutel"), []byte(own.String()+"\n"), 0o600))
	b := &between{}
	c := b.client(t, r.Person("school/vc-1"))
	b.says("GET "+version, func([]byte) []byte { return canonical })
	b.says("GET "+version+"/ondertekeningen", instead(t, ondertekeningen{[]string{signature}}))
	_, err = c.Send(t.Context(), signal(r, aboutNoor))
	refused(t, err, client.ConvenantUnsigned)
	b.nothingPosted(t)

	// The control: the party's own word still counts.
	honest := (&between{}).client(t, r.Person("school/vc-1"))
	_, err = honest.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
}

func TestCardKeysOfAProfile(t *testing.T) {
	r := gatewaytest.Start(t)
	profile := r.Person("school/vc-1").Profile
	key := digest.Of([]byte("a")).String() + "\n"
	for text, good := range map[string]bool{
		key:                                  true,
		"\n" + key + key:                     true,
		"":                                   false,
		"sha-256=:kort:\n":                   false,
		key + "nog iets\n":                   false,
		string(bytes.Repeat([]byte(key), 9)): false,
	} {
		check(t, os.WriteFile(filepath.Join(profile, "kaartsleutel"), []byte(text), 0o600))
		if _, err := client.LoadProfile(profile); (err == nil) != good {
			t.Errorf("kaartsleutel %q: %v", text, err)
		}
	}
}
