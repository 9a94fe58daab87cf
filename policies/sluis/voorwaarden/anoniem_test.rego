package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

anoniem(aantal) := proef.onder({"code": "anoniem"}, {"vastgesteld/betrokkenen": aantal})

test_anoniem if {
	not stromen.bezwaar[0] with input as anoniem(0)
}

test_niet_anoniem if {
	every aantal in [1, 40, null] {
		stromen.bezwaar[0] == {"anoniem"} with input as anoniem(aantal)
	}
}

test_niet_anoniem_met_een_naam if {
	genoemd := proef.onder({"code": "anoniem"}, {
		"vastgesteld/betrokkenen": 0,
		"gesteld/gegevens": ["signaal", "identiteit"],
		"vastgesteld/convenant/stromen/0/gegevens": ["signaal", "identiteit"],
	})
	stromen.bezwaar[0] == {"anoniem"} with input as genoemd
}

test_anoniem_reden if {
	voorwaarden.redenen("anoniem", null, proef.stroom) == [{"code": "betrokkene-niet-toegestaan", "gegevens": {}}]
}
