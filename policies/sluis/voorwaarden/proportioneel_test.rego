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

test_proportioneel_reden if {
	some reden in voorwaarden.redenen("proportioneel", null, proef.stroom)
	reden.code == "niet-afgewogen"
}
