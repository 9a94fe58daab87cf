package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

na_hit(beantwoord) := proef.onder({"code": "na-hit"}, {"vastgesteld/zaak/checkBeantwoord": beantwoord})

test_na_hit if {
	not stromen.bezwaar[0] with input as na_hit(true)
}

test_voor_de_hit if {
	stromen.bezwaar[0] == {"na-hit"} with input as na_hit(false)
	stromen.bezwaar[0] == {"na-hit"} with input as proef.zonder(na_hit(true), ["vastgesteld/zaak/checkBeantwoord"])
}

test_na_hit_reden if {
	voorwaarden.redenen("na-hit", null, proef.stroom) == [{"code": "geen-hit", "gegevens": {}}]
}
