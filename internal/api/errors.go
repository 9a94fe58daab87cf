package api

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
)

const (
	retrySoon  = 1  // seconds: the queue is full, and empties fast
	retryLater = 10 // seconds: something is broken
)

// answerError is the one place where an error becomes an answer. What nobody named here is a fault of Sluis: it is logged under
// the id of the request, and the caller learns only what that means for what was sent.
func (s *server) answerError(err error, c echo.Context) {
	r := refusalOf(err)
	c.Set(keyFault, string(r.code))
	if r.code == unavailable {
		level := slog.LevelError
		if c.Request().Context().Err() != nil {
			level = slog.LevelInfo // the caller went away
		}
		s.Logger.LogAttrs(c.Request().Context(), level, "request failed",
			slog.String("request", stringOf(c.Get(keyRequest))), slog.String("route", s.pattern(c)), slog.String("error", err.Error()))
		told := *r // one that others use too is not changed
		told.detail = toldTo(c.Request(), r.detail)
		r = &told
	}
	if c.Response().Committed {
		return // the answer has begun; guard cuts it off
	}
	if kinds[r.code].status == http.StatusUnauthorized {
		if s.Refused != nil {
			s.Refused.Add(1)
		}
		c.Response().Header().Set("WWW-Authenticate", `Bearer realm="sluis"`)
	}
	if r.retryAfter > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(r.retryAfter))
	}
	if err := writeProblem(c, r); err != nil {
		s.Logger.Warn("writing a problem", "request", stringOf(c.Get(keyRequest)), "error", err.Error())
	}
}

// refusalOf finds the refusal that belongs to an error.
func refusalOf(err error) *refusal {
	var (
		ready    *refusal
		who      *auth.Error
		no       *relay.Denied
		outdated *relay.OutdatedCard
		faults   fault.List
		large    *http.MaxBytesError
		router   *echo.HTTPError
	)
	switch {
	case errors.As(err, &ready):
		return ready
	case errors.As(err, &who):
		return unauthorised(who)
	case errors.As(err, &no):
		return &refusal{code: denied, reasons: no.Reasons,
			detail: "Het convenant staat dit bericht niet toe. Er is niets verstuurd. Hieronder staat waarom, en wat wel kan."}
	case errors.As(err, &outdated):
		oin, _, _ := cutRecipient(outdated.Recipient)
		return &refusal{code: cardOutdated, card: &currentCard{oin, outdated.Participant, outdated.Version},
			detail: "De lading is versleuteld met de sleutel van een oude kaart. Haal de nieuwe kaart op, versleutel en onderteken opnieuw."}
	case errors.As(err, &faults):
		return malformed(faults)
	case errors.As(err, &large):
		return &refusal{code: tooLarge, detail: "Het verzoek is te groot voor dit adres."}
	case errors.As(err, &router):
		return ofRouter(router)
	}
	for _, known := range sentinels {
		if errors.Is(err, known.err) {
			return &refusal{code: known.code, detail: known.detail, retryAfter: known.retryAfter}
		}
	}
	return &refusal{code: unavailable, detail: detailNotKept, retryAfter: retryLater}
}

// sentinels are the errors of the packages behind the API that a caller may know of.
var sentinels = []struct {
	err        error
	code       code
	detail     string
	retryAfter int
}{
	{relay.ErrSender, senderWrong, "De handtekening, de afzender en uw token moeten van één en dezelfde deelnemer zijn, met de sleutel op zijn kaart.", 0},
	{relay.ErrCoSigner, senderWrong, "De medeondertekening moet van een andere deelnemer van uw eigen organisatie zijn, met de sleutel op zijn kaart.", 0},
	{relay.ErrMotivationNotYours, notAddressed, "Een motivering is voor de privacyfunctionarissen van de organisaties in de envelop. Op uw kaart staat die functie niet.", 0},
	{relay.ErrNotAddressed, notAddressed, "Alleen wie in de envelop staat, of wie hem vervangt, kan dit bericht ophalen en bevestigen.", 0},
	{relay.ErrHoldNotOfficer, notYours, "Een zaak vasthouden en vrijgeven doet de privacyfunctionaris van uw organisatie. Op uw kaart staat die functie niet.", 0},
	{relay.ErrNotOfficer, notYours, "Beoordelingen zijn voor de privacyfunctionaris van uw organisatie. Op uw kaart staat die functie niet.", 0},
	{relay.ErrMotivationErased, erased, "De termijn van de beoordeling is voorbij. Sluis bewaart de motivering niet langer. Vraag de afzender waarom het zo moest.", 0},
	{relay.ErrErased, erased, "Alle ontvangers hebben bevestigd of de termijn is voorbij. Sluis bewaart de lading niet langer. Vraag de afzender om het opnieuw te sturen.", 0},
	{relay.ErrNotFound, notFound, detailNotFound, 0},
	{relay.ErrIDTaken, messageExists, "Er is al een ander bericht met dit nummer. Geef uw bericht een nieuw nummer (UUIDv7) en onderteken opnieuw.", 0},
	{message.ErrTransition, statusMismatch, "Deze bevestiging past niet bij de status die het bericht nu heeft. Haal het bericht opnieuw op.", 0},
	{registry.ErrNotYours, notYours, "Dit hoort niet bij uw organisatie, of uw organisatie heeft hierin niet de rol die ervoor nodig is.", 0},
	{registry.ErrUnknown, notFound, detailNotFound, 0},
	{registry.ErrTaken, versionMismatch, "Deze versie of dit nummer bestaat al met een andere inhoud. Gebruik een nieuw nummer.", 0},
	{party.ErrUntrusted, untrusted, "De handtekening of de certificaten kloppen niet, of horen bij een andere organisatie.", 0},
	{jose.ErrSignature, untrusted, "De handtekening klopt niet.", 0},
	{party.ErrOlder, versionMismatch, "Er is al een nieuwere versie. Geef uw kaart een hoger versienummer en onderteken opnieuw.", 0},
	{party.ErrConflict, versionMismatch, "Er is al een andere kaart met dit versienummer, of de sleutel is van een andere deelnemer.", 0},
	{party.ErrUnknown, notFound, "De partij van dit object is hier niet bekend. Publiceer eerst haar partijkaart.", 0},
	{audit.ErrPruned, notFound, detailNotFound, 0},       // between two looks
	{audit.ErrKept, unavailable, detailKept, retryLater}, // before "not found": a proof that is missing must not read as a message that is
	{audit.ErrNotFound, notFound, detailNotFound, 0},
	{audit.ErrLost, unavailable, detailLost, retryLater},
	{audit.ErrInDoubt, unavailable, detailInDoubt, retryLater},
	{audit.ErrFull, unavailable, detailFull, retrySoon},
}

const detailNotFound = "Dit is er niet, of het is niet voor uw organisatie."

// malformed gives every fault of a request at once (NL API Design Rules, error-handling/all-errors).
func malformed(faults fault.List) *refusal {
	return &refusal{code: badRequest, faults: faults, detail: "Verbeter wat hieronder staat en stuur het opnieuw."}
}

func unauthorised(e *auth.Error) *refusal {
	c := code(e.Code)
	if kinds[c].status != http.StatusUnauthorized {
		c = tokenInvalid
	}
	return &refusal{code: c, detail: e.Detail}
}

// ofRouter tells what echo's router found: no such path, or no such method there.
func ofRouter(e *echo.HTTPError) *refusal {
	switch e.Code {
	case http.StatusNotFound:
		return &refusal{code: notFound, detail: "Dit adres bestaat niet. Kijk in de beschrijving op /v1/openapi.json."}
	case http.StatusMethodNotAllowed:
		return &refusal{code: methodNotAllowed, detail: "Dit adres bestaat, maar niet met deze methode."}
	}
	return &refusal{code: unavailable, detail: detailNotKept, retryAfter: retryLater}
}
