package pki_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
)

const oin = party.OIN("00000099000000030000")

func newCA(t *testing.T) *pki.CA {
	t.Helper()
	ca, err := pki.NewCA("test")
	check(t, err)
	return ca
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The shape that production has: root, issuing CA that issues leaves only, leaf with OIN and holder.
func TestShape(t *testing.T) {
	ca := newCA(t)
	if !ca.Root.IsCA || !ca.Issuing.IsCA || !ca.Issuing.MaxPathLenZero {
		t.Error("root and issuing CA are not what they should be")
	}
	card, err := ca.IssueCardSigner(oin, "Voorbeeldcollege")
	check(t, err)
	leaf := card.Chain[0]
	if leaf.Subject.SerialNumber != string(oin) || leaf.Subject.Organization[0] != "Voorbeeldcollege" || leaf.IsCA {
		t.Errorf("leaf for %v", leaf.Subject)
	}
	if len(leaf.ExtKeyUsage) != 0 || leaf.KeyUsage != x509.KeyUsageDigitalSignature {
		t.Error("the card signer's certificate can be used for more than signing")
	}
	if len(card.Chain) != 2 || !card.Chain[1].Equal(ca.Issuing) {
		t.Error("the chain is not leaf and issuing CA, without the root")
	}
	anchors := party.NewAnchors([]*x509.Certificate{ca.Root})
	if got, err := anchors.VerifyChain(card.Chain, time.Now()); err != nil || got != oin {
		t.Errorf("the chain: %q, %v", got, err)
	}
	again, err := ca.IssueCardSigner(oin, "Voorbeeldcollege")
	check(t, err)
	if again.Key.Equal(card.Key) || again.Chain[0].SerialNumber.Cmp(leaf.SerialNumber) == 0 {
		t.Error("two certificates share a key or a serial number")
	}
}

func TestIssueRefuses(t *testing.T) {
	ca := newCA(t)
	for name, issue := range map[string]func() (pki.Identity, error){
		"no OIN":  func() (pki.Identity, error) { return ca.IssueCardSigner("123", "X") },
		"no name": func() (pki.Identity, error) { return ca.IssueClient(oin, "") },
		"no host": func() (pki.Identity, error) { return ca.IssueServer() },
	} {
		if id, err := issue(); err == nil || id.Key != nil {
			t.Errorf("%s: issued", name)
		}
	}
}

// Mutual TLS with these certificates works, and a certificate does only what it was made for.
func TestMutualTLS(t *testing.T) {
	ca := newCA(t)
	server, err := ca.IssueServer("localhost", "127.0.0.1")
	check(t, err)
	client, err := ca.IssueClient(oin, "Voorbeeldcollege")
	check(t, err)
	card, err := ca.IssueCardSigner(oin, "Voorbeeldcollege")
	check(t, err)
	stranger, err := newCA(t).IssueClient(oin, "Voorbeeldcollege")
	check(t, err)
	cases := map[string]struct {
		server, client pki.Identity
		host           string
		good           bool
	}{
		"by name":                         {server, client, "localhost", true},
		"by address":                      {server, client, "127.0.0.1", true},
		"another host":                    {server, client, "sluis.example", false},
		"a client of another CA":          {server, stranger, "localhost", false},
		"a server with a client's":        {client, client, "localhost", false},
		"a client with a server's":        {server, server, "localhost", false},
		"a server with the card signer's": {card, client, "localhost", false},
	}
	for name, c := range cases {
		got, err := handshake(t, ca, c.server, c.client, c.host)
		if c.good && (err != nil || got != oin) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if !c.good && err == nil {
			t.Errorf("%s: connected", name)
		}
	}
}

// handshake connects a client to a server over a pipe and gives the OIN that the server saw.
func handshake(t *testing.T, ca *pki.CA, server, client pki.Identity, host string) (party.OIN, error) {
	t.Helper()
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	at := tls.Server(there, &tls.Config{
		Certificates: []tls.Certificate{server.TLS()}, ClientCAs: ca.Pool(), ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12,
	})
	from := tls.Client(here, &tls.Config{
		Certificates: []tls.Certificate{client.TLS()}, RootCAs: ca.Pool(), ServerName: host, MinVersion: tls.VersionTLS12,
	})
	done := make(chan error, 1)
	go func() {
		err := from.Handshake()
		if err != nil {
			here.Close()
		}
		done <- err
		_, _ = io.Copy(io.Discard, from) // takes the server's last messages; ends when the pipe closes
	}()
	if err := at.Handshake(); err != nil {
		there.Close()
		<-done
		return "", err
	}
	if err := <-done; err != nil {
		return "", err
	}
	return party.OINOf(at.ConnectionState().PeerCertificates[0])
}
