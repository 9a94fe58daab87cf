package party_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Each row bends a good partijkaart in one place, signs it with the right certificate, and names the fault.
func TestPartyCardForm(t *testing.T) {
	w := newWorld(t)
	good := w.cardJSON()
	if _, err := w.anchors.VerifyParty(w.certified(school, good), time.Now()); err != nil {
		t.Fatalf("the good one: %v", err)
	}
	again := fmt.Sprintf(`{"id":"b2","jwk":%s}`, jwk(t, &w.admin.PublicKey))
	other := fmt.Sprintf(`{"id":"b1","jwk":%s}`, jwk(t, &newKey(t).PublicKey))
	cases := map[string]struct{ old, new, place string }{
		"unknown key":            {`"versie":1`, `"versie":1,"extra":1`, "extra"},
		"duplicate key":          {`"versie":1`, `"versie":1,"versie":2`, "versie"},
		"absent null":            {`"opvolger":null,`, ``, "opvolger"},
		"no OIN":                 {string(school), `123`, "oin"},
		"version zero":           {`"versie":1`, `"versie":0`, "versie"},
		"version text":           {`"versie":1`, `"versie":"1"`, "versie"},
		"unknown role":           {`"rol":"school"`, `"rol":"tovenaar"`, "rol"},
		"school without type":    {`"soortOnderwijs":"vo"`, `"soortOnderwijs":null`, "soortOnderwijs"},
		"unknown type":           {`"soortOnderwijs":"vo"`, `"soortOnderwijs":"hbo"`, "soortOnderwijs"},
		"police with type":       {`"rol":"school"`, `"rol":"politie"`, "soortOnderwijs"},
		"empty name":             {`Voorbeeldcollege`, ``, "naam"},
		"long name":              {`Voorbeeldcollege`, strings.Repeat("é", 201), "naam"},
		"name of two lines":      {`Voorbeeldcollege`, `Voorbeeld\ncollege`, "naam"},
		"name turned around":     {`Voorbeeldcollege`, "Voorbeeld\u202Ecollege", "naam"},
		"no date":                {`2026-01-01`, `2026-02-30`, "geldig.van"},
		"no span":                {`"geldig":{"van":"2026-01-01","tot":"2026-12-31"}`, `"geldig":null`, "geldig"},
		"a moment":               {`2026-01-01`, `2026-01-01T00:00:00Z`, "geldig.van"},
		"turned days":            {`2026-12-31`, `2025-12-31`, "geldig.tot"},
		"two with one label":     {`"beheerders":[`, `"beheerders":[` + other + `,`, "beheerders[1].id"},
		"two with one key":       {`"beheerders":[`, `"beheerders":[` + again + `,`, "beheerders[1].jwk"},
		"private key":            {`"kty":"EC"`, `"kty":"EC","d":"x"`, "beheerders[0].jwk.d"},
		"own successor":          {`"opvolger":null`, `"opvolger":"` + string(school) + `"`, "opvolger"},
		"meldpunt without TLS":   {`"meldpunt":null`, `"meldpunt":"http://x.example/"`, "meldpunt"},
		"meldpunt with password": {`"meldpunt":null`, `"meldpunt":"https://u:p@x.example/"`, "meldpunt"},
		"meldpunt of no host":    {`"meldpunt":null`, `"meldpunt":"https:///pad"`, "meldpunt"},
		"meldpunt of a file":     {`"meldpunt":null`, `"meldpunt":"file:///etc"`, "meldpunt"},
	}
	for name, c := range cases {
		_, err := w.anchors.VerifyParty(w.certified(school, strings.Replace(good, c.old, c.new, 1)), time.Now())
		wantFault(t, name, err, c.place)
	}
	before, rest, _ := strings.Cut(good, `"beheerders":[`)
	_, after, _ := strings.Cut(rest, `],"meldpunt`)
	_, err := w.anchors.VerifyParty(w.certified(school, before+`"beheerders":[],"meldpunt`+after), time.Now())
	wantFault(t, "no beheerder", err, "beheerders")
}

func TestParticipantCardForm(t *testing.T) {
	w := newWorld(t)
	of := w.verified(w.card(school, 1))
	x25519, err := age.GenerateX25519Identity()
	check(t, err)
	classic := x25519.Recipient().String()
	good := w.participantJSON()
	verify := func(payload string) error {
		compact, err := jose.Sign(jose.ParticipantCard, w.admin, []byte(payload))
		check(t, err)
		_, err = party.VerifyParticipant(compact, of)
		return err
	}
	for name, change := range map[string][2]string{
		"as it is": {``, ``}, "two keys of two kinds": {w.hybrid + `"`, w.hybrid + `","` + classic + `"`},
		"X25519 only": {w.hybrid, classic}, "no functions": {`"veiligheidscoordinator"`, ``},
		"reachable": {`"telefoon":null,"email":null`, `"telefoon":"+31 (0)6-12345678","email":"v.voorbeeld@example.nl"`},
		"login":     {`"oidc":null`, `"oidc":{"iss":"https://login.example","sub":"abc|1"}`},
		"replaced":  {`"vervangtTot":null,"afwezigTot":null,"vervanger":null`, `"vervangtTot":"2026-05-01T10:00:00+02:00","afwezigTot":"2026-06-01","vervanger":"vc-2"`},
	} {
		if err := verify(strings.Replace(good, change[0], change[1], 1)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	cases := map[string]struct{ old, new, place string }{
		"unknown key":            {`"versie":1`, `"versie":1,"bsn":1`, "bsn"},
		"absent null":            {`"email":null,`, ``, "email"},
		"id in capitals":         {`"vc-1"`, `"VC-1"`, "id"},
		"function of the police": {`"veiligheidscoordinator"`, `"wijkagent"`, "functies"},
		"function twice":         {`["veiligheidscoordinator"]`, `["zorgcoordinator","zorgcoordinator"]`, "functies[1]"},
		"no age key":             {`"` + w.hybrid + `"`, ``, "age"},
		"three age keys":         {`"` + w.hybrid + `"`, `"a","b","c"`, "age"},
		"two of one kind":        {w.hybrid + `"`, w.hybrid + `","` + w.hybrid + `"`, "age"},
		"an SSH key":             {w.hybrid, `ssh-ed25519 AAAA`, "age[0]"},
		"a plugin's key":         {w.hybrid, `age1yubikey1qwerty`, "age[0]"},
		"capitals":               {w.hybrid, strings.ToUpper(classic), "age[0]"},
		"a broken checksum":      {w.hybrid, w.hybrid[:len(w.hybrid)-6] + "qqqqqq", "age[0]"},
		"phone with words":       {`"telefoon":null`, `"telefoon":"bel me"`, "telefoon"},
		"email of no host":       {`"email":null`, `"email":"iemand@"`, "email"},
		"email with a name":      {`"email":null`, `"email":"V <v@x.nl>"`, "email"},
		"login over http":        {`"oidc":null`, `"oidc":{"iss":"http://x.nl","sub":"a"}`, "oidc.iss"},
		"login of a number":      {`"oidc":null`, `"oidc":5`, "oidc"},
		"login of nobody":        {`"oidc":null`, `"oidc":{"iss":"https://x.nl"}`, "oidc.sub"},
		"replaced on a day":      {`"vervangtTot":null`, `"vervangtTot":"2026-05-01"`, "vervangtTot"},
		"own substitute":         {`"vervanger":null`, `"vervanger":"vc-1"`, "vervanger"},
	}
	for name, c := range cases {
		wantFault(t, name, verify(strings.Replace(good, c.old, c.new, 1)), c.place)
	}
}

func wantFault(t *testing.T, name string, err error, place string) {
	t.Helper()
	var faults fault.List
	if !errors.As(err, &faults) {
		t.Errorf("%s: got %v, want faults", name, err)
		return
	}
	if len(faults) != 1 || faults[0].Place != place {
		t.Errorf("%s: got %v, want one fault at %q", name, faults, place)
	}
}
