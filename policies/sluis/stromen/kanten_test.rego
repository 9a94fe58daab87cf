package sluis.stromen_test

import data.sluis.proef_test as proef
import data.sluis.stromen

test_past_zonder_bezwaar if {
	stromen.passend == {0} with input as proef.signaal
	not stromen.bezwaar[0] with input as proef.signaal
}

past_niet := {
	"gesteld/soort": "zorgmelding",
	"vastgesteld/afzender/rol": "jongerenwerk",
	"vastgesteld/ontvanger/rol": "halt",
	"vastgesteld/afzender/soortOnderwijs": "mbo",
	"vastgesteld/afzender/functie": "schoolleiding",
	"vastgesteld/ontvanger/functie": "jeugdcoordinator",
}

test_past_niet if {
	every plaats, waarde in past_niet {
		stromen.passend == set() with input as proef.met(proef.signaal, {plaats: waarde})
	}
}

test_alle_soorten_onderwijs if {
	alle := [object.union(proef.stroom, {"van": {"rol": "school", "functies": ["veiligheidscoordinator"]}})]
	stromen.passend == {0} with input as proef.met(proef.signaal, {
		"vastgesteld/convenant/stromen": [json.remove(alle[0], ["van/soortOnderwijs"])],
		"vastgesteld/afzender/soortOnderwijs": "mbo",
	})
}

test_functies_voor_advies if {
	stromen.functies == {"vanfuncties": {"veiligheidscoordinator"}, "naarfuncties": {"wijkagent"}} with input as proef.signaal
}

velden := {
	"soort",
	"van/rol",
	"van/functies",
	"naar/rol",
	"naar/functies",
	"doelen",
	"grondslagen",
	"gegevens",
	"voorwaarden",
	"maximumDeelnemers",
}

# Wat ontbreekt is nooit een ja: zonder dit veld van de stroom is er een bezwaar, of past de stroom niet.
test_stroom_mist_iets if {
	doorgelaten == {0} with input as proef.signaal
	every veld in velden {
		doorgelaten == set() with input as proef.zonder(proef.signaal, [sprintf("vastgesteld/convenant/stromen/0/%s", [veld])])
	}
}

test_bericht_mist_iets if {
	every veld in ["soort", "doel", "grondslag", "gegevens", "thema", "leeftijdsgroep"] {
		doorgelaten == set() with input as proef.zonder(proef.signaal, [sprintf("gesteld/%s", [veld])])
	}
}

doorgelaten contains i if {
	some i in stromen.passend
	not stromen.bezwaar[i]
}

# De korte weg naar ja: elk ding dat niet past is genoeg.
test_niet_vrij if {
	stromen.vrij == {0} with input as proef.signaal
	mensen := [{"id": id, "opKaart": true, "kaartGeldig": true} | some id in ["a", "b", "c", "d"]]
	anders := object.union(past_niet, {
		"gesteld/doel": "hulp-en-zorg",
		"gesteld/grondslag": "avg-6-1-c",
		"gesteld/gegevens": ["signaal", "verzuim"],
		"gesteld/thema": "wapens",
		"vastgesteld/ontvanger/deelnemers": mensen,
	})
	every plaats, waarde in anders {
		stromen.vrij == set() with input as proef.met(proef.signaal, {plaats: waarde})
	}
}

# Voorwaarden zijn een lijst; wat daar niet op lijkt laat niets door, ook als er niets in staat.
test_voorwaarden_geen_lijst if {
	every voorwaarden in [{}, null, "vaste-contactpersoon"] {
		stroom := object.union(proef.stroom, {"voorwaarden": voorwaarden})
		stromen.vrij == set() with input as proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [stroom]})
	}
}

test_soort_onderwijs_van_de_ontvanger if {
	stromen.passend == {0} with input as proef.van_politie
	stromen.passend == set() with input as proef.met(proef.van_politie, {"vastgesteld/ontvanger/soortOnderwijs": "mbo"})
}

# Het advies noemt alleen wie dit bericht wel mag sturen of krijgen.
test_functies_van_een_andere_stroom if {
	ander := object.union(proef.stroom, {
		"soort": "opschaling",
		"van": {"rol": "school", "functies": ["schoolleiding"]},
		"naar": {"rol": "politie", "functies": ["jeugdcoordinator"]},
	})
	stromen.functies == {
		"vanfuncties": {"veiligheidscoordinator"},
		"naarfuncties": {"wijkagent"},
	} with input as proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [ander, proef.stroom]})
}
