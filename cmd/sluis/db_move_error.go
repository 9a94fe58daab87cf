package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/store/move"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// moveError says in Dutch why a store was not moved, and how things stand now.
func moveError(err error) error {
	var left *move.LeftError
	switch {
	case errors.As(err, &left) && errors.Is(err, move.ErrElsewhere):
		return fmt.Errorf("deze sluis is al verplaatst, naar de database %s; store.owner noemt een andere", left.Destination)
	case errors.As(err, &left):
		return fmt.Errorf("het oude bestand is verlaten, en de database %s is nog niet geopend; voer dezelfde opdracht nog eens uit als dit is opgelost: %w",
			left.Destination, databaseError(left.Err))
	case errors.Is(err, move.ErrDoubt):
		return errors.New("het is niet zeker of het oude bestand is verlaten: de schijf gaf een fout; voer dezelfde opdracht nog eens uit, zij zoekt het uit")
	case errors.Is(err, context.Canceled):
		return errors.New("afgebroken; er is niets verplaatst, en het oude bestand is nog goed. Voer de opdracht nog eens uit wanneer u wilt")
	}
	for _, known := range []struct {
		err  error
		text string
	}{
		{sqlite.ErrMissing, "in de map van deze instellingen staat geen database (database/sluis.db); er is niets te verplaatsen"},
		{move.ErrEmptyLog, "het auditspoor van deze sluis is nog leeg; er is niets te verplaatsen"},
		{move.ErrLost, "het bestand mist auditregels die de sluis al had laten zien, of heeft er andere; er is niets verplaatst. Lees in docs/operations.md wat u na een verlies doet"},
		{move.ErrUnlike, "in de database staat iets anders dan in het bestand; er is niets verplaatst, en het bestand is nog goed"},
		{postgres.ErrNotEmpty, "de database is niet leeg; verplaatsen kan alleen naar een nieuwe, lege database die met sluis db migrate is klaargemaakt"},
		{postgres.ErrConnected, "er is een sluis met deze database verbonden; stop die eerst"},
		{postgres.ErrOther, "deze database wordt gevuld vanuit een andere sluis, of vanuit een nieuwere kopie van deze; neem een andere, lege database"},
	} {
		if errors.Is(err, known.err) {
			return errors.New(known.text)
		}
	}
	var untrue *trailcheck.False
	if errors.As(err, &untrue) {
		return fmt.Errorf("het auditspoor klopt NIET: %w; er is niets verplaatst. Controleer het oude bestand met: sluis trail verify", untrue)
	}
	return startError(err)
}

// movedError is for who opens a store that was moved.
func movedError(err error, moved gateway.MovedError) error {
	if errors.Is(err, gateway.ErrMovedElsewhere) {
		return fmt.Errorf("de database van deze map is verplaatst naar %s, en store.postgres noemt een andere; noem die", moved.Destination)
	}
	return fmt.Errorf("deze database is verplaatst naar %s; zet die in store.postgres, en start de sluis in dezelfde map", moved.Destination)
}
