package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen

in_crisis(voorwaarde, anders) := proef.onder(voorwaarde, object.union(
	{"gesteld/urgentie": "crisis", "gesteld/fase": null, "vastgesteld/motivering": true},
	anders,
))

wijkende := [
	{"code": "fase-minimaal", "waarde": 3},
	{"code": "ouders-geinformeerd"},
	{"code": "kantooruren"},
	{"code": "maximum", "waarde": {"aantal": 3, "per": "P1D"}},
	{"code": "vier-ogen"},
]

blijvende := [
	{"code": "proportioneel"},
	{"code": "subsidiair"},
	{"code": "meldcode-stappen", "waarde": 5},
	{"code": "gericht", "waarde": 5},
	{"code": "wpg-besluit"},
	{"code": "anoniem"},
	{"code": "leeftijdsgroep", "waarde": ["12-17"]},
	{"code": "verzuimdrempel", "waarde": ["luxe-verzuim"]},
	{"code": "na-hit"},
]

test_crisis_gaat_voor if {
	every voorwaarde in wijkende {
		not stromen.bezwaar[0] with input as in_crisis(voorwaarde, {})
		stromen.bezwaar[0] == {voorwaarde.code} with input as in_crisis(voorwaarde, {"vastgesteld/motivering": false})
		stromen.bezwaar[0] == {voorwaarde.code} with input as in_crisis(voorwaarde, {"gesteld/urgentie": "spoed"})
	}
}

test_crisis_gaat_nergens_anders_voor if {
	every voorwaarde in blijvende {
		stromen.bezwaar[0] == {voorwaarde.code} with input as in_crisis(voorwaarde, {})
	}
}

test_crisis_laat_doelbinding_staan if {
	voorwaarde := wijkende[0]
	anders := {"gesteld/doel": "hulp-en-zorg", "gesteld/gegevens": ["gezondheid"], "gesteld/grondslag": "avg-6-1-c"}
	stromen.bezwaar[0] == {
		"doel-niet-toegestaan",
		"categorie-niet-toegestaan",
		"grondslag-niet-toegestaan",
	} with input as in_crisis(voorwaarde, anders)
}

# Een crisismelding is een crisis, welke urgentie er ook bij staat.
test_crisismelding_is_een_crisis if {
	bericht := in_crisis(wijkende[0], {"gesteld/soort": "crisismelding", "gesteld/urgentie": "regulier"})
	not stromen.bezwaar[0] with input as bericht
}
