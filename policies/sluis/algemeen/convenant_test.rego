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

# Wat hier een bezwaar is staat ook de korte weg naar ja in de weg, als enige.
test_niet_in_orde if {
	algemeen.in_orde with input as proef.signaal
	every plaats, _ in gevallen {
		not algemeen.in_orde with input as proef.met(proef.signaal, {plaats: false})
	}
}

verkeerd := [
	proef.met(proef.signaal, {"gesteld/doel": "opsporing"}),
	proef.met(proef.signaal, {"gesteld/soort": "consultvraag"}),
	proef.met(proef.signaal, {"gesteld/urgentie": "crisis"}),
	proef.met(proef.signaal, {"vastgesteld/antwoordOp": {"bekend": false, "soort": ""}}),
	proef.met(proef.signaal, {"gesteld/soort": "correctie"}),
	proef.met(proef.signaal, {"gesteld/grondslag": "jeugdwet-7-3-11-4"}),
	proef.met(proef.van_politie, {"gesteld/grondslag": "avg-6-1-e"}),
	proef.met(proef.van_politie, {"vastgesteld/wpgBesluit": null}),
]

test_bericht_niet_in_orde if {
	every bericht in verkeerd {
		count(algemeen.bezwaar) == 1 with input as bericht
		not algemeen.in_orde with input as bericht
	}
}
