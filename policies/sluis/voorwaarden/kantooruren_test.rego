package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

kantooruren(nu) := proef.onder({"code": "kantooruren"}, {"vastgesteld/kantooruren": nu})

test_in_kantooruren if {
	not stromen.bezwaar[0] with input as kantooruren(true)
}

test_buiten_kantooruren if {
	stromen.bezwaar[0] == {"kantooruren"} with input as kantooruren(false)
	stromen.bezwaar[0] == {"kantooruren"} with input as proef.zonder(kantooruren(true), ["vastgesteld/kantooruren"])
}

test_kantooruren_reden if {
	voorwaarden.redenen("kantooruren", null, proef.stroom) == [{"code": "buiten-kantooruren", "gegevens": {}}]
}
