# METADATA
# scope: package
# title: Voorwaarden van een stroom
# description: |
#   Eén voorwaarde per bestand. `voldaan(code, waarde, stroom)` is waar als eraan voldaan is; voor een code zonder regel is het
#   nooit waar, dus een onbekende voorwaarde houdt het bericht tegen. `redenen(code, waarde, stroom)` zegt waarom niet.
package sluis.voorwaarden

import data.sluis.algemeen

# METADATA
# title: vaste-contactpersoon
# description: Afzender en ontvangers staan op de kaart van hun partij in een functie die de stroom noemt, en er is iemand.
# custom:
#   bron: 'Convenant Den Bosch, artikel 1 ("wijzen een vast contactpersoon aan"); Handreiking, bijlage 5'
voldaan("vaste-contactpersoon", _, stroom) if {
	input.vastgesteld.afzender.opKaart
	input.vastgesteld.afzender.functie in stroom.van.functies
	contactpersoon_bij_ontvanger(stroom)
}

contactpersoon_bij_ontvanger(stroom) if {
	input.vastgesteld.ontvanger.functie in stroom.naar.functies
	count(input.vastgesteld.ontvanger.deelnemers) > 0
	algemeen.mensen_op_kaart
}

redenen("vaste-contactpersoon", _, stroom) := [{
	"code": "geen-vaste-contactpersoon",
	"gegevens": {
		"wie": geen_contactpersoon(stroom),
		"functies": {f | some f in stroom.naar.functies; not contactpersoon_bij_ontvanger(stroom)},
		"vanfuncties": {f | some f in stroom.van.functies; not is_contactpersoon("u-zelf", stroom)},
	},
}]

geen_contactpersoon(stroom) := {wie |
	some wie in ["u-zelf", algemeen.rol_ontvanger]
	not is_contactpersoon(wie, stroom)
}

is_contactpersoon("u-zelf", stroom) if {
	input.vastgesteld.afzender.opKaart
	input.vastgesteld.afzender.functie in stroom.van.functies
}

is_contactpersoon(wie, stroom) if {
	wie != "u-zelf"
	contactpersoon_bij_ontvanger(stroom)
}
