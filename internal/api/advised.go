package api

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Advised counts what was asked first: how often, about which kind of message, and with what outcome. Never who asked, about whom, or under
// which convenant: "advice about nobody in particular leaves counts, not records" (WIRE, "Asking first").
type Advised struct {
	advice, searches *prometheus.CounterVec
}

// NewAdvised gives counters and registers them: sluis_adviezen_total{soort,uitkomst} and sluis_zoekvragen_total{naar}.
func NewAdvised(r prometheus.Registerer) *Advised {
	a := &Advised{
		advice: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "sluis_adviezen_total", Help: "Vragen of iets gedeeld mag worden, per soort bericht en uitkomst (ja of nee).",
		}, []string{"soort", "uitkomst"}),
		searches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "sluis_zoekvragen_total", Help: "Vragen met wie, of wat, gedeeld mag worden (deelnemer, ontvanger of soort).",
		}, []string{"naar"}),
	}
	r.MustRegister(a.advice, a.searches)
	return a
}

func (a *Advised) advised(kind vocabulary.Kind, yes bool) {
	if a == nil {
		return
	}
	outcome := "nee"
	if yes {
		outcome = "ja"
	}
	a.advice.WithLabelValues(string(kind), outcome).Inc()
}

func (a *Advised) searched(w relay.Wanted) {
	if a != nil {
		a.searches.WithLabelValues(wantedWords[w]).Inc()
	}
}

var wantedWords = map[relay.Wanted]string{
	relay.WantParticipants: subjectType, relay.WantRecipients: resourceType, relay.WantKinds: "soort",
}
