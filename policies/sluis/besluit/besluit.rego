# METADATA
# title: Het besluit
# description: |
#   Eén vraag, één antwoord: mag deze afzender dit bericht aan deze ontvanger sturen? Ja alleen als er geen algemeen bezwaar is
#   en één stroom van het convenant het doorlaat; de eerste geeft de termijnen. De redenen worden pas uitgezocht als het
#   antwoord nee is.
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
	algemeen.in_orde
	count(stromen.vrij) > 0
}

toestemming := {
	"toegestaan": true,
	"stroom": min(stromen.vrij),
	"redenen": [],
	"gegevens": stromen.doorgelaten_gegevens,
	"verplichtingen": verplichtingen,
}

weigering := {
	"toegestaan": false,
	"stroom": naaste,
	"redenen": redenen,
	"gegevens": stromen.toegestane_gegevens,
	"verplichtingen": [],
}
