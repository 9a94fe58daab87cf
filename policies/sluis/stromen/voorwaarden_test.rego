package sluis.stromen_test

import data.sluis.proef_test as proef
import data.sluis.stromen

test_onbekende_voorwaarde if {
	stromen.bezwaar[0] == {"volle-maan"} with input as proef.onder({"code": "volle-maan"}, {})
}

test_voorwaarden_onleesbaar if {
	bericht := proef.met(proef.signaal, {"vastgesteld/convenant/stromen": [object.union(proef.stroom, {"voorwaarden": null})]})
	stromen.bezwaar[0] == {"voorwaarde-onbekend"} with input as bericht
}

test_voorwaarde_mist_code if {
	doorgelaten == set() with input as proef.onder({"waarde": 2}, {})
}
