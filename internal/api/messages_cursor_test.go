package api_test

import (
	"net/http"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestACursorThatIsNotThere: of a message that was pruned, never was, or is another party's, all the same, it is said how to go on.
func TestACursorThatIsNotThere(t *testing.T) {
	r := gatewaytest.Start(t)
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
	for name, cursor := range map[string]string{"not there": message.NewID(), "another's": e.ID} {
		for _, box := range []string{"in", "uit"} {
			p := get(t, r.Person("mbo/vc-2").HTTP(), r.URL+"/v1/berichten?map="+box+"&cursor="+cursor).refused(t, http.StatusBadRequest, "verzoek-onjuist")
			if len(p.Faults) != 1 || p.Faults[0].Place != "cursor" {
				t.Errorf("%s, map=%s: %+v", name, box, p.Faults)
			}
		}
	}
	get(t, r.Person("school/vc-1").HTTP(), r.URL+"/v1/berichten?map=uit&cursor="+e.ID).is(t, http.StatusOK)
}
