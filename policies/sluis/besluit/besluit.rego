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
antwoord := toestemming(doorgang) if {
	toegestaan
} else := weigering

default toegestaan := false

toegestaan if count(doorgang) > 0

# METADATA
# description: De stromen waarlangs het bericht gaat - geen enkele zolang er een algemeen bezwaar is.
doorgang contains i if {
	algemeen.in_orde
	some i in stromen.vrij
}

# METADATA
# description: Wat er bij een ja hoort, langs deze stromen.
toestemming(langs) := {
	"toegestaan": true,
	"stroom": min(langs),
	"redenen": [],
	"gegevens": stromen.doorgelaten_gegevens(langs),
	"verplichtingen": verplichtingen(langs),
}

weigering := {
	"toegestaan": false,
	"stroom": naaste,
	"redenen": redenen,
	"gegevens": stromen.toegestane_gegevens,
	"verplichtingen": [],
}
