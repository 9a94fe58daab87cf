package sluis.algemeen_test

import data.sluis.algemeen
import data.sluis.proef_test as proef

test_grondslag_vraagt_verklaringen if {
	zorg := proef.met(proef.signaal, {"gesteld/grondslag": "jeugdwet-7-3-11-4"})
	algemeen.bezwaar == {"grondslag-niet-onderbouwd"} with input as zorg
	algemeen.uitleg["grondslag-niet-onderbouwd"] == {"verklaringen": {"otsLoopt"}} with input as zorg
}

test_grondslag_onderbouwd if {
	algemeen.bezwaar == set() with input as proef.met(proef.signaal, {
		"gesteld/grondslag": "jeugdwet-7-3-11-4",
		"gesteld/verklaringen": {"otsLoopt": true},
	})
}

# Een zorgmelding uit eigen beweging vraagt de stappen van de meldcode, een antwoord aan Veilig Thuis niet.
aan_veilig_thuis(soort, verklaringen) := proef.met(proef.signaal, {
	"gesteld/soort": soort,
	"gesteld/grondslag": "wmo-5-2-6",
	"gesteld/verklaringen": {verklaring: true | some verklaring in verklaringen},
	"vastgesteld/antwoordOp": {"bekend": true, "soort": "informatieverzoek", "convenant": "voorbeeld"},
})

test_meldcode_bij_een_zorgmelding if {
	gezet := [sprintf("meldcodeStap%d", [stap]) | some stap in [1, 2, 3, 4]]
	zonder := aan_veilig_thuis("zorgmelding", array.concat(["redelijkVermoeden"], gezet))
	algemeen.bezwaar == {"grondslag-niet-onderbouwd"} with input as zonder
	algemeen.uitleg["grondslag-niet-onderbouwd"] == {"verklaringen": {"meldcodeStap5"}} with input as zonder
}

# Een zorgmelding die signaal, opschaling of verzuimmelding heet is er nog steeds een: anders was dat een weg om de meldcode heen.
test_meldcode_hoe_het_ook_heet if {
	every soort in ["signaal", "opschaling", "verzuimmelding"] {
		algemeen.bezwaar == {"grondslag-niet-onderbouwd"} with input as aan_veilig_thuis(soort, ["redelijkVermoeden"])
	}
}

test_antwoord_aan_veilig_thuis if {
	algemeen.bezwaar == set() with input as aan_veilig_thuis("informatieantwoord", ["redelijkVermoeden"])
	algemeen.bezwaar == {"grondslag-niet-onderbouwd"} with input as aan_veilig_thuis("informatieantwoord", [])
}

# Elke grondslag die verklaringen vraagt, vraagt ze echt, en niets daarbuiten.
test_elke_grondslag_onderbouwd if {
	every code, grondslag in data.vocabulaire.grondslagen {
		gevraagd := {verklaring | some verklaring in object.get(grondslag, "verklaringen", [])} | {verklaring |
			some verklaring in object.get(grondslag, ["verklaringenBij", "signaal"], [])
		}
		ontbreekt := algemeen.ontbrekende_verklaringen with input as proef.met(proef.signaal, {"gesteld/grondslag": code})
		ontbreekt == gevraagd
	}
}
