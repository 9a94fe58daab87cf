package client

import (
	"crypto/x509"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
)

func searchKey(t *testing.T) message.SearchKey {
	t.Helper()
	return message.NewSearchKey()
}

const problemType = "application/problem+json"

func TestProblemIsToldWhole(t *testing.T) {
	p := problem(403, problemType, []byte(`{"type":"urn:sluis:fout:geweigerd","title":"Geweigerd","status":403,"detail":"Het convenant laat dit niet toe.",
		"instance":"urn:uuid:019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11","fouten":[{"plaats":"fase","melding":"ontbreekt"}],
		"redenen":[{"code":"fase-te-laag","ontvanger":"00000099000000020000/wijkagent","tekst":"De fase is te laag.","artikel":"artikel 3","advies":"Overleg eerst binnen de school."}]}`))
	if p.Code != "geweigerd" || len(p.Faults) != 1 || len(p.Reasons) != 1 || p.Reasons[0].Code != "fase-te-laag" {
		t.Fatalf("not read: %+v", p)
	}
	for _, want := range []string{"[geweigerd]", "laat dit niet toe", "fase: ontbreekt", "De fase is te laag. (artikel 3) Overleg eerst"} {
		if !strings.Contains(p.Error(), want) {
			t.Errorf("%q is missing in:\n%s", want, p.Error())
		}
	}
}

func TestProblemNeverSteersATerminal(t *testing.T) {
	p := problem(400, problemType, []byte(`{"type":"urn:sluis:fout:x\u001b[2J","detail":"\u001b]0;naam\u0007 tekst\r\n","redenen":[{"code":"\u009b31m","tekst":"a\u202eb"}]}`))
	if got := p.Error() + p.Title + p.Instance; strings.ContainsAny(strings.ReplaceAll(got, "\n  - ", ""), "\x1b\x07\r\n\u009b\u202e") {
		t.Errorf("control characters passed: %q", got)
	}
}

// TestNoAnswerNeverSteersATerminal: x509 quotes the names in a certificate that nobody trusts yet.
func TestNoAnswerNeverSteersATerminal(t *testing.T) {
	err := &UnreachableError{URL: "https://sluis.example", Err: x509.HostnameError{
		Certificate: &x509.Certificate{DNSNames: []string{"a\x1b[2Jb"}}, Host: "sluis.example",
	}}
	if got := err.Error(); strings.Contains(got, "\x1b") {
		t.Errorf("control characters passed: %q", got)
	}
}

func TestUnknownProblemsStillSayNo(t *testing.T) {
	for _, c := range []struct{ contentType, body string }{
		{"text/html", "<h1>Bad gateway</h1>"}, {problemType, "{"}, {problemType, `[]`}, {problemType, `{"type":"about:blank"}`}, {"", ""},
	} {
		p := problem(502, c.contentType, []byte(c.body))
		if p.Code != "onbekend" || p.Status != 502 || p.Error() == "" || strings.Contains(p.Error(), "<h1>") {
			t.Errorf("%+v: %+v", c, p)
		}
	}
}

func FuzzProblem(f *testing.F) {
	f.Add([]byte(`{"type":"urn:sluis:fout:geweigerd","detail":"x","redenen":[{"code":"a"}]}`))
	f.Add([]byte(`{"fouten":[{"plaats":"\u0000"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if text := problem(400, problemType, body).Error(); strings.Contains(text, "\x1b") {
			t.Errorf("control characters passed: %q", text)
		}
	})
}
