package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

meldcode(aantal, verklaringen) := proef.onder(
	{"code": "meldcode-stappen", "waarde": aantal},
	{"gesteld/verklaringen": {verklaring: true | some verklaring in verklaringen}},
)

test_meldcode if {
	every geval in [
		[1, ["meldcodeStap1"]],
		[3, ["meldcodeStap1", "meldcodeStap2", "meldcodeStap3"]],
		[5, ["meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5"]],
	] {
		not stromen.bezwaar[0] with input as meldcode(geval[0], geval[1])
	}
}

test_meldcode_onvolledig if {
	every geval in [
		[1, []],
		[3, ["meldcodeStap1", "meldcodeStap3"]],
		[5, ["meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4"]],
		[0, ["meldcodeStap1"]],
		[6, ["meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5"]],
		[6, ["meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5", "meldcodeStap6"]],
		["1", ["meldcodeStap1"]],
		[0, []],
	] {
		stromen.bezwaar[0] == {"meldcode-stappen"} with input as meldcode(geval[0], geval[1])
	}
}

test_meldcode_stap_ontkend if {
	bericht := proef.met(meldcode(1, []), {"gesteld/verklaringen": {"meldcodeStap1": false}})
	stromen.bezwaar[0] == {"meldcode-stappen"} with input as bericht
}

test_meldcode_reden if {
	voorwaarden.redenen("meldcode-stappen", 5, proef.stroom) == [{"code": "meldcode-onvolledig", "gegevens": {"stappen": 5}}]
}
