package api

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/party"
)

// call is one request whose caller is established as far as its route asks.
type call struct {
	echo.Context
	party  party.OIN // "" on routes for anyone
	caller auth.Caller
	query  map[string]string
	gives  string // the content type that was chosen for the answer
}

// serve puts the same steps before every handler. Their order: who is calling, before anything else of the request is looked at;
// then the time that the route takes, which nobody gets before that (guard gave little); then the form of the request; the body last, by the handler.
func (s *server) serve(r route) echo.HandlerFunc {
	return func(c echo.Context) error {
		k := &call{Context: c}
		// What does not end by itself (a database that hangs) ends while there is still time to say so.
		whole := c.Request()
		ctx, done := context.WithTimeoutCause(whole.Context(), r.within-tellSlow, errTookTooLong)
		defer func() {
			done()
			c.SetRequest(whole) // of which the context is over only when the caller went away
		}()
		c.SetRequest(whole.WithContext(ctx))
		if err := s.admit(k, r.who); err != nil {
			return err
		}
		within(c, r.within)
		var err error
		if k.query, err = readQuery(c.Request().URL.RawQuery, r.query); err != nil {
			return err
		}
		if k.gives, err = negotiate(c.Request().Header.Values("Accept"), r.gives); err != nil {
			return err
		}
		if r.takes != "" {
			if err := checkContentType(c.Request().Header, r.takes, r.authzen); err != nil {
				return err
			}
			c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, r.limit)
		}
		return s.answer(r, k)
	}
}

// errTookTooLong is why a request ends that took all the time that its route has.
var errTookTooLong = errors.New("the request took all the time that there is for it")

// admit establishes who is calling, and counts the call for that party (or, where nobody needs to be known, that address).
func (s *server) admit(k *call, who access) error {
	cert := certificate(k.Request())
	if who == anyone {
		return s.strangers.take(k.RealIP())
	}
	if s.Log.Lost() {
		return audit.ErrLost // what is kept is not all that was kept: nothing of it is given out as if it were
	}
	oin, err := s.Auth.Certificate(cert)
	if err != nil {
		return err
	}
	k.party = oin
	k.Set(keyParty, string(oin))
	if err := s.limiter.take(string(oin)); err != nil {
		return err
	}
	if who == partyOnly {
		return nil
	}
	token, err := bearer(k.Request().Header.Values("Authorization"))
	if err != nil {
		return err
	}
	k.caller, err = s.caller(k.Request().Context(), token, cert)
	return err
}

// certificate gives the client certificate that the TLS handshake verified against the configured anchors; nil when there is none.
func certificate(r *http.Request) *x509.Certificate {
	if r.TLS == nil || len(r.TLS.VerifiedChains) == 0 || len(r.TLS.PeerCertificates) == 0 {
		return nil
	}
	return r.TLS.PeerCertificates[0]
}

// bearer takes the token from exactly one Authorization header (RFC 6750; never from the URL).
func bearer(values []string) (string, error) {
	if len(values) != 1 {
		return "", &auth.Error{Code: "token-ongeldig", Detail: "Stuur precies één header Authorization met een token."}
	}
	scheme, token, ok := strings.Cut(values[0], " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", &auth.Error{Code: "token-ongeldig", Detail: "De header Authorization moet de vorm Bearer <token> hebben."}
	}
	return token, nil
}
