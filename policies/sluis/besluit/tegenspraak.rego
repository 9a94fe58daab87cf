package sluis.besluit

import data.sluis.algemeen
import data.sluis.stromen

# METADATA
# scope: document
# description: |
#   Bezwaren tegen wat toegestaan is. Bij de regels van Sluis zelf bewaken proeven dat die er nooit zijn; bij regels die een
#   beheerder heeft aangepast vraagt de sluis er bij elk ja naar. Wie een bezwaar toevoegt, heeft het zo ook afgedwongen.
tegenspraak contains code if {
	toegestaan
	some code in algemeen.bezwaar
}

tegenspraak contains code if {
	some code in stromen.bezwaar[min(doorgang)] # zonder doorgang is er geen eerste, en geen tegenspraak
}
