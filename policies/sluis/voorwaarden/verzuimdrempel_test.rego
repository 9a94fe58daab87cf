package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

verzuim(drempels, verklaringen) := proef.onder(
	{"code": "verzuimdrempel", "waarde": drempels},
	{"gesteld/verklaringen": verklaringen},
)

test_verzuimdrempel if {
	not stromen.bezwaar[0] with input as verzuim(["luxe-verzuim"], {"verzuimdrempelGehaald": true})
}

test_verzuim_onder_drempel if {
	every geval in [
		[["luxe-verzuim"], {}],
		[["luxe-verzuim"], {"verzuimdrempelGehaald": false}],
		[[], {"verzuimdrempelGehaald": true}],
		[null, {"verzuimdrempelGehaald": true}],
		["luxe-verzuim", {"verzuimdrempelGehaald": true}],
	] {
		stromen.bezwaar[0] == {"verzuimdrempel"} with input as verzuim(geval[0], geval[1])
	}
}

test_verzuimdrempel_reden if {
	voorwaarden.redenen("verzuimdrempel", ["luxe-verzuim"], proef.stroom) == [{
		"code": "verzuim-onder-drempel",
		"gegevens": {"drempels": ["luxe-verzuim"]},
	}]
}
