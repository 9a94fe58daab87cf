package sluis.algemeen

# METADATA
# description: Beide partijen doen mee aan het convenant.
bezwaar contains "partij-niet-in-convenant" if count(buiten_convenant) > 0

uitleg["partij-niet-in-convenant"] := {"wie": buiten_convenant}

buiten_convenant contains "uw-organisatie" if not input.vastgesteld.afzender.inConvenant

buiten_convenant contains rol_ontvanger if not input.vastgesteld.ontvanger.inConvenant

# METADATA
# description: De partijkaart is ondertekend met een sleutel die het convenant vastlegt; een ander certificaat telt niet.
bezwaar contains "kaartsleutel-niet-gepind" if count(niet_gepind) > 0

uitleg["kaartsleutel-niet-gepind"] := {"wie": niet_gepind}

niet_gepind contains "uw-organisatie" if not input.vastgesteld.afzender.gepind

niet_gepind contains rol_ontvanger if not input.vastgesteld.ontvanger.gepind

# METADATA
# description: De kaarten van partijen en mensen zijn vandaag geldig.
bezwaar contains "kaart-verlopen" if count(verlopen) > 0

uitleg["kaart-verlopen"] := {"wie": verlopen}

verlopen contains "uw-organisatie" if not input.vastgesteld.afzender.kaartGeldig

verlopen contains rol_ontvanger if not input.vastgesteld.ontvanger.kaartGeldig

verlopen contains rol_ontvanger if not mensen_kaart_geldig

mensen_kaart_geldig if {
	every deelnemer in input.vastgesteld.ontvanger.deelnemers {
		deelnemer.kaartGeldig
	}
}

# METADATA
# description: |
#   Alleen wie in die functie op de kaart van de partij staat kan zenden of ontvangen (Den Bosch, artikel 1: elke partij wijst
#   een vast contactpersoon aan).
bezwaar contains "functie-niet-bevoegd" if count(niet_op_kaart) > 0

uitleg["functie-niet-bevoegd"] := {"wie": niet_op_kaart}

niet_op_kaart contains "u-zelf" if not input.vastgesteld.afzender.opKaart

niet_op_kaart contains rol_ontvanger if not mensen_op_kaart

# METADATA
# description: Iedereen aan wie het bericht gericht is staat in die functie op de kaart.
mensen_op_kaart if {
	every deelnemer in input.vastgesteld.ontvanger.deelnemers {
		deelnemer.opKaart
	}
}

default rol_ontvanger := "ontvanger"

rol_ontvanger := input.vastgesteld.ontvanger.rol if input.vastgesteld.ontvanger.rol != ""
