package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.stromen
import data.sluis.voorwaarden

contact(anders) := proef.onder({"code": "vaste-contactpersoon"}, anders)

gegevens(bericht) := gevonden if {
	redenen := voorwaarden.redenen("vaste-contactpersoon", null, proef.stroom) with input as bericht
	gevonden := redenen[0].gegevens
}

test_vaste_contactpersoon if {
	not stromen.bezwaar[0] with input as contact({})
}

test_vaste_contactpersoon_afzender if {
	bericht := contact({"vastgesteld/afzender/opKaart": false})
	stromen.bezwaar[0] == {"vaste-contactpersoon"} with input as bericht
	gegevens(bericht) == {"wie": {"u-zelf"}, "functies": set(), "vanfuncties": {"veiligheidscoordinator"}}
}

test_vaste_contactpersoon_ontvanger if {
	every anders in [
		{"vastgesteld/ontvanger/deelnemers": []},
		{"vastgesteld/ontvanger/deelnemers/0/opKaart": false},
	] {
		stromen.bezwaar[0] == {"vaste-contactpersoon"} with input as contact(anders)
		gegevens(contact(anders)) == {"wie": {"politie"}, "functies": {"wijkagent"}, "vanfuncties": set()}
	}
}

test_vaste_contactpersoon_reden if {
	voorwaarden.redenen("vaste-contactpersoon", null, proef.stroom) == [{
		"code": "geen-vaste-contactpersoon",
		"gegevens": {"wie": {"politie"}, "functies": {"wijkagent"}, "vanfuncties": set()},
	}] with input as contact({"vastgesteld/ontvanger/deelnemers": []})
}

# De functie is er een die de stroom noemt, aan beide kanten.
test_vaste_contactpersoon_in_een_andere_functie if {
	every plaats, wie in {"vastgesteld/afzender/functie": "u-zelf", "vastgesteld/ontvanger/functie": "politie"} {
		bericht := contact({plaats: "schoolleiding"})
		not voorwaarden.voldaan("vaste-contactpersoon", null, proef.stroom) with input as bericht
		gegevens(bericht).wie == {wie}
	}
}
