package api

import (
	"net/http"
	"strings"
)

// What a 503 says of what was sent. It must be true of this call, also where the same was sent before: then that may have been kept, and who
// reads "nothing was kept" makes a second message of it. So it speaks of this request alone, and says that the same may be sent again.
const (
	detailNotKept = "Sluis kan nu niet besluiten of vastleggen. Dit verzoek is niet vastgelegd. Stuur straks precies hetzelfde nog eens: is het eerder al vastgelegd, dan krijgt u dat te horen, en wordt het niet dubbel."
	detailInDoubt = "Sluis weet niet zeker of dit is vastgelegd. Stuur precies hetzelfde nog eens: het wordt dan niet dubbel vastgelegd."
	detailKept    = "Dit is vastgelegd, maar Sluis kan u het bewijs daarvan nu niet geven. Stuur straks precies hetzelfde nog eens: u krijgt dan het bewijs, en het wordt niet dubbel vastgelegd."
	detailFull    = "Het is nu te druk om iets vast te leggen. Dit verzoek is niet vastgelegd. Stuur zo precies hetzelfde nog eens."
	detailLost    = "Deze Sluis mist een deel van haar auditspoor en neemt daarom niets aan. Dit verzoek is niet vastgelegd. De beheerder moet eerst iets doen. Stuur later precies hetzelfde nog eens."
)

// What it says to who only asks: there is nothing of his to keep.
const (
	detailNoAnswer   = "Sluis kan dit nu niet nagaan en geeft daarom geen antwoord. Vraag het later opnieuw."
	detailBusy       = "Het is nu te druk. Vraag het zo opnieuw."
	detailLostAnswer = "Deze Sluis mist een deel van haar auditspoor en geeft daarom geen antwoord. De beheerder moet eerst iets doen. Vraag het later opnieuw."
)

var toWhoAsks = map[string]string{
	detailNotKept: detailNoAnswer, detailInDoubt: detailNoAnswer, detailKept: detailNoAnswer, detailFull: detailBusy, detailLost: detailLostAnswer,
}

// toldTo gives what a 503 says to this request. A look into the trail is recorded, and so is trying a draft; but what was asked is an answer,
// and the same question again is a look again.
func toldTo(r *http.Request, detail string) string {
	path := r.URL.Path
	asks := r.Method != http.MethodPost || strings.HasPrefix(path, "/access/") || strings.HasSuffix(path, "/simulaties")
	if answer, ok := toWhoAsks[detail]; ok && asks {
		return answer
	}
	return detail
}
