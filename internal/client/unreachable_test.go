package client

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestUnreachableIsToldInDutch: what the network libraries say never reaches the user, and each known cause has its own remedy.
func TestUnreachableIsToldInDutch(t *testing.T) {
	cases := map[string]struct {
		err  error
		want string
	}{
		"refused": {&net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, "draait nu niets"},
		"anchor":  {x509.UnknownAuthorityError{}, "ankers/tls"},
		"name":    {x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}, "ander adres"},
		"expired": {x509.CertificateInvalidError{Reason: x509.Expired}, "geldt niet"},
		"dns":     {&net.DNSError{Err: "no such host", Name: "x"}, "niet te vinden"},
		"late":    {context.DeadlineExceeded, "te lang"},
		"stopped": {context.Canceled, "afgebroken"},
		"other":   {errors.New("tls: something English"), "verbinding brak af"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text := (&UnreachableError{URL: "https://sluis.voorbeeld.nl", Err: c.err}).Error()
			if !strings.Contains(text, c.want) || strings.Contains(text, c.err.Error()) {
				t.Errorf("got %q", text)
			}
		})
	}
}
