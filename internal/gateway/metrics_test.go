package gateway_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestAdviceIsCounted: one question more is one count more, by kind and outcome, and nothing in the trail. No party, person or
// convenant is in what is counted.
func TestAdviceIsCounted(t *testing.T) {
	r := gatewaytest.Start(t)
	before := text(t, r.Person("school/vc-1").HTTP(), r.URL+"/log/checkpoint")
	ask := func(path, phase string) {
		t.Helper()
		body := `{"subject":{"type":"deelnemer","id":"00000099000000030000/vc-1"},"action":{"name":"signaal"},"resource":{"type":"ontvanger","id":"00000099000000020000/wijkagent"},
			"context":{"convenant":{"id":"` + gatewaytest.ConvenantID + `","versie":1},"doel":"veilige-school","grondslag":"avg-6-1-e","gegevens":["signaal"],"fase":` + phase + `,
			"verklaringen":{"oudersGeinformeerd":true,"proportioneel":true}}}`
		resp, err := r.Person("school/vc-1").HTTP().Post(r.URL+path, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%d, %v", resp.StatusCode, err)
		}
	}
	for _, phase := range []string{"2", "2", "1"} {
		ask("/access/v1/evaluation", phase)
	}
	ask("/access/v1/search/resource", "2")
	counted := text(t, http.DefaultClient, "http://"+r.Gateway.Addresses().Admin+"/metrics")
	for _, want := range []string{
		`sluis_adviezen_total{soort="signaal",uitkomst="ja"} 2`, `sluis_adviezen_total{soort="signaal",uitkomst="nee"} 1`, `sluis_zoekvragen_total{naar="ontvanger"} 1`,
	} {
		if !strings.Contains(counted, want+"\n") {
			t.Errorf("not counted: %s in\n%s", want, counted)
		}
	}
	for _, never := range []string{"0000009900", "vc-1", gatewaytest.ConvenantID, "wijkagent"} {
		if strings.Contains(counted, never) {
			t.Errorf("/metrics names %s", never)
		}
	}
	if after := text(t, r.Person("school/vc-1").HTTP(), r.URL+"/log/checkpoint"); after != before {
		t.Errorf("asking left records: the log was\n%s\nand is\n%s", before, after)
	}
}

func text(t *testing.T, c *http.Client, url string) string {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", url, resp.StatusCode, err)
	}
	return string(body)
}
