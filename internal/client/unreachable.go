package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"syscall"
)

// unreachableBecause says in Dutch why there was no answer, and what to do. What it does not know gets the general sentence.
func unreachableBecause(err error) string {
	var (
		unknown x509.UnknownAuthorityError
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
		alert   tls.AlertError
		dns     *net.DNSError
		network net.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "u hebt het afgebroken."
	case errors.As(err, &unknown):
		return "haar certificaat is niet van een uitgever in ankers/tls van uw profiel. Vraag de beheerder van de sluis welk anker u nodig hebt."
	case errors.As(err, &name):
		return "haar certificaat is van een ander adres. Controleer de url in profiel.yaml."
	case errors.As(err, &invalid):
		return "haar certificaat geldt niet, of niet vandaag. Controleer de datum van uw computer en waarschuw de beheerder van de sluis."
	case errors.As(err, &alert):
		return "zij neemt het certificaat van uw organisatie (tls.crt) niet aan. Vraag de beheerder van uw organisatie of het nog geldt."
	case errors.As(err, &dns):
		return "dit adres is niet te vinden. Controleer de url in profiel.yaml en het netwerk."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "op dit adres draait nu niets. Controleer de url in profiel.yaml, of vraag de beheerder van de sluis."
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "het duurde te lang. Probeer het later opnieuw."
	}
	return "de verbinding brak af. Controleer het netwerk en de url in profiel.yaml, en probeer het later opnieuw."
}
