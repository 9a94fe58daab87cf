package main

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/gateway"
)

// startError says in Dutch why a gateway does not start: what an operator can put right, and what is wrong with the database. It gives any
// other error as it is.
func startError(err error) error {
	if away, ok := errors.AsType[gateway.DayKeysNotHereError](err); ok {
		return fmt.Errorf("er is al een auditspoor, en in de map met dagsleutels (store.dayKeysDir) staat geen bestand spoor; kijk of de gedeelde map hier gekoppeld is. "+
			"Alleen als de dagsleutels echt verloren zijn (wat nog wachtte is dan niet meer te lezen; vergelijk eerst met sluis db verify of er meer verloren is), "+
			"of als hier nog nooit een bericht werd aangenomen, door een eerdere versie: zet in die map een bestand spoor met deze ene regel: %s", away.Log)
	}
	for _, known := range []struct {
		err  error
		text string
	}{
		{gateway.ErrInUse, "in de map van deze instellingen draait al een sluis; stop die eerst"},
		{gateway.ErrLogKeyMissing, "er is al een auditspoor, en het bestand met de sleutel ervan (log.keyFile) ontbreekt; zet de reservekopie terug, of neem bij meer sluizen op één database de log.key van een andere over"},
		{gateway.ErrLogKeyName, "de sleutel van het auditspoor hoort bij een ander adres; zet api.publicURL op het adres waarmee dit auditspoor begon"},
		{gateway.ErrOldLayout, "de database staat in de map van de sluis zelf; maak daarin een map database, en verplaats sluis.db en elk bestand sluis.db-* daarheen"},
		{gateway.ErrDayKeysElsewhere, "de map met dagsleutels (store.dayKeysDir) is van een ander auditspoor, zoals in het bestand spoor daarin staat; zet store.dayKeysDir op de map van dit auditspoor"},
		{audit.ErrTree, "het auditspoor in de database is met een andere sleutel ondertekend, of het is veranderd; kijk of log.keyFile de sleutel van dit auditspoor is (bij meer sluizen overal dezelfde), en controleer het met: sluis db verify"},
		{syscall.EADDRINUSE, "het adres in api.listen of admin.listen is al in gebruik; stop wat daar luistert, of kies een andere poort"},
		{syscall.EADDRNOTAVAIL, "het adres in api.listen of admin.listen is niet van deze machine"},
	} {
		if errors.Is(err, known.err) {
			return errors.New(known.text)
		}
	}
	return databaseError(err)
}
