package sluis.algemeen_test

import data.sluis.algemeen
import data.sluis.proef_test as proef

# Wie het is staat in de uitleg.
test_uitleg_wie if {
	wie := {"uw-organisatie", "politie"}
	niemand := proef.met(proef.signaal, {
		"vastgesteld/afzender/inConvenant": false,
		"vastgesteld/ontvanger/inConvenant": false,
		"vastgesteld/afzender/gepind": false,
		"vastgesteld/ontvanger/gepind": false,
		"vastgesteld/afzender/kaartGeldig": false,
		"vastgesteld/ontvanger/deelnemers/0/kaartGeldig": false,
		"vastgesteld/afzender/opKaart": false,
		"vastgesteld/ontvanger/deelnemers/0/opKaart": false,
	})
	algemeen.uitleg["partij-niet-in-convenant"].wie == wie with input as niemand
	algemeen.uitleg["kaartsleutel-niet-gepind"].wie == wie with input as niemand
	algemeen.uitleg["kaart-verlopen"].wie == wie with input as niemand
	algemeen.uitleg["functie-niet-bevoegd"].wie == {"u-zelf", "politie"} with input as niemand
}

test_rol_ontvanger_onbekend if {
	algemeen.rol_ontvanger == "ontvanger" with input as proef.met(proef.signaal, {"vastgesteld/ontvanger/rol": ""})
}

# Wie er niets aan doet wordt niet genoemd.
test_uitleg_van_een_kant if {
	every plaats, geval in {
		"vastgesteld/afzender/kaartGeldig": ["kaart-verlopen", "uw-organisatie"],
		"vastgesteld/ontvanger/kaartGeldig": ["kaart-verlopen", "politie"],
		"vastgesteld/ontvanger/deelnemers/0/kaartGeldig": ["kaart-verlopen", "politie"],
		"vastgesteld/afzender/opKaart": ["functie-niet-bevoegd", "u-zelf"],
		"vastgesteld/ontvanger/deelnemers/0/opKaart": ["functie-niet-bevoegd", "politie"],
	} {
		algemeen.uitleg[geval[0]].wie == {geval[1]} with input as proef.met(proef.signaal, {plaats: false})
	}
}
