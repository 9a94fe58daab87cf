package sluis.besluit_test

import data.sluis.besluit
import data.sluis.proef_test as proef

# Een crisis, en elke andere uitzondering met een motivering.
test_motivering_wordt_beoordeeld if {
	every urgentie in ["crisis", "regulier"] {
		bericht := proef.met(proef.signaal, {"gesteld/urgentie": urgentie, "vastgesteld/motivering": true})
		besluit.antwoord.verplichtingen == {{"code": "beoordeling", "waarde": "5 werkdagen"}} with input as bericht
	}
}

# Een andere voorwaarde vraagt geen tweede akkoord.
test_geen_vier_ogen_waar_iets_anders_gevraagd_is if {
	besluit.antwoord.verplichtingen == set() with input as proef.onder({"code": "fase-minimaal", "waarde": 2}, {})
}
