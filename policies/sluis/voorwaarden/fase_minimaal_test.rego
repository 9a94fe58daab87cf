package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

fase(anders) := proef.onder({"code": "fase-minimaal", "waarde": 2}, anders)

test_fase_hoog_genoeg if {
	every fase_van_nu in [2, 3] {
		not stromen.bezwaar[0] with input as fase({"gesteld/fase": fase_van_nu})
	}
}

test_fase_te_laag_of_onbekend if {
	every fase_van_nu in [1, null, "3"] {
		stromen.bezwaar[0] == {"fase-minimaal"} with input as fase({"gesteld/fase": fase_van_nu})
	}
}

test_fase_reden if {
	voorwaarden.redenen("fase-minimaal", 2, proef.stroom) == [{
		"code": "fase-te-laag",
		"gegevens": {"minimaal": 2, "fase": 1},
	}] with input as fase({"gesteld/fase": 1})
}

test_fase_crisis_gaat_voor if {
	not stromen.bezwaar[0] with input as fase({
		"gesteld/fase": null,
		"gesteld/urgentie": "crisis",
		"vastgesteld/motivering": true,
	})
}

test_fase_vermoeden_gaat_niet_voor if {
	every anders in [{"gesteld/urgentie": "crisis"}, {"gesteld/urgentie": "spoed", "vastgesteld/motivering": true}] {
		stromen.bezwaar[0] == {"fase-minimaal"} with input as fase(object.union(anders, {"gesteld/fase": 1}))
	}
}

test_fase_zonder_getal if {
	every minimaal in [null, false] {
		bericht := proef.onder({"code": "fase-minimaal", "waarde": minimaal}, {})
		stromen.bezwaar[0] == {"fase-minimaal"} with input as bericht
	}
}
