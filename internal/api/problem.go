package api

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// code is what stands after `urn:sluis:fout:`. The list is closed and stands in openapi.yaml too; a test compares them.
type code string

const (
	badRequest       code = "verzoek-onjuist"
	tokenInvalid     code = "token-ongeldig"
	tokenExpired     code = "token-verlopen"
	tokenReplayed    code = "token-herhaald"
	certMissing      code = "certificaat-ontbreekt"
	certWrong        code = "certificaat-onjuist"
	senderWrong      code = "afzender-onjuist"
	denied           code = "geweigerd"
	notAddressed     code = "niet-geadresseerd"
	notYours         code = "niet-bevoegd"
	untrusted        code = "niet-te-vertrouwen"
	notFound         code = "niet-gevonden"
	erased           code = "gewist"
	noLongerKept     code = "niet-meer-bewaard"
	methodNotAllowed code = "methode-niet-toegestaan"
	notAcceptable    code = "niet-leverbaar"
	cardOutdated     code = "kaart-verouderd"
	messageExists    code = "bericht-bestaat-al"
	statusMismatch   code = "status-past-niet"
	versionMismatch  code = "versie-past-niet"
	tooLarge         code = "te-groot"
	wrongType        code = "inhoudstype-onjuist"
	tooMany          code = "te-veel-verzoeken"
	unavailable      code = "nu-niet-mogelijk"
	problemURN            = "urn:sluis:fout:"
	problemType           = "application/problem+json"
)

// kinds gives for each code its status and its title (RFC 9457: the title does not change from occurrence to occurrence).
var kinds = map[code]struct {
	status int
	title  string
}{
	badRequest:       {http.StatusBadRequest, "Het verzoek klopt niet"},
	tokenInvalid:     {http.StatusUnauthorized, "Het token is niet geldig"},
	tokenExpired:     {http.StatusUnauthorized, "Het token is verlopen"},
	tokenReplayed:    {http.StatusUnauthorized, "Het token is al gebruikt"},
	certMissing:      {http.StatusUnauthorized, "Het clientcertificaat ontbreekt"},
	certWrong:        {http.StatusUnauthorized, "Het clientcertificaat is niet goed"},
	senderWrong:      {http.StatusForbidden, "De afzender klopt niet"},
	denied:           {http.StatusForbidden, "Dit bericht mag niet"},
	notAddressed:     {http.StatusForbidden, "Dit bericht is niet aan u"},
	notYours:         {http.StatusForbidden, "Dit mag u niet doen"},
	untrusted:        {http.StatusForbidden, "Dit is niet te vertrouwen"},
	notFound:         {http.StatusNotFound, "Dit is er niet"},
	erased:           {http.StatusNotFound, "De inhoud is gewist"},
	noLongerKept:     {http.StatusGone, "Dit wordt niet meer bewaard"},
	methodNotAllowed: {http.StatusMethodNotAllowed, "Dit kan hier niet"},
	notAcceptable:    {http.StatusNotAcceptable, "Deze vorm is er niet"},
	cardOutdated:     {http.StatusConflict, "Er is een nieuwere kaart"},
	messageExists:    {http.StatusConflict, "Dit berichtnummer is al gebruikt"},
	statusMismatch:   {http.StatusConflict, "Deze bevestiging past niet"},
	versionMismatch:  {http.StatusConflict, "Deze versie past niet"},
	tooLarge:         {http.StatusRequestEntityTooLarge, "Dit is te groot"},
	wrongType:        {http.StatusUnsupportedMediaType, "Dit inhoudstype hoort hier niet"},
	tooMany:          {http.StatusTooManyRequests, "Te veel verzoeken"},
	unavailable:      {http.StatusServiceUnavailable, "Dit kan nu niet"},
}

// refusal is a no that the caller is told. Everything in it may be shown; it never holds what was sent.
type refusal struct {
	code       code
	detail     string // Dutch: what is wrong and what to do
	faults     fault.List
	reasons    []relay.RecipientReason
	card       *currentCard
	retryAfter int // seconds; 0 for no header
}

// Error names the code only: a refusal that ends up in a log says nothing of the request.
func (r *refusal) Error() string { return string(r.code) }

// currentCard says which card has taken the place of the one whose key was used.
type currentCard struct {
	Party       string `json:"partij"`
	Participant string `json:"deelnemer"`
	Version     int    `json:"versie"`
}

// problem is a refusal as RFC 9457 writes it.
type problem struct {
	Type     string                  `json:"type"`
	Title    string                  `json:"title"`
	Status   int                     `json:"status"`
	Detail   string                  `json:"detail"`
	Instance string                  `json:"instance"`
	Faults   fault.List              `json:"fouten,omitempty"`
	Reasons  []relay.RecipientReason `json:"redenen,omitempty"`
	Card     *currentCard            `json:"kaart,omitempty"`
}

// writeProblem writes a refusal, with the id of the request as its instance.
func writeProblem(c echo.Context, r *refusal) error {
	kind := kinds[r.code]
	p := problem{
		Type: problemURN + string(r.code), Title: kind.title, Status: kind.status, Detail: r.detail,
		Instance: "urn:uuid:" + stringOf(c.Get(keyRequest)), Faults: r.faults, Reasons: r.reasons, Card: r.card,
	}
	body, err := encodeJSON(p)
	if err != nil {
		return err
	}
	return c.Blob(kind.status, problemType, body)
}

// encodeJSON writes JSON without escaping <, > and &: an auditregel inside keeps its RFC 8785 bytes.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
