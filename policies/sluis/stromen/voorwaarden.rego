package sluis.stromen

import data.sluis.voorwaarden

# METADATA
# description: Aan elke voorwaarde van de stroom is voldaan. Een voorwaarde waarvoor geen regel is, is nooit voldaan.
bezwaar[i] contains code if {
	some i, stroom in alle
	some voorwaarde in stroom.voorwaarden
	not voldaan(voorwaarde, stroom)
	code := object.get(voorwaarde, "code", "voorwaarde-onbekend")
}

voldaan(voorwaarde, stroom) if voorwaarden.voldaan(voorwaarde.code, object.get(voorwaarde, "waarde", null), stroom)

# METADATA
# description: Een stroom waarvan de voorwaarden niet te lezen zijn laat niets door.
bezwaar[i] contains "voorwaarde-onbekend" if {
	some i, stroom in alle
	not leesbaar(stroom)
}

leesbaar(stroom) if is_array(stroom.voorwaarden)
