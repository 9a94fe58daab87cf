package sluis.voorwaarden_test

import data.sluis.proef_test as proef
import data.sluis.voorwaarden

redenen_wpg(anders) := redenen if {
	redenen := voorwaarden.redenen("wpg-besluit", null, proef.stroom) with input as proef.met(proef.van_politie, anders)
}

test_wpg_besluit if {
	voorwaarden.voldaan("wpg-besluit", null, proef.stroom) with input as proef.van_politie
}

# Een stroom kan het besluit ook vragen waar de grondslag dat niet doet.
test_wpg_besluit_ook_zonder_wpg_grondslag if {
	not voorwaarden.voldaan("wpg-besluit", null, proef.stroom) with input as proef.signaal
}

test_wpg_besluit_ontbreekt if {
	redenen_wpg({"vastgesteld/wpgBesluit": null}) == [{"code": "wpg-besluit-ontbreekt", "gegevens": {}}]
}

test_wpg_besluit_dekt_niet if {
	redenen_wpg({"gesteld/gegevens": ["incident"]}) == [{
		"code": "wpg-besluit-dekt-niet",
		"gegevens": {"ongedekt": {"dekt-niet-gegevens"}},
	}]
}
