package sluis.besluit_test

import data.sluis.besluit
import data.sluis.proef_test as proef

redenen(bericht) := codes if {
	codes := {reden.code | some reden in besluit.antwoord.redenen} with input as bericht
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

# Wat alleen wegblijft naast een andere reden, staat er zonder die reden wel.
test_alleen_deze_reden if {
	redenen(proef.met(proef.signaal, {"vastgesteld/afzender/gepind": false})) == {"kaartsleutel-niet-gepind"}
	redenen(proef.met(proef.signaal, {"gesteld/doel": "hulp-en-zorg"})) == {"doel-niet-toegestaan"}
	redenen(proef.met(proef.signaal, {
		"gesteld/soort": "correctie",
		"gesteld/gegevens": ["incident"],
		"vastgesteld/zaak/gestuurd": ["signaal"],
	})) == {"correctie-te-ruim", "stroom-niet-toegestaan"}
}

# Wie niet meedoet hoort niet ook nog wat een stroom van anderen zou vragen.
test_vreemde_partij_en_een_stroom if {
	redenen(proef.met(proef.signaal, {
		"vastgesteld/afzender/inConvenant": false,
		"gesteld/gegevens": ["verzuim"],
	})) == {"partij-niet-in-convenant"}
}

# Een andere reden heeft niet de wet van de grondslag.
test_wet_alleen_waar_hij_hoort if {
	bericht := proef.met(proef.van_politie, {"gesteld/grondslag": "avg-6-1-e", "vastgesteld/zaak/nieuw": false})
	wetten := {[reden.code, reden.wet] | some reden in besluit.antwoord.redenen; not reden.stroom} with input as bericht
	wetten == {
		["zaak-niet-van-u", ""],
		["grondslag-niet-toegestaan", "Wpg, artikelen 16 tot en met 20"],
	}
}

# Elke voorwaarde heeft haar eigen waarde.
test_waarde_van_de_voorwaarde if {
	twee := [{"code": "fase-minimaal", "waarde": 3}, {"code": "gericht", "waarde": 5}, {"code": "proportioneel"}]
	stroom := object.union(proef.stroom, {"voorwaarden": twee})
	gevonden := {reden.code: reden.gegevens | some reden in besluit.antwoord.redenen} with input as proef.met(
		proef.signaal,
		{"vastgesteld/convenant/stromen": [stroom]},
	)
	gevonden == {
		"fase-te-laag": {"minimaal": 3, "fase": 2},
		"te-veel-vragen": {"maximum": 5},
		"niet-afgewogen": {"verklaringen": {"proportioneel"}},
	}
}
