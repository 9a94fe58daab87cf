package sluis.stromen

import data.sluis.voorwaarden

# METADATA
# description: Aan elke voorwaarde van de stroom is voldaan. Een voorwaarde waarvoor geen regel is, is nooit voldaan.
bezwaar[i] contains voorwaarde.code if {
	some i in passend
	some voorwaarde in stromen[i].voorwaarden
	not voorwaarden.voldaan(voorwaarde.code, object.get(voorwaarde, "waarde", null), stromen[i])
}

# METADATA
# description: Een stroom waarvan de voorwaarden niet te lezen zijn laat niets door.
bezwaar[i] contains "voorwaarde-onbekend" if {
	some i in passend
	not is_array(stromen[i].voorwaarden)
}
