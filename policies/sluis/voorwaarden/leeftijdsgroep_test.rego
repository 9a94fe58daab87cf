package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

leeftijd(groep) := proef.onder(
	{"code": "leeftijdsgroep", "waarde": ["12-17", "18-22"]},
	{"gesteld/leeftijdsgroep": groep},
)

test_leeftijdsgroep if {
	every groep in ["12-17", "18-22"] {
		not stromen.bezwaar[0] with input as leeftijd(groep)
	}
}

test_leeftijd_buiten_stroom if {
	every groep in ["0-11", null, ""] {
		stromen.bezwaar[0] == {"leeftijdsgroep"} with input as leeftijd(groep)
	}
}

test_leeftijdsgroep_reden if {
	voorwaarden.redenen("leeftijdsgroep", ["12-17"], proef.stroom) == [{
		"code": "leeftijd-buiten-stroom",
		"gegevens": {"leeftijden": ["12-17"]},
	}]
}
