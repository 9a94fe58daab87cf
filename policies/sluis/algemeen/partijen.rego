package sluis.algemeen

# METADATA
# description: Beide partijen doen mee aan het convenant.
bezwaar contains "partij-niet-in-convenant" if not partijen_in_convenant

partijen_in_convenant if {
	input.vastgesteld.afzender.inConvenant
	input.vastgesteld.ontvanger.inConvenant
}

uitleg["partij-niet-in-convenant"] := {"wie": wie_zonder("inConvenant")}

# METADATA
# description: |
#   De partijkaart is ondertekend met een sleutel die het convenant vastlegt; een ander certificaat telt niet.
bezwaar contains "kaartsleutel-niet-gepind" if not kaartsleutels_gepind

kaartsleutels_gepind if {
	input.vastgesteld.afzender.gepind
	input.vastgesteld.ontvanger.gepind
}

uitleg["kaartsleutel-niet-gepind"] := {"wie": wie_zonder("gepind")}

# METADATA
# description: De kaarten van partijen en mensen zijn vandaag geldig.
bezwaar contains "kaart-verlopen" if not kaarten_geldig

kaarten_geldig if {
	input.vastgesteld.afzender.kaartGeldig
	input.vastgesteld.ontvanger.kaartGeldig
	mensen_kaart_geldig
}

mensen_kaart_geldig if {
	every deelnemer in input.vastgesteld.ontvanger.deelnemers {
		deelnemer.kaartGeldig
	}
}

uitleg["kaart-verlopen"] := {"wie": verlopen}

verlopen := wie_zonder("kaartGeldig") | {rol_ontvanger | not mensen_kaart_geldig}

# METADATA
# description: |
#   Alleen wie in die functie op de kaart van de partij staat kan zenden of ontvangen (Den Bosch, artikel 1: elke
#   partij wijst een vast contactpersoon aan).
bezwaar contains "functie-niet-bevoegd" if not functies_op_kaart

functies_op_kaart if {
	input.vastgesteld.afzender.opKaart
	mensen_op_kaart
}

# METADATA
# description: Iedereen aan wie het bericht gericht is staat in die functie op de kaart.
mensen_op_kaart if {
	every deelnemer in input.vastgesteld.ontvanger.deelnemers {
		deelnemer.opKaart
	}
}

uitleg["functie-niet-bevoegd"] := {"wie": onbevoegd}

onbevoegd := {"u-zelf" | not input.vastgesteld.afzender.opKaart} | {rol_ontvanger | not mensen_op_kaart}

# METADATA
# description: Voor wie van de twee een feit niet vaststaat.
wie_zonder(feit) := {wie |
	some kant, wie in {"afzender": "uw-organisatie", "ontvanger": rol_ontvanger}
	not input.vastgesteld[kant][feit]
}

default rol_ontvanger := "ontvanger"

rol_ontvanger := input.vastgesteld.ontvanger.rol if input.vastgesteld.ontvanger.rol != ""
