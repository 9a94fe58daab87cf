package sluis.besluit_test

import data.sluis.besluit
import data.sluis.proef_test as proef

redenen(bericht) := codes if {
	codes := {reden.code | some reden in besluit.antwoord.redenen} with input as bericht
}

test_toestemming if {
	besluit.antwoord == {
		"toegestaan": true,
		"stroom": 0,
		"redenen": [],
		"gegevens": {"signaal", "incident"},
		"verplichtingen": set(),
	} with input as proef.signaal
}

# Een crisis, en elke andere uitzondering met een motivering.
test_motivering_wordt_beoordeeld if {
	every urgentie in ["crisis", "regulier"] {
		bericht := proef.met(proef.signaal, {"gesteld/urgentie": urgentie, "vastgesteld/motivering": true})
		besluit.antwoord.verplichtingen == {{"code": "beoordeling", "waarde": "5 werkdagen"}} with input as bericht
	}
}

test_leeg_is_nee if {
	not besluit.toegestaan with input as {}
	redenen({}) == {"onbekend-convenant"}
}

test_onbekend_convenant_is_genoeg if {
	redenen(proef.met(proef.signaal, {
		"vastgesteld/convenant/bekend": false,
		"vastgesteld/convenant/vanKracht": false,
		"vastgesteld/convenant/stromen": [],
	})) == {"onbekend-convenant"}
}

test_vreemde_partij_is_genoeg if {
	redenen(proef.met(proef.signaal, {
		"vastgesteld/afzender/inConvenant": false,
		"vastgesteld/afzender/gepind": false,
		"vastgesteld/convenant/stromen": [],
	})) == {"partij-niet-in-convenant"}
}

test_opsporing_is_genoeg if {
	redenen(proef.met(proef.signaal, {"gesteld/doel": "opsporing"})) == {"doel-is-opsporing"}
}

test_geen_stroom if {
	bericht := proef.met(proef.signaal, {"vastgesteld/ontvanger/functie": "jeugdcoordinator"})
	besluit.antwoord.redenen == {{
		"code": "stroom-niet-toegestaan",
		"stroom": false,
		"wet": "",
		"gegevens": {"vanfuncties": {"veiligheidscoordinator"}, "naarfuncties": {"wijkagent"}},
	}} with input as bericht
	besluit.antwoord.stroom == null with input as bericht
}

# Alle redenen van de naaste stroom, samen met de algemene.
test_alle_redenen_tegelijk if {
	verder := object.union(proef.stroom, {"doelen": ["hulp-en-zorg"], "gegevens": [], "grondslagen": []})
	bericht := proef.met(proef.signaal, {
		"vastgesteld/convenant/stromen": [verder, proef.stroom],
		"vastgesteld/zaak/nieuw": false,
		"gesteld/gegevens": ["verzuim"],
	})
	redenen(bericht) == {"zaak-niet-van-u", "categorie-niet-toegestaan"}
	besluit.antwoord.stroom == 1 with input as bericht
}

test_de_stroom_die_doorlaat if {
	verder := object.union(proef.stroom, {"doelen": ["hulp-en-zorg"]})
	besluit.antwoord.stroom == 1 with input as proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [verder, proef.stroom]})
}

test_wet_van_de_politie if {
	bericht := proef.met(proef.van_politie, {"gesteld/grondslag": "avg-6-1-e"})
	some reden in besluit.antwoord.redenen with input as bericht
	reden.code == "grondslag-niet-toegestaan"
	reden.wet == "Wpg, artikelen 16 tot en met 20"
}

# De wet die de verklaringen vraagt is die van de grondslag zelf.
test_wet_van_de_grondslag if {
	stroom := object.union(proef.stroom, {"grondslagen": ["jeugdwet-7-3-11-4"]})
	bericht := proef.met(proef.signaal, {
		"vastgesteld/convenant/stromen": [stroom],
		"gesteld/grondslag": "jeugdwet-7-3-11-4",
	})
	some reden in besluit.antwoord.redenen with input as bericht
	reden.code == "grondslag-niet-onderbouwd"
	reden.wet == "Jeugdwet, artikel 7.3.11 lid 4"
}

test_onbekende_voorwaarde_is_nee if {
	bericht := proef.onder({"code": "volle-maan", "waarde": 3}, {})
	not besluit.toegestaan with input as bericht
	redenen(bericht) == {"voorwaarde-onbekend"}
}

test_onleesbare_voorwaarden_is_nee if {
	bericht := proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [object.union(proef.stroom, {"voorwaarden": null})]})
	redenen(bericht) == {"voorwaarde-onbekend"}
}

test_reden_van_een_voorwaarde if {
	bericht := proef.onder({"code": "fase-minimaal", "waarde": 3}, {})
	besluit.antwoord.redenen == {{
		"code": "fase-te-laag",
		"stroom": true,
		"wet": "",
		"gegevens": {"minimaal": 3, "fase": 2},
	}} with input as bericht
}

# Wie niets stuurde hoort dat, en niet ook nog wat er te veel in de correctie staat.
test_niets_te_corrigeren_zegt_genoeg if {
	bericht := proef.met(proef.signaal, {"gesteld/soort": "correctie", "gesteld/gegevens": ["incident"]})
	redenen(bericht) == {"niets-te-corrigeren", "stroom-niet-toegestaan"}
}
