# METADATA
# title: Het besluit
# description: |
#   Eén vraag, één antwoord: mag deze afzender dit bericht aan deze ontvanger sturen? Ja alleen als er geen algemeen bezwaar is
#   en één stroom van het convenant geen bezwaar heeft. De redenen worden pas uitgezocht als het antwoord nee is.
# entrypoint: true
package sluis.besluit

import data.sluis.algemeen
import data.sluis.stromen

# METADATA
# description: Het antwoord, met alles wat een mens erbij wil weten.
antwoord := toestemming if {
	toegestaan
} else := weigering

default toegestaan := false

toegestaan if {
	count(algemeen.bezwaar) == 0
	count(vrij) > 0
}

# METADATA
# description: De stromen die het bericht doorlaten; de eerste geeft de termijnen.
vrij contains i if {
	some i in stromen.passend
	not stromen.bezwaar[i]
}

toestemming := {
	"toegestaan": true,
	"stroom": min(vrij),
	"redenen": [],
	"gegevens": stromen.toegestane_gegevens,
	"verplichtingen": verplichtingen,
}

weigering := {
	"toegestaan": false,
	"stroom": naaste,
	"redenen": redenen,
	"gegevens": stromen.toegestane_gegevens,
	"verplichtingen": [],
}
