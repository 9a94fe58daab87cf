package sluis.wpg_test

import data.sluis.algemeen
import data.sluis.proef_test as proef
import data.sluis.wpg

test_gedekt if {
	algemeen.bezwaar == set() with input as proef.van_politie
	wpg.gedekt with input as proef.van_politie
}

# Van de politie over een persoon: nooit op de AVG, ook niet zonder betrokkenen in de envelop.
test_politie_op_avg if {
	every betrokkenen in [0, 1] {
		bericht := proef.met(proef.van_politie, {"gesteld/grondslag": "avg-6-1-e", "vastgesteld/betrokkenen": betrokkenen})
		algemeen.bezwaar == {"grondslag-niet-toegestaan"} with input as bericht
		algemeen.uitleg["grondslag-niet-toegestaan"].wpg == "grondslag-van-de-wpg" with input as bericht
	}
}

test_politie_niet_over_een_persoon if {
	wissel := proef.met(proef.van_politie, {
		"gesteld/grondslag": "avg-6-1-e",
		"gesteld/soort": "wisseling-contactpersoon",
		"vastgesteld/betrokkenen": 0,
	})
	algemeen.bezwaar == set() with input as wissel
}

# Een wisseling van contactpersoon zegt wie het contact is; wat zij daarbuiten aangeeft is een politiegegeven.
test_politiegegevens_in_een_wisseling if {
	every categorie in ["politiegegevens", "incident", "gedrag"] {
		wpg.politiegegeven with input as proef.met(proef.van_politie, {
			"gesteld/soort": "wisseling-contactpersoon",
			"gesteld/gegevens": ["identiteit", categorie],
			"vastgesteld/betrokkenen": 0,
		})
	}
}

test_onbekende_soort_is_over_een_persoon if {
	wpg.politiegegeven with input as proef.met(proef.van_politie, {"gesteld/soort": "x", "vastgesteld/betrokkenen": 0})
}

test_besluit_van_dit_convenant if {
	wpg.gedekt with input as proef.met(proef.van_politie, {"vastgesteld/wpgBesluit/convenant": "voorbeeld"})
}

test_besluit_ontbreekt if {
	every anders in [
		{"vastgesteld/wpgBesluit": null},
		{"vastgesteld/wpgBesluit/bekend": false},
		{"vastgesteld/wpgBesluit/geldig": false},
	] {
		algemeen.bezwaar == {"wpg-besluit-ontbreekt"} with input as proef.met(proef.van_politie, anders)
	}
}

ongedekt := {
	"vastgesteld/wpgBesluit/grondslag": {"waarde": "wpg-19", "code": "dekt-niet-grondslag"},
	"vastgesteld/wpgBesluit/ontvangers": {"waarde": ["00000099000000040000"], "code": "dekt-niet-ontvanger"},
	"vastgesteld/wpgBesluit/doelen": {"waarde": ["hulp-en-zorg"], "code": "dekt-niet-doel"},
	"vastgesteld/wpgBesluit/gegevens": {"waarde": ["incident"], "code": "dekt-niet-gegevens"},
	"vastgesteld/wpgBesluit/convenant": {"waarde": "een-ander", "code": "dekt-niet-convenant"},
	"vastgesteld/wpgBesluit/samenwerkingsverband": {"waarde": "Een ander", "code": "dekt-niet-samenwerkingsverband"},
}

test_dekt_niet if {
	every plaats, geval in ongedekt {
		bericht := proef.met(proef.van_politie, {plaats: geval.waarde})
		algemeen.bezwaar == {"wpg-besluit-dekt-niet"} with input as bericht
		algemeen.uitleg["wpg-besluit-dekt-niet"].ongedekt == {geval.code} with input as bericht
	}
}

# Artikel 19: één zaak.
artikel_19(zaak) := proef.met(proef.van_politie, {
	"gesteld/grondslag": "wpg-19",
	"vastgesteld/wpgBesluit/grondslag": "wpg-19",
	"vastgesteld/wpgBesluit/zaak": zaak,
})

test_artikel_19_deze_zaak if {
	wpg.gedekt with input as artikel_19("zaak-1")
}

test_artikel_19_andere_zaak if {
	not wpg.gedekt with input as artikel_19("zaak-2")
	wpg.ongedekt == {"dekt-niet-zaak"} with input as artikel_19("zaak-2")
}

test_besluit_mist_iets if {
	every veld in ["bekend", "geldig", "grondslag", "samenwerkingsverband", "doelen", "gegevens", "ontvangers", "convenant"] {
		not wpg.gedekt with input as proef.zonder(proef.van_politie, [sprintf("vastgesteld/wpgBesluit/%s", [veld])])
	}
}

# Wie iemand aanwijst, zegt iets over een persoon, hoe het bericht ook heet.
test_wisseling_met_een_betrokkene if {
	wpg.politiegegeven with input as proef.met(proef.van_politie, {"gesteld/soort": "wisseling-contactpersoon"})
}

# Artikel 19 gaat over één zaak, en niet over een samenwerkingsverband.
test_artikel_19_zonder_verband if {
	wpg.gedekt with input as proef.met(artikel_19("zaak-1"), {"vastgesteld/wpgBesluit/samenwerkingsverband": ""})
}

# Een besluit dat niet meer geldt, staat niets toe.
test_begrensd_zonder_geldig_besluit if {
	wpg.begrensd({"signaal", "incident"}) == {"signaal"} with input as proef.van_politie
	wpg.begrensd({"signaal"}) == set() with input as proef.met(proef.van_politie, {"vastgesteld/wpgBesluit/geldig": false})
}
