package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// finding is one thing that was looked at. Message is Dutch, for people, and holds nothing secret; err is for the log.
type finding struct {
	Name    string `json:"naam"`
	Good    bool   `json:"goed"`
	Message string `json:"melding"`
	Warning string `json:"waarschuwing,omitempty"` // what somebody should look at, while messages go on
	err     error
}

// health looks whether a message could be accepted now: the store answers, the log can commit (which tries the disk and compares
// the clock), there are rules, and there is a key for what comes in today.
func (g *Gateway) health(ctx context.Context) []finding {
	list := []finding{{Name: "opslag", Good: true}, {Name: "auditspoor", Good: true}, g.rulesInUse(), {Name: "dagsleutels", Good: true}}
	if _, err := g.store.Head(ctx); err != nil {
		list[0] = finding{Name: "opslag", Message: g.storeAway(), err: err}
	}
	switch err := g.log.Healthy(ctx); {
	case err == nil:
	case errors.Is(err, audit.ErrClock):
		list[1] = finding{Name: "auditspoor", Message: "De klok van deze machine loopt achter op de laatste auditregel. Zet de klok gelijk; staat zij goed, dan heeft zij eerder voorgelopen, en gaat Sluis verder zodra het later is dan die regel.", err: err}
	case errors.Is(err, audit.ErrLeap):
		list[1] = finding{Name: "auditspoor", Message: "De klok van deze machine sprong meer dan vijf minuten vooruit. Sluis gelooft dat niet meteen, omdat dan termijnen te vroeg aflopen. Zet de klok goed. Staat zij al goed, dan gaat Sluis na tien minuten verder, of meteen na een herstart.", err: err}
	case errors.Is(err, audit.ErrLost):
		list[1] = finding{Name: "auditspoor", Message: "De database mist auditregels die Sluis al had laten zien, of heeft er andere. Er wordt niets aangenomen. Zet de database terug die ze wel heeft, of lees in docs/operations.md wat u na een verlies doet.", err: err}
	case errors.Is(err, audit.ErrFull):
		list[1] = finding{Name: "auditspoor", Message: "Er wacht te veel om vast te leggen.", err: err}
	default:
		list[1] = finding{Name: "auditspoor", Message: "Er kan nu niets worden vastgelegd. Kijk in het logboek van dit proces.", err: err}
	}
	if err := g.days.Ready(g.now().UTC().Format(time.DateOnly)); err != nil {
		list[3] = finding{Name: "dagsleutels", Message: "De dagsleutel van vandaag is er niet en kan niet worden gemaakt. Kijk naar de map met dagsleutels: of zij gekoppeld is, rechten, ruimte, en of de klok goed staat.", err: err}
	}
	select {
	case <-g.stopping:
		list = append(list, finding{Name: "proces", Message: "Deze Sluis stopt."})
	default:
	}
	return list
}

// storeAway says what it means that the store cannot be read.
func (g *Gateway) storeAway() string {
	if g.config.Store.Postgres == "" {
		return "De opslag is niet te lezen."
	}
	return "De database is niet te bereiken, of niet te lezen. Er wordt niets aangenomen en niets gegeven; Sluis gaat vanzelf verder als zij er weer is. Kijk in het logboek van dit proces."
}

// rulesInUse names the rules that decide. That newer ones could not be read makes nobody wait: the old ones are whole and decide.
func (g *Gateway) rulesInUse() finding {
	f := finding{Name: "regels", Good: true, Message: g.rules.Load().Digest()}
	if failed := g.notReloaded.Load(); failed != nil {
		f.Warning = "De regels in de map zijn op " + failed.at.UTC().Format(time.RFC3339) + " niet overgenomen: er klopt iets niet. Kijk in het logboek van dit proces. De regels van daarvoor gelden nog."
	}
	if failed := g.notFollowed.Load(); failed != nil {
		f.Warning = strings.TrimSpace(f.Warning + " Een andere gateway nam op " + failed.at.UTC().Format(time.RFC3339) +
			" andere regels in gebruik (" + failed.digest + "), die hier niet werken. Kijk in het logboek van dit proces. Hier gelden de regels van daarvoor nog.")
	}
	if unfit := g.registry.Snapshot().Unfit(); unfit != nil {
		f.Warning = strings.TrimSpace(f.Warning + " Een convenant heeft eigen regels die hier niet werken: over berichten daaronder wordt hier niet besloten. Werk deze Sluis bij.")
	}
	return f
}

// unhealthy gives what is wrong as one error, or nil.
func unhealthy(list []finding) error {
	var errs []error
	for _, f := range list {
		if f.err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.Name, f.err))
		}
	}
	return errors.Join(errs...)
}

// adminHandler answers the operator's tools: /livez (the process runs), /readyz (a message could be accepted now) and /metrics
// (counts of advice; nothing about messages or people).
func (g *Gateway) adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(g.metrics, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"status": "goed"})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
		defer cancel()
		list := g.health(ctx)
		for _, f := range list {
			if !f.Good {
				answer(w, http.StatusServiceUnavailable, map[string]any{"status": "niet gereed", "beleid": g.rules.Load().Digest(), "controles": list})
				return
			}
		}
		answer(w, http.StatusOK, map[string]any{"status": "gereed", "beleid": g.rules.Load().Digest(), "controles": list})
	})
	return mux
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the caller went away: there is nobody to tell
}
