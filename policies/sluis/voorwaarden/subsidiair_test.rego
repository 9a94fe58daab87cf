package sluis.voorwaarden_test

import data.sluis.besluit
import data.sluis.proef_test as proef
import data.sluis.stromen

subsidiair(verklaringen) := proef.onder({"code": "subsidiair"}, {"gesteld/verklaringen": verklaringen})

test_subsidiair if {
	not stromen.bezwaar[0] with input as subsidiair({"subsidiair": true})
}

test_niet_subsidiair if {
	every verklaringen in [{}, {"subsidiair": false}, {"proportioneel": true}] {
		stromen.bezwaar[0] == {"subsidiair"} with input as subsidiair(verklaringen)
	}
}

# Wie beide afwegingen niet maakte, hoort dat in één reden.
test_beide_afwegingen_in_een_reden if {
	stroom := object.union(proef.stroom, {"voorwaarden": [{"code": "proportioneel"}, {"code": "subsidiair"}]})
	bericht := proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [stroom]})
	gegevens := {reden.gegevens | some reden in besluit.antwoord.redenen} with input as bericht
	gegevens == {{"verklaringen": {"proportioneel", "subsidiair"}}}
}
