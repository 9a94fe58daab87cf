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

test_doel if {
	bericht := proef.met(proef.signaal, {"gesteld/doel": "hulp-en-zorg"})
	stromen.bezwaar[0] == {"doel-niet-toegestaan"} with input as bericht
	stromen.uitleg("doel-niet-toegestaan", 0) == {"doelen": ["veilige-school"]} with input as bericht
	stromen.toegestane_gegevens == set() with input as bericht
}

test_grondslag if {
	bericht := proef.met(proef.signaal, {"gesteld/grondslag": "avg-6-1-c"})
	stromen.bezwaar[0] == {"grondslag-niet-toegestaan"} with input as bericht
	stromen.uitleg("grondslag-niet-toegestaan", 0) == {"grondslagen": ["avg-6-1-e"]} with input as bericht
}

test_categorie if {
	bericht := proef.met(proef.signaal, {"gesteld/gegevens": ["signaal", "verzuim"]})
	stromen.bezwaar[0] == {"categorie-niet-toegestaan"} with input as bericht
	stromen.uitleg("categorie-niet-toegestaan", 0) == {
		"categorieen": {"verzuim"},
		"toegestaan": {"signaal", "incident"},
	} with input as bericht
}

test_gegevens_onbekend if {
	stromen.bezwaar[0] == {"categorie-niet-toegestaan"} with input as proef.zonder(proef.signaal, ["gesteld/gegevens"])
}

test_te_veel_deelnemers if {
	mensen := [{"id": id, "opKaart": true, "kaartGeldig": true} | some id in ["a", "b", "c", "d"]]
	bericht := proef.met(proef.signaal, {"vastgesteld/ontvanger/deelnemers": mensen})
	stromen.bezwaar[0] == {"te-veel-deelnemers"} with input as bericht
	stromen.uitleg("te-veel-deelnemers", 0) == {"maximum": 3} with input as bericht
}

test_gegevens_van_het_wpg_besluit if {
	stromen.toegestane_gegevens == {"signaal"} with input as proef.van_politie
}

test_zonder_wpg_besluit_niets if {
	stromen.toegestane_gegevens == set() with input as proef.met(proef.van_politie, {"vastgesteld/wpgBesluit": null})
}

test_onbekende_voorwaarde if {
	stromen.bezwaar[0] == {"volle-maan"} with input as proef.onder({"code": "volle-maan"}, {})
}

test_voorwaarden_onleesbaar if {
	bericht := proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [object.union(proef.stroom, {"voorwaarden": null})]})
	stromen.bezwaar[0] == {"voorwaarde-onbekend"} with input as bericht
}

met_groep := object.union(proef.stroom, {"voorwaarden": [{"code": "leeftijdsgroep", "waarde": ["12-17"]}]})

# Wat de sluis leest en bewaart zegt niet meer over een jongere dan de voorwaarden vragen; een thema vraagt er geen.
test_envelop_zegt_te_veel if {
	every anders in [{"gesteld/thema": "loverboy"}, {"gesteld/leeftijdsgroep": "12-17"}] {
		bericht := proef.met(proef.signaal, anders)
		stromen.bezwaar[0] == {"envelop-zegt-te-veel"} with input as bericht
		stromen.vrij == set() with input as bericht
		stromen.uitleg("envelop-zegt-te-veel", 0) == {} with input as bericht
	}
}

test_leeftijdsgroep_die_gevraagd_is if {
	gevraagd := proef.met(proef.signaal, {
		"vastgesteld/convenant/stromen": [met_groep],
		"gesteld/leeftijdsgroep": "12-17",
	})
	stromen.vrij == {0} with input as gevraagd
	stromen.bezwaar[0] == {"envelop-zegt-te-veel"} with input as proef.met(gevraagd, {"gesteld/thema": "wapens"})
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

test_voorwaarde_mist_code if {
	doorgelaten == set() with input as proef.onder({"waarde": 2}, {})
}

doorgelaten contains i if {
	some i in stromen.passend
	not stromen.bezwaar[i]
}
