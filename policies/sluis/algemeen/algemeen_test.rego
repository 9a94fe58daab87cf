package sluis.algemeen_test

import data.sluis.algemeen
import data.sluis.proef_test as proef

test_zonder_bezwaar if {
	algemeen.bezwaar == set() with input as proef.signaal
}

# Elk feit dat niet vaststaat, of ontbreekt, is een bezwaar.
gevallen := {
	"vastgesteld/convenant/bekend": "onbekend-convenant",
	"vastgesteld/convenant/vanKracht": "convenant-niet-van-kracht",
	"vastgesteld/afzender/inConvenant": "partij-niet-in-convenant",
	"vastgesteld/ontvanger/inConvenant": "partij-niet-in-convenant",
	"vastgesteld/afzender/gepind": "kaartsleutel-niet-gepind",
	"vastgesteld/ontvanger/gepind": "kaartsleutel-niet-gepind",
	"vastgesteld/afzender/kaartGeldig": "kaart-verlopen",
	"vastgesteld/ontvanger/kaartGeldig": "kaart-verlopen",
	"vastgesteld/ontvanger/deelnemers/0/kaartGeldig": "kaart-verlopen",
	"vastgesteld/afzender/opKaart": "functie-niet-bevoegd",
	"vastgesteld/ontvanger/deelnemers/0/opKaart": "functie-niet-bevoegd",
	"vastgesteld/zaak/nieuw": "zaak-niet-van-u",
}

test_feit_onwaar if {
	every plaats, code in gevallen {
		algemeen.bezwaar == {code} with input as proef.met(proef.signaal, {plaats: false})
	}
}

test_feit_ontbreekt if {
	every plaats, code in gevallen {
		algemeen.bezwaar == {code} with input as proef.zonder(proef.signaal, [plaats])
	}
}

test_leeg_bericht_heeft_bezwaren if {
	count(algemeen.bezwaar) >= 7 with input as {}
}

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

# Van kracht is een feit op zich; wie niet tekende is uitleg, en leeg als het aan een ander of aan de looptijd ligt.
test_uitleg_wie_tekende_niet if {
	every plaats, wie in {
		"vastgesteld/afzender/ondertekend": {"uw-organisatie"},
		"vastgesteld/ontvanger/ondertekend": {"politie"},
		"vastgesteld/convenant/vanKracht": set(),
	} {
		algemeen.uitleg["convenant-niet-van-kracht"].nietOndertekend == wie with input as proef.met(proef.signaal, {plaats: false})
	}
}

# Wie een oude versie noemt hoort welke er in de plaats kwam, en niet dat er een handtekening ontbreekt.
test_uitleg_vervangen if {
	vervangen := {
		"vastgesteld/convenant/vanKracht": false,
		"vastgesteld/convenant/vervangenDoor": 3,
		"vastgesteld/afzender/ondertekend": false,
	}
	algemeen.uitleg["convenant-niet-van-kracht"] == {"vervangenDoor": 3} with input as proef.met(proef.signaal, vervangen)
	algemeen.bezwaar == {"convenant-niet-van-kracht"} with input as proef.met(proef.signaal, vervangen)
}

test_rol_ontvanger_onbekend if {
	algemeen.rol_ontvanger == "ontvanger" with input as proef.met(proef.signaal, {"vastgesteld/ontvanger/rol": ""})
}

test_zaak_van_de_partij if {
	betrokken := {"vastgesteld/zaak/nieuw": false, "vastgesteld/zaak/betrokken": true}
	algemeen.bezwaar == set() with input as proef.met(proef.signaal, betrokken)
}
