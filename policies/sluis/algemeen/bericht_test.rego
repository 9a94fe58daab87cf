package sluis.algemeen_test

import data.sluis.algemeen
import data.sluis.proef_test as proef

test_zaak_van_de_partij if {
	betrokken := {"vastgesteld/zaak/nieuw": false, "vastgesteld/zaak/betrokken": true}
	algemeen.bezwaar == set() with input as proef.met(proef.signaal, betrokken)
}

test_opsporing if {
	algemeen.bezwaar == {"doel-is-opsporing"} with input as proef.met(proef.signaal, {"gesteld/doel": "opsporing"})
}

test_consult_met_betrokkene if {
	algemeen.bezwaar == {"betrokkene-niet-toegestaan"} with input as proef.met(proef.signaal, {"gesteld/soort": "consultvraag"})
}

test_consult_zonder_betrokkene if {
	algemeen.bezwaar == set() with input as proef.met(proef.signaal, {
		"gesteld/soort": "consultvraag",
		"vastgesteld/betrokkenen": 0,
	})
}

test_crisis_zonder_motivering if {
	every anders in [{"gesteld/urgentie": "crisis"}, {"gesteld/soort": "crisismelding"}] {
		algemeen.bezwaar == {"crisis-zonder-motivering"} with input as proef.met(proef.signaal, anders)
	}
}

test_crisis_met_motivering if {
	algemeen.bezwaar == set() with input as proef.met(proef.signaal, {
		"gesteld/urgentie": "crisis",
		"vastgesteld/motivering": true,
	})
}

# Ook zonder betrokkenen in de envelop: wie zegt dat er een identiteit in staat, noemt iemand.
test_consult_dat_iemand_aanwijst if {
	every categorie in ["identiteit", "contactgegevens-ouders", "beeldmateriaal"] {
		algemeen.bezwaar == {"betrokkene-niet-toegestaan"} with input as proef.met(proef.signaal, {
			"gesteld/soort": "consultvraag",
			"gesteld/gegevens": ["signaal", categorie],
			"vastgesteld/betrokkenen": 0,
		})
	}
}

antwoord(op) := proef.met(proef.signaal, {"gesteld/soort": "informatieantwoord", "vastgesteld/antwoordOp": op})

test_antwoord if {
	algemeen.bezwaar == set() with input as antwoord({"bekend": true, "soort": "informatieverzoek", "convenant": "voorbeeld"})
}

# Anders waren de voorwaarden van de vraag te ontlopen met de vraag van een ander convenant.
test_antwoord_onder_ander_convenant if {
	every op in [
		{"bekend": true, "soort": "informatieverzoek", "convenant": "een-ander"},
		{"bekend": true, "soort": "informatieverzoek"},
	] {
		algemeen.bezwaar == {"antwoord-onder-ander-convenant"} with input as antwoord(op)
		not algemeen.in_orde with input as antwoord(op)
	}
}

test_antwoord_op_niets_of_iets_anders if {
	every op in [
		null,
		{"bekend": false, "soort": ""},
		{"bekend": true, "soort": "signaal"},
		{"bekend": false, "soort": "informatieverzoek"},
	] {
		algemeen.bezwaar == {"antwoord-op-onbekend-bericht"} with input as antwoord(op)
	}
}

test_signaal_na_een_bericht if {
	op := {"bekend": true, "soort": "zorgmelding", "convenant": "een-ander"}
	algemeen.bezwaar == set() with input as proef.met(proef.signaal, {"vastgesteld/antwoordOp": op})
}

test_signaal_na_een_onbekend_bericht if {
	op := {"bekend": false, "soort": ""}
	algemeen.bezwaar == {"antwoord-op-onbekend-bericht"} with input as proef.met(proef.signaal, {"vastgesteld/antwoordOp": op})
}

correctie(gestuurd) := proef.met(proef.signaal, {
	"gesteld/soort": "correctie",
	"vastgesteld/zaak/gestuurd": gestuurd,
})

test_correctie if {
	algemeen.bezwaar == set() with input as correctie(["consultvraag", "signaal"])
	algemeen.in_orde with input as correctie(["consultvraag", "signaal"])
}

# Een correctie op een correctie, een consult of een wisseling is er een op niets.
test_niets_te_corrigeren if {
	every gestuurd in [[], null, ["correctie"], ["consultvraag", "wisseling-contactpersoon"], ["onzin"]] {
		algemeen.bezwaar == {"niets-te-corrigeren"} with input as correctie(gestuurd)
	}
}

ruimer(gegevens) := proef.met(correctie(["signaal"]), {
	"gesteld/gegevens": gegevens,
	"vastgesteld/zaak/gestuurdeGegevens": ["identiteit", "incident"],
})

test_correctie_van_wat_gestuurd_is if {
	algemeen.bezwaar == set() with input as ruimer(["signaal", "incident", "identiteit"])
}

# Een correctie vraagt geen fase en geen ouders: wat niet gestuurd was, gaat er niet mee.
test_correctie_te_ruim if {
	te_ruim := ruimer(["signaal", "incident", "gezondheid", "schoolresultaten"])
	algemeen.bezwaar == {"correctie-te-ruim"} with input as te_ruim
	algemeen.uitleg["correctie-te-ruim"] == {"categorieen": {"gezondheid", "schoolresultaten"}} with input as te_ruim
	not algemeen.in_orde with input as te_ruim
	algemeen.bezwaar == {"correctie-te-ruim"} with input as proef.zonder(
		ruimer(["incident"]),
		["vastgesteld/zaak/gestuurdeGegevens"],
	)
}
