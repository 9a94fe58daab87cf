package endurance

import (
	"bytes"
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// ask plants canaries where a caller can write what he likes and nothing of it may be kept, logged or repeated: in questions of AuthZEN (advice is
// counted, and nothing else), in a draft that is tried, and in what is refused: drafts, signatures, second signatures, reasons, searches,
// addresses and tokens.
func (c *canaries) ask(t *testing.T, r *gatewaytest.Region, line *wire) {
	t.Helper()
	const object, jose, text = "application/json", "application/jose", "application/yaml"
	whole := func(context string) string {
		return "{" + aSubject + "," + anAction + "," + aResource + "," + strings.Replace(aContext, `"fase":2`, context, 1) + "}"
	}
	agreed := string(convenantText(t, r))
	draft := strings.Replace(strings.Replace(agreed, "versie: 1\n", "versie: 2\n", 1), "titel: ", "titel: "+c.word()+" ", 1)
	wrong := strings.Replace(agreed, "rol: politie", "rol: "+c.word(), 1)
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), short)
	form, multi := gatewaytest.Form(gatewaytest.Part{Name: "envelop", Type: jose, Data: []byte(envelope)},
		gatewaytest.Part{Name: "medeondertekening", Type: jose, Data: []byte(c.word())},
		gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})
	convenants := "/v1/convenanten/" + gatewaytest.ConvenantID
	for _, q := range []struct {
		what, who, path, contentType, body string
		status                             int
	}{
		{"fields that nobody knows", "school/vc-1", "/access/v1/evaluation", object, whole(`"fase":2,"naam":"` + c.word() + `","over":{"kind":["` + c.word() + `"]}`), 200},
		{"a code that nobody knows", "school/vc-1", "/access/v1/evaluation", object, whole(`"fase":"` + c.word() + `"`), 400},
		{"one of many", "school/vc-1", "/access/v1/evaluations", object, strings.TrimSuffix(whole(`"fase":2`), "}") +
			`,"evaluations":[{},{"action":{"name":"` + c.word() + `"}}]}`, 200},
		{"a search", "school/vc-1", "/access/v1/search/resource", object, "{" + aSubject + "," + anAction + `,"resource":{"type":"ontvanger","properties":{"naam":"` + c.word() + `"}},` + aContext + "}", 200},
		{"a draft that is tried", "gemeente/cb-1", convenants + "/simulaties", text, draft, 200},
		{"a wrong draft that is tried", "gemeente/cb-1", convenants + "/simulaties", text, wrong, 400},
		{"a wrong draft", "gemeente/cb-1", convenants + "/versies", text, wrong, 400},
		{"a signature", "school/vc-1", convenants + "/versies/1/ondertekeningen", jose, c.word(), 400},
		{"a second signature", "school/vc-1", "/v1/berichten", multi, string(form), 400},
		{"a reason to hold a case", "school/pf-1", "/v1/zaken/" + message.NewID() + "/vasthoudingen", object, `{"reden":"` + c.word() + `"}`, 400},
		{"a card", "school/vc-1", "/v1/kaarten", jose, c.word(), 400},
		{"why somebody looks", "school/pf-1", "/v1/auditregels?logdoel=" + c.word(), "", "", 400},
		{"an address", "school/vc-1", "/v1/berichten/" + c.word(), "", "", 404},
		{"no address", "school/vc-1", "/" + c.word(), "", "", 404},
		{"rules", "school/vc-1", "/v1/beleid/" + c.word(), "", "", 404},
	} {
		if got := c.call(t, r, line, q.who, q.path, q.contentType, q.body, r.Person(q.who).Token(nil)); got != q.status {
			t.Errorf("%s: answered %d", q.what, got)
		}
	}
	if got := c.call(t, r, line, "school/vc-1", "/v1/kaarten", "", "", c.word()); got != http.StatusUnauthorized {
		t.Errorf("a token: answered %d", got)
	}
}

// call makes one call over the wire; without a body it is a GET.
func (c *canaries) call(t *testing.T, r *gatewaytest.Region, line *wire, name, path, contentType, body, token string) (status int) {
	t.Helper()
	who := r.Person(name)
	caller := http.Client{Transport: line.around(&http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: r.CA.Pool(),
		Certificates: []tls.Certificate{who.Party.Client.TLS()}}})}
	defer caller.CloseIdleConnections()
	method := http.MethodPost
	if body == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(t.Context(), method, r.URL+path, bytes.NewReader([]byte(body)))
	must(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := caller.Do(req)
	must(t, err)
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	must(t, err)
	return resp.StatusCode
}
