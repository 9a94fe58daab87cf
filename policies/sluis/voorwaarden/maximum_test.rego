package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

drie_per_dag := {"aantal": 3, "per": "P1D"}

verstuurd(grens, geteld) := proef.onder(
	{"code": "maximum", "waarde": grens},
	{"vastgesteld/verstuurd": geteld},
)

test_maximum_niet_bereikt if {
	every geteld in [
		[{"per": "P1D", "aantal": 0}],
		[{"per": "P1D", "aantal": 2}],
		[{"per": "P7D", "aantal": 9}, {"per": "P1D", "aantal": 2}],
	] {
		not stromen.bezwaar[0] with input as verstuurd(drie_per_dag, geteld)
	}
}

test_maximum_bereikt if {
	every aantal in [3, 4] {
		stromen.bezwaar[0] == {"maximum"} with input as verstuurd(drie_per_dag, [{"per": "P1D", "aantal": aantal}])
	}
}

# Wat niet geteld is, of niet te lezen, is geen ruimte.
test_maximum_niet_geteld if {
	every geteld in [null, [], [{"per": "P7D", "aantal": 0}], [{"per": "P1D", "aantal": null}], [{"per": "P1D"}]] {
		stromen.bezwaar[0] == {"maximum"} with input as verstuurd(drie_per_dag, geteld)
	}
}

test_maximum_onleesbaar if {
	every grens in [null, {}, {"per": "P1D"}, {"aantal": "3", "per": "P1D"}, {"aantal": 3}, 3] {
		stromen.bezwaar[0] == {"maximum"} with input as verstuurd(grens, [{"per": "P1D", "aantal": 0}])
	}
}

test_maximum_reden if {
	voorwaarden.redenen("maximum", drie_per_dag, proef.stroom) == [{
		"code": "quotum-bereikt",
		"gegevens": {"aantal": 3, "per": "P1D"},
	}]
}
