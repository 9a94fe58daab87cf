package sluis.besluit_test

import data.sluis.besluit
import data.sluis.proef_test as proef

test_toestemming if {
	besluit.antwoord == {
		"toegestaan": true,
		"stroom": 0,
		"redenen": [],
		"gegevens": {"signaal", "incident"},
		"verplichtingen": set(),
	} with input as proef.signaal
}

test_leeg_is_nee if {
	not besluit.toegestaan with input as {}
	redenen({}) == {"onbekend-convenant"}
}

test_de_stroom_die_doorlaat if {
	verder := object.union(proef.stroom, {"doelen": ["hulp-en-zorg"]})
	besluit.antwoord.stroom == 1 with input as proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [verder, proef.stroom]})
}

test_onbekende_voorwaarde_is_nee if {
	bericht := proef.onder({"code": "volle-maan", "waarde": 3}, {})
	not besluit.toegestaan with input as bericht
	redenen(bericht) == {"voorwaarde-onbekend"}
}

test_nee_is_een_antwoord if {
	besluit.toegestaan == false with input as {}
}

# Een bezwaar in het algemeen is genoeg, ook als een stroom het bericht doorlaat.
test_een_bezwaar_is_genoeg if {
	besluit.antwoord.toegestaan == false with input as proef.met(proef.signaal, {"vastgesteld/zaak/nieuw": false})
}

# Het antwoord volgt het besluit, en niets anders.
test_antwoord_volgt_het_besluit if {
	besluit.antwoord.toegestaan == false with input as proef.signaal with besluit.toegestaan as false
}
