package sluis.voorwaarden_test

import data.sluis.besluit
import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

collega := {"deelnemer": "zc-1", "ander": true, "kaartGeldig": true}

vier_ogen(tweede) := proef.onder({"code": "vier-ogen"}, {"vastgesteld/medeondertekening": tweede})

test_vier_ogen if {
	not stromen.bezwaar[0] with input as vier_ogen(collega)
}

test_vier_ogen_ontbreekt if {
	every tweede in [
		null,
		{},
		object.union(collega, {"ander": false}),
		object.union(collega, {"kaartGeldig": false}),
		{"deelnemer": "zc-1", "kaartGeldig": true},
		{"deelnemer": "zc-1", "ander": true},
	] {
		stromen.bezwaar[0] == {"vier-ogen"} with input as vier_ogen(tweede)
	}
}

test_vier_ogen_reden if {
	voorwaarden.redenen("vier-ogen", null, proef.stroom) == [{"code": "tweede-akkoord-ontbreekt", "gegevens": {}}]
}

# Wie vooraf vraagt hoort dat een collega mee moet tekenen, tenzij er ook een weg is zonder, of een crisis.
verplicht(bericht) := codes if {
	codes := {verplichting.code | some verplichting in besluit.antwoord.verplichtingen} with input as bericht
}

test_vier_ogen_verplichting if {
	verplicht(vier_ogen(collega)) == {"vier-ogen"}
	verplicht(proef.signaal) == set()
}

test_vier_ogen_andere_weg if {
	met_vier_ogen := object.union(proef.stroom, {"voorwaarden": [{"code": "vier-ogen"}]})
	twee_wegen := {"vastgesteld/convenant/stromen": [met_vier_ogen, proef.stroom]}
	verplicht(proef.met(vier_ogen(collega), twee_wegen)) == set()
}

test_vier_ogen_crisis if {
	crisis := {"gesteld/urgentie": "crisis", "vastgesteld/motivering": true}
	verplicht(proef.met(vier_ogen(null), crisis)) == {"beoordeling"}
	verplicht(proef.met(vier_ogen(collega), crisis)) == {"beoordeling"}
}
