package auth

// Error is a 401: Code is the urn:sluis:fout code, Detail one or two Dutch sentences that say what is wrong and what to do.
// Neither ever holds the token or anything from it.
type Error struct{ Code, Detail string }

func (e *Error) Error() string { return e.Code + ": " + e.Detail }

// The codes of a 401.
const (
	CodeNoCertificate  = "certificaat-ontbreekt"
	CodeBadCertificate = "certificaat-onjuist"
	CodeBadToken       = "token-ongeldig"
	CodeExpired        = "token-verlopen"
	CodeReplayed       = "token-herhaald"
)

// ErrNoCertificate says that the connection has no client certificate.
var ErrNoCertificate = &Error{CodeNoCertificate, "Er is geen clientcertificaat getoond. Software moet zich met het certificaat van haar organisatie melden."}

// Everything that can be wrong with a certificate or a token. Who holds which key is never told: a token of somebody who does
// not exist is answered like one with a wrong key.
var (
	errCertificateOIN     = &Error{CodeBadCertificate, "In het clientcertificaat staat geen geldig OIN (Subject.serialNumber). Vraag een certificaat met het OIN van uw organisatie."}
	errCertificateExpired = &Error{CodeBadCertificate, "Het clientcertificaat is niet geldig op dit moment. Vernieuw het certificaat en maak opnieuw verbinding."}
	errBinding            = &Error{CodeBadCertificate, "Het token hoort bij een ander clientcertificaat dan dat van deze verbinding. Maak een nieuw token voor dit certificaat."}
	errForm               = &Error{CodeBadToken, "Het token heeft niet de vorm van een sluis-token+jwt, of is langer dan vijf minuten geldig."}
	errIssuer             = &Error{CodeBadToken, "Het token is van een andere organisatie dan het clientcertificaat."}
	errAudience           = &Error{CodeBadToken, "Het token is voor een ander adres gemaakt dan dat van deze Sluis."}
	errAhead              = &Error{CodeBadToken, "Het token is gemaakt in de toekomst. Zet de klok van uw computer gelijk."}
	errHolder             = &Error{CodeBadToken, "De sleutel van het token staat niet op de kaart van deze deelnemer. Laat de beheerder van uw organisatie uw kaart bijwerken."}
	errSignature          = &Error{CodeBadToken, "De handtekening onder het token klopt niet."}
	errCardExpired        = &Error{CodeBadToken, "De kaart van uw organisatie of van uzelf is vandaag niet geldig, of het certificaat onder de kaart van uw organisatie is verlopen. Vraag de beheerder van uw organisatie om een nieuwe kaart."}
	errExpired            = &Error{CodeExpired, "Het token is verlopen. Maak een nieuw token; klopt de klok van uw computer?"}
	errReplayed           = &Error{CodeReplayed, "Het token is al eens gebruikt en mag maar één keer. Maak een nieuw token."}
)
