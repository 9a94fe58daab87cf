package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/sluis-gateway/sluis/internal/client"
)

// showWithoutHit says of whom this profile could not tell whether the check-op-bekendheid before this message was a hit.
func showWithoutHit(out io.Writer, sent client.Sent) {
	for _, oin := range sent.WithoutHit {
		fmt.Fprintf(out, "Let op: dit mag alleen na een hit bij organisatie %s. De uitslag is hier niet geopend, dus dat is niet nagegaan.\n", oin)
	}
}

// showDoubts says what is not as the envelope said or as the convenant asks.
func showDoubts(say io.Writer, r client.Received) {
	if len(r.NotDeclared) > 0 {
		fmt.Fprintf(say, "Let op: er staan gegevens in die de afzender niet had aangegeven (%s). Dit wordt gemeld.\n", strings.Join(texts(r.NotDeclared), ", "))
	}
	if r.MoreQuestions {
		fmt.Fprintln(say, "Let op: er staan meer vragen in dan de afzender had aangegeven. Dit wordt gemeld.")
	}
	switch r.Hit {
	case client.HitNone:
		fmt.Fprintln(say, "Let op: dit bericht mag alleen na een hit, en de check op bekendheid in deze zaak gaf er geen. Vraag uw privacyfunctionaris.")
	case client.HitUnseen:
		fmt.Fprintln(say, "Let op: dit bericht mag alleen na een hit. De uitslag is hier niet geopend of verstuurd, dus dat is niet nagegaan.")
	}
}
