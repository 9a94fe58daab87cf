package client_test

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestCheckAboutSomebodyByName: a yes is only given for people who could receive it; for others the answer is the one of sending.
func TestCheckAboutSomebodyByName(t *testing.T) {
	r := gatewaytest.Start(t)
	school := (&between{}).client(t, r.Person("school/vc-1"))
	d := signal(r, aboutNoor)
	d.Recipients[0].People = []string{"wa-7"}
	advice, err := school.Check(t.Context(), d)
	check(t, err)
	if !advice.Allowed {
		t.Errorf("a wijkagent by name: %+v", advice.Reasons)
	}
	for _, nobody := range []string{"niemand", "pf-2"} { // on no card, and on a card in another function
		d.Recipients[0].People = []string{"wa-7", nobody}
		_, err := school.Check(t.Context(), d)
		_, sendErr := school.Send(t.Context(), d)
		var asked, sent fault.List
		if !errors.As(err, &asked) || !errors.As(sendErr, &sent) || asked.Error() != sent.Error() {
			t.Errorf("%s: asking says %v, sending %v", nobody, err, sendErr)
		}
	}
}
