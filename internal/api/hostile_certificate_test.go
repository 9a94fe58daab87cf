package api_test

import (
	"crypto/tls"
	"net/http"
	"testing"

	"github.com/sluis-gateway/sluis/internal/pki"
)

// certificateAttacks are about who is at the other end of the connection. Each asks for an inbox with a token that is right.
func certificateAttacks(t *testing.T) []attack {
	foreign, err := pki.NewCA("Een ander")
	if err != nil {
		t.Fatal(err)
	}
	with := func(version uint16, certs func(*siege) []tls.Certificate) func(*siege) answer {
		return func(s *siege) answer {
			tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.CA.Pool(), MaxVersion: version,
				// Shown whether or not the server's list of authorities fits.
				GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
					if list := certs(s); len(list) > 0 {
						return &list[0], nil
					}
					return &tls.Certificate{}, nil
				}}}
			defer tr.CloseIdleConnections()
			r, err := http.NewRequest(http.MethodGet, s.URL+"/v1/berichten?map=in", nil)
			if err != nil {
				s.t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+s.sender().Token(nil))
			resp, err := (&http.Client{Transport: tr}).Do(r)
			if err != nil {
				return answer{} // the handshake failed: no answer
			}
			return sent(s.t, resp)
		}
	}
	issue := func(ca func(*siege) *pki.CA) func(*siege) []tls.Certificate {
		return func(s *siege) []tls.Certificate {
			id, err := ca(s).IssueClient(s.sender().Party.OIN, "Voorbeeld school")
			if err != nil {
				s.t.Fatal(err)
			}
			return []tls.Certificate{id.TLS()}
		}
	}
	own := func(s *siege) *pki.CA { return s.CA }
	return []attack{
		{name: "no certificate", do: with(0, func(*siege) []tls.Certificate { return nil }), status: 401, code: "certificaat-ontbreekt"},
		{name: "certificate of an unknown authority", do: with(0, issue(func(*siege) *pki.CA { return foreign }))},
		{name: "another certificate than the token is bound to", do: with(0, issue(own)), status: 401, code: "certificaat-onjuist"},
		{name: "certificate of another party", do: with(0, func(s *siege) []tls.Certificate {
			return []tls.Certificate{s.Party("mbo").Client.TLS()}
		}), status: 401, code: "token-ongeldig"},
		{name: "certificate for signing cards", do: with(0, func(s *siege) []tls.Certificate {
			return []tls.Certificate{s.Party("school").Signer.TLS()}
		}), status: 401, code: "certificaat-onjuist"}, // of this party too, but the token is bound to the other one
		{name: "certificate of the server", do: with(0, func(s *siege) []tls.Certificate {
			id, err := s.CA.IssueServer("localhost")
			if err != nil {
				s.t.Fatal(err)
			}
			return []tls.Certificate{id.TLS()}
		})},
		{name: "TLS 1.1", do: with(tls.VersionTLS11, issue(own))},
	}
}
