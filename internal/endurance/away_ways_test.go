package endurance

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

const (
	aSubject  = `"subject":{"type":"deelnemer","id":"00000099000000030000/vc-1"}`
	anAction  = `"action":{"name":"signaal"}`
	aResource = `"resource":{"type":"ontvanger","id":"00000099000000020000/wijkagent"}`
	aContext  = `"context":{"convenant":{"id":"denbosch-school-en-veiligheid","versie":1},"doel":"veilige-school","grondslag":"avg-6-1-e",` +
		`"gegevens":["signaal","incident"],"fase":2,"verklaringen":{"oudersGeinformeerd":true,"proportioneel":true}}`
)

// ways makes what is needed for each operation to succeed: two letters that wait, a draft, cards and signatures. Each is used once.
func (s *served) ways(t *testing.T, p *press) map[string]way {
	t.Helper()
	sender := s.desk(t, "school/vc-1")
	deliver := func(sort string) (*letter, tlog.Record) {
		l, err := p.one(sort, sender.Person)
		must(t, err)
		got := sender.call(t.Context(), http.MethodPost, "/v1/berichten", l.contentType, l.body)
		var accepted struct {
			Receipt tlog.Receipt `json:"ontvangst"`
		}
		if got.status != http.StatusCreated {
			t.Fatalf("sending a letter: %d %s", got.status, got.body)
		}
		must(t, json.Unmarshal(got.body, &accepted))
		record, err := tlog.ParseRecord(accepted.Receipt.Record)
		must(t, err)
		return l, record
	}
	waits, offered := deliver("one recipient")
	crisis, _ := deliver("crisis with a motivation")
	fresh, err := p.one("one recipient", sender.Person)
	must(t, err)
	id, caseID := waits.id(), waits.envelope.Envelope().Case
	confirmation, err := message.SignConfirmation(message.Confirmation{Message: id, Envelope: waits.envelope.Digest(), Kind: message.Received,
		Conform: true, Time: message.NewTime(now())}, s.Person("politie/wa-7").Key)
	must(t, err)
	draft := bytes.Replace(convenantText(t, s.Region), []byte("versie: 1\n"), []byte("versie: 2\n"), 1)
	parsed, err := convenant.ParseYAML(draft)
	must(t, err)
	school := s.Party("school")
	signature, err := convenant.Sign(parsed, convenant.Agreed, now(), school.Signer.Key, school.Signer.Chain)
	must(t, err)
	renewed := s.Person("school/zc-1").Participant
	renewed.Version++
	card, err := party.SignParticipant(renewed, school.Admin)
	must(t, err)
	const jose, object = "application/jose", "application/json"
	officer, admin, nr := "school/pf-1", "gemeente/cb-1", strconv.FormatInt(offered.Nr, 10)
	held := []byte(`{"reden":"bezwaar"}`)
	agreed := []string{s.Convenant.ID, "1"}
	ask := func(parts ...string) way {
		return way{who: "school/vc-1", contentType: object, body: []byte("{" + strings.Join(parts, ",") + "}")}
	}
	return map[string]way{
		"beschrijving":         {who: "school/vc-1"},
		"verstuurBericht":      {who: "school/vc-1", contentType: fresh.contentType, body: fresh.body},
		"lijstBerichten":       {who: "politie/wa-7", query: "?map=in"},
		"toonBericht":          {who: "politie/wa-7", in: []string{id}},
		"haalLadingOp":         {who: "politie/wa-7", in: []string{id}},
		"haalMotiveringOp":     {who: "politie/pf-2", in: []string{crisis.id()}},
		"bevestigBericht":      {who: "politie/wa-7", in: []string{id}, contentType: jose, body: []byte(confirmation.Compact())},
		"gebeurtenissen":       {who: "politie/wa-7", stream: true},
		"toonZaak":             {who: "school/vc-1", in: []string{caseID}},
		"houdZaakVast":         {who: officer, in: []string{caseID}, contentType: object, body: held},
		"geefZaakVrij":         {who: officer, in: []string{caseID}, contentType: object, body: held},
		"lijstVasthoudingen":   {who: officer},
		"lijstKaarten":         {who: "school/vc-1"},
		"publiceerKaart":       {who: "school/vc-1", contentType: jose, body: []byte(card)},
		"toonKaarten":          {who: "school/vc-1", in: []string{string(school.OIN)}},
		"lijstConvenanten":     {who: "school/vc-1"},
		"publiceerConvenant":   {who: admin, in: agreed[:1], contentType: "application/yaml", body: draft},
		"toonConvenant":        {who: "school/vc-1", in: agreed},
		"lijstOndertekeningen": {who: "school/vc-1", in: agreed},
		"ondertekenConvenant":  {who: "school/vc-1", in: []string{s.Convenant.ID, "2"}, contentType: jose, body: []byte(signature)},
		"simuleerConvenant":    {who: admin, in: agreed[:1], contentType: "application/yaml", body: draft},
		"lijstWpgBesluiten":    {who: "school/vc-1"},
		"registreerWpgBesluit": {who: "politie/wa-7", contentType: jose, body: []byte(s.WpgDecision("WPG20-2026-099"))},
		"lijstSoorten":         {who: "school/vc-1"},
		"toonSchema":           {who: "school/vc-1", in: []string{"signaal"}},
		"lijstAuditregels":     {who: officer, query: "?logdoel=interne-controle"},
		"herhaalBesluit":       {who: officer, in: []string{strconv.FormatInt(offered.Nr-1, 10)}, query: "?logdoel=interne-controle"},
		"haalBeleid":           {who: "school/vc-1", in: []string{s.rules(t)}},
		"lijstBeoordelingen":   {who: officer},
		"bewijsAuditregel":     {who: "school/vc-1", in: []string{nr}},
		"logsleutel":           {who: "school/vc-1"},
		"logverliezen":         {who: "school/vc-1"},
		metadata:               {who: "school/vc-1"},
		"/log/checkpoint":      {who: "school/vc-1"},
		"/log/tile":            {who: "school/vc-1"},

		"/access/v1/evaluation":      ask(aSubject, anAction, aResource, aContext),
		"/access/v1/evaluations":     ask(aSubject, anAction, aResource, aContext, `"evaluations":[{},{}]`),
		"/access/v1/search/subject":  ask(`"subject":{"type":"deelnemer"}`, anAction, aResource, aContext),
		"/access/v1/search/resource": ask(aSubject, anAction, `"resource":{"type":"ontvanger"}`, aContext),
		"/access/v1/search/action":   ask(aSubject, aResource, aContext),
	}
}

// convenantText gives the text of what is in force, as it was written.
func convenantText(t testing.TB, s *gatewaytest.Region) []byte {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/v1/convenanten/"+s.Convenant.ID+"/versies/1", nil)
	must(t, err)
	req.Header.Set("Accept", "application/yaml")
	resp, err := s.Person("school/vc-1").HTTP().Do(req)
	must(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	must(t, err)
	return text
}

// rules gives the digest of the rules that decide, in hexadecimal.
func (s *served) rules(t *testing.T) string {
	t.Helper()
	var said struct {
		Rules string `json:"beleid"`
	}
	must(t, json.Unmarshal(ask(t, s.gate.admin+"/readyz"), &said))
	sum, err := digest.Parse(said.Rules)
	must(t, err)
	return hex.EncodeToString(sum[:])
}
