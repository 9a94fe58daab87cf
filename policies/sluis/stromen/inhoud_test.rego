package sluis.stromen_test

import data.sluis.proef_test as proef
import data.sluis.stromen

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

test_net_niet_te_veel_deelnemers if {
	mensen := [{"id": id, "opKaart": true, "kaartGeldig": true} | some id in ["a", "b", "c"]]
	bericht := proef.met(proef.signaal, {"vastgesteld/ontvanger/deelnemers": mensen})
	not stromen.bezwaar[0] with input as bericht
	stromen.vrij == {0} with input as bericht
}

# Een andere voorwaarde vraagt geen leeftijdsgroep.
test_leeftijdsgroep_waar_iets_anders_gevraagd_is if {
	bericht := proef.onder({"code": "fase-minimaal", "waarde": 2}, {"gesteld/leeftijdsgroep": "12-17"})
	stromen.bezwaar[0] == {"envelop-zegt-te-veel"} with input as bericht
}

# Wat een andere stroom toestaat, staat deze niet toe.
test_gegevens_van_een_andere_stroom if {
	ander := object.union(proef.stroom, {
		"naar": {"rol": "politie", "functies": ["jeugdcoordinator"]},
		"gegevens": ["gezondheid"],
	})
	bericht := proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [ander, proef.stroom]})
	stromen.toegestane_gegevens == {"signaal", "incident"} with input as bericht
	stromen.doorgelaten_gegevens({1}) == {"signaal", "incident"} with input as bericht
}
