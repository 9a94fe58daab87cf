package api

import (
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// access is who may call a route.
type access int

const (
	anyone      access = iota // describes Sluis; says nothing about anybody
	partyOnly                 // a client certificate is enough: a party that joins has no participants yet
	participant               // a client certificate and a token of a participant of the same party
)

// route is one thing that can be asked of the API.
type route struct {
	method, path string
	who          access
	query        []string      // the only keys that a query may have
	takes        string        // content type of the body; "" for none
	limit        int64         // longest body in bytes
	gives        []string      // content types of the answer, the preferred one first
	within       time.Duration // how long reading the request and writing the answer may take together
	authzen      bool          // OpenID AuthZEN 1.0: a wrong content type is 400, not 415
	handle       func(*server, *call) error
}

const (
	typeJSON   = "application/json"
	typeJOSE   = "application/jose"
	typeYAML   = "application/yaml"
	typeText   = "text/plain"
	typeBytes  = "application/octet-stream"
	typeSchema = "application/schema+json"
	typeForm   = "multipart/form-data"

	quick    = 30 * time.Second
	transfer = 10 * time.Minute // 36 MiB over 0.5 Mbit/s
	polling  = maxWait + quick

	maxYAML    = 256 << 10
	maxAuthZEN = 64 << 10
	maxHold    = 1 << 10
	// The parts of a message, and what multipart itself needs.
	maxMessage = message.MaxPayload + message.MaxMotivation + jose.MaxCompactBytes + 64<<10
)

// routes is everything that the API answers. Paths under /v1 are described in openapi.yaml; the others follow their own
// specifications (AuthZEN 1.0, C2SP tlog-tiles).
func routes() []route {
	get := func(path string, who access, handle func(*server, *call) error, gives ...string) route {
		return route{method: http.MethodGet, path: path, who: who, gives: gives, within: quick, handle: handle}
	}
	post := func(path string, who access, takes string, limit int64, handle func(*server, *call) error) route {
		return route{method: http.MethodPost, path: path, who: who, takes: takes, limit: limit,
			gives: []string{typeJSON}, within: quick, handle: handle}
	}
	list := []route{
		get("/v1/openapi.json", anyone, (*server).getDescription, typeJSON),
		post("/v1/berichten", participant, typeForm, maxMessage, (*server).postMessage),
		get("/v1/berichten", participant, (*server).getMessages, typeJSON),
		get("/v1/berichten/:id", participant, (*server).getMessage, typeJSON),
		get("/v1/berichten/:id/lading", participant, (*server).getPayload, typeBytes),
		get("/v1/berichten/:id/motivering", participant, (*server).getMotivation, typeBytes),
		post("/v1/berichten/:id/bevestigingen", participant, typeJOSE, jose.MaxCompactBytes, (*server).postConfirmation),
		get("/v1/gebeurtenissen", participant, (*server).getEvents, typeEvents),
		get("/v1/zaken/:id", participant, (*server).getCase, typeJSON),
		post("/v1/kaarten", partyOnly, typeJOSE, jose.MaxCertifiedBytes, (*server).postCard),
		get("/v1/kaarten", participant, (*server).getCards, typeJSON),
		post("/v1/zaken/:id/vasthoudingen", participant, typeJSON, maxHold, (*server).postHold),
		post("/v1/zaken/:id/vrijgaven", participant, typeJSON, maxHold, (*server).postRelease),
		get("/v1/vasthoudingen", participant, (*server).getHolds, typeJSON),
		get("/v1/kaarten/:oin", participant, (*server).getCardsOf, typeJSON),
		get("/v1/convenanten", participant, (*server).getConvenants, typeJSON),
		post("/v1/convenanten/:id/versies", participant, typeYAML, maxYAML, (*server).postConvenant),
		get("/v1/convenanten/:id/versies/:versie", participant, (*server).getConvenant, typeJSON, typeYAML),
		get("/v1/convenanten/:id/versies/:versie/ondertekeningen", participant, (*server).getSignatures, typeJSON),
		post("/v1/convenanten/:id/versies/:versie/ondertekeningen", participant, typeJOSE, jose.MaxCertifiedBytes, (*server).postSignature),
		post("/v1/convenanten/:id/simulaties", participant, typeYAML, maxYAML, (*server).postSimulation),
		get("/v1/wpg-besluiten", participant, (*server).getWpgDecisions, typeJSON),
		post("/v1/wpg-besluiten", participant, typeJOSE, jose.MaxCertifiedBytes, (*server).postWpgDecision),
		get("/v1/soorten", anyone, (*server).getKinds, typeJSON),
		get("/v1/soorten/:soort/schema", anyone, (*server).getSchema, typeSchema),
		get("/v1/auditregels", participant, (*server).getRecords, typeJSON),
		get("/v1/auditregels/:nr/bewijs", participant, (*server).getProof, typeText),
		get("/v1/auditregels/:nr/herhaling", participant, (*server).getReplay, typeJSON),
		get("/v1/beleid/:kenmerk", anyone, (*server).getRules, typeJSON),
		get("/v1/beoordelingen", participant, (*server).getReviews, typeJSON),
		get("/v1/log/sleutel", anyone, (*server).getLogKey, typeText),
		get("/v1/log/verliezen", anyone, (*server).getLosses, typeJSON),
		get("/log/checkpoint", anyone, (*server).getCheckpoint, typeText),
		get("/log/tile/*", anyone, (*server).getTile, typeBytes),
		get("/.well-known/authzen-configuration", anyone, (*server).getAuthZEN, typeJSON),
		post(pathEvaluation, participant, typeJSON, maxAuthZEN, (*server).postEvaluation),
		post(pathEvaluations, participant, typeJSON, maxAuthZEN, (*server).postEvaluations),
		post(pathSearchSubject, participant, typeJSON, maxAuthZEN, searcher(relay.WantParticipants)),
		post(pathSearchResource, participant, typeJSON, maxAuthZEN, searcher(relay.WantRecipients)),
		post(pathSearchAction, participant, typeJSON, maxAuthZEN, searcher(relay.WantKinds)),
	}
	for i := range list {
		switch r := &list[i]; r.method + " " + r.path {
		case "POST /v1/berichten", "GET /v1/berichten/:id/lading", "GET /v1/berichten/:id/motivering":
			r.within = transfer
		case "GET /v1/berichten":
			r.within, r.query = polling, []string{"map", "status", "wacht", "cursor"}
		case "GET /v1/gebeurtenissen":
			r.within = streamLife + quick
		case "GET /v1/auditregels":
			r.query = trailQuery
		case "GET /v1/auditregels/:nr/herhaling":
			r.query = []string{"logdoel"}
		case "POST /v1/convenanten/:id/simulaties":
			r.query, r.within = []string{"dagen"}, simulating+quick
		case "GET /v1/beoordelingen", "GET /v1/vasthoudingen":
			r.query = []string{"cursor"}
		case "POST " + pathEvaluation, "POST " + pathEvaluations, "POST " + pathSearchSubject, "POST " + pathSearchResource, "POST " + pathSearchAction:
			r.authzen = true
		}
	}
	return list
}
