package sluis.besluit_test

import data.sluis.besluit
import data.sluis.proef_test as proef

test_geen_tegenspraak if {
	count(besluit.tegenspraak) == 0 with input as proef.signaal
}

test_bezwaar_dat_niet_meetelde if {
	besluit.tegenspraak == {"eigen-bezwaar"} with input as proef.signaal
		with data.sluis.algemeen.bezwaar as {"eigen-bezwaar"}
}

test_bezwaar_van_de_stroom_dat_niet_meetelde if {
	besluit.tegenspraak == {"eigen-bezwaar"} with input as proef.signaal
		with data.sluis.stromen.bezwaar as {0: {"eigen-bezwaar"}}
}

test_een_nee_spreekt_zich_niet_tegen if {
	count(besluit.tegenspraak) == 0 with input as {}
}

# Wie al nee hoort om iets anders, heeft geen tegenspraak van een stroom.
test_een_nee_heeft_geen_tegenspraak_van_een_stroom if {
	count(besluit.tegenspraak) == 0 with input as proef.met(proef.signaal, {"vastgesteld/zaak/nieuw": false})
		with data.sluis.stromen.bezwaar as {0: {"eigen-bezwaar"}}
}
