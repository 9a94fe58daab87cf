package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

gericht(aantal) := proef.onder({"code": "gericht", "waarde": 5}, {"gesteld/aantalVragen": aantal})

test_gericht if {
	not stromen.bezwaar[0] with input as gericht(5)
}

test_niet_gericht if {
	every aantal in [6, null, "5"] {
		stromen.bezwaar[0] == {"gericht"} with input as gericht(aantal)
	}
}

test_gericht_reden if {
	voorwaarden.redenen("gericht", 5, proef.stroom) == [{"code": "te-veel-vragen", "gegevens": {"maximum": 5}}]
}

test_gericht_zonder_getal if {
	bericht := proef.onder({"code": "gericht", "waarde": "vijf"}, {"gesteld/aantalVragen": 3})
	stromen.bezwaar[0] == {"gericht"} with input as bericht
}
