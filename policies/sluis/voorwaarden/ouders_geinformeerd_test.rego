package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

ouders(verklaringen, motivering) := proef.onder({"code": "ouders-geinformeerd"}, {
	"gesteld/verklaringen": verklaringen,
	"vastgesteld/motivering": motivering,
})

test_ouders_voldaan if {
	every geval in [
		[{"oudersGeinformeerd": true}, false],
		[{"achttienPlus": true}, false],
		[{"oudersNietInformerenVeiligheid": true}, true],
	] {
		not stromen.bezwaar[0] with input as ouders(geval[0], geval[1])
	}
}

test_ouders_niet_voldaan if {
	every geval in [
		[{}, false],
		[{"oudersGeinformeerd": false}, true],
		[{"oudersNietInformerenVeiligheid": true}, false],
	] {
		stromen.bezwaar[0] == {"ouders-geinformeerd"} with input as ouders(geval[0], geval[1])
	}
}

test_ouders_reden if {
	some reden in voorwaarden.redenen("ouders-geinformeerd", null, proef.stroom)
	reden.code == "ouders-niet-geinformeerd"
}
