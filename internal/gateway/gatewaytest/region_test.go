package gatewaytest

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
)

// TestRegionIsWhole: everybody has published and signed, the convenant is in force, and every profile can be used.
func TestRegionIsWhole(t *testing.T) {
	r := Start(t)
	for _, o := range organisations {
		for _, p := range r.Party(o.short).People {
			if _, err := client.LoadProfile(p.Profile); err != nil {
				t.Errorf("profile of %s/%s: %v", o.short, p.ID, err)
			}
			resp, err := p.HTTP().Get(r.URL + "/v1/convenanten")
			if err != nil {
				t.Fatal(err)
			}
			var list struct {
				Convenants []struct {
					ID      string `json:"id"`
					InForce bool   `json:"vanKracht"`
				} `json:"convenanten"`
			}
			err = json.NewDecoder(resp.Body).Decode(&list)
			resp.Body.Close()
			if err != nil || resp.StatusCode != http.StatusOK || len(list.Convenants) != 1 || !list.Convenants[0].InForce {
				t.Errorf("%s/%s sees %d: %+v (%v)", o.short, p.ID, resp.StatusCode, list, err)
			}
		}
	}
}
