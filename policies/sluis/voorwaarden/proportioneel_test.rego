package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

proportioneel(verklaringen) := proef.onder({"code": "proportioneel"}, {"gesteld/verklaringen": verklaringen})

test_proportioneel if {
	not stromen.bezwaar[0] with input as proportioneel({"proportioneel": true})
}

test_niet_proportioneel if {
	every verklaringen in [{}, {"proportioneel": false}, {"subsidiair": true}] {
		stromen.bezwaar[0] == {"proportioneel"} with input as proportioneel(verklaringen)
	}
}

# De reden noemt alleen de afwegingen die de stroom vraagt.
test_proportioneel_reden if {
	bericht := proportioneel({})
	some stroom in bericht.vastgesteld.convenant.stromen
	voorwaarden.redenen("proportioneel", null, stroom) == [{
		"code": "niet-afgewogen",
		"gegevens": {"verklaringen": {"proportioneel"}},
	}] with input as bericht
}

# Wat verklaard is, en wat geen afweging is, staat niet in de reden.
test_proportioneel_reden_van_wat_ontbreekt if {
	stroom := {"voorwaarden": [{"code": "proportioneel"}, {"code": "subsidiair"}, {"code": "na-hit"}]}
	voorwaarden.redenen("subsidiair", null, stroom) == [{
		"code": "niet-afgewogen",
		"gegevens": {"verklaringen": {"subsidiair"}},
	}] with input as proportioneel({"proportioneel": true})
}
