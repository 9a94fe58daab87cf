package sluis.voorwaarden

# METADATA
# title: proportioneel
# description: De afzender heeft afgewogen, en verklaart, dat hij niet meer deelt dan nodig is. De afweging staat in de lading.
# custom:
#   bron: 'Convenant Den Bosch, artikel 4 ("het proportionaliteits- en subsidiariteitsbeginsel")'
#   artikel: AVG, artikel 5 lid 1 onder c; Wpg, artikel 3
voldaan("proportioneel", _, _) if input.gesteld.verklaringen.proportioneel

redenen("proportioneel", _, stroom) := [niet_afgewogen(stroom)]

# METADATA
# description: Wat de stroom aan afweging vraagt en niet verklaard is, voor beide afwegingen in één reden.
niet_afgewogen(stroom) := {"code": "niet-afgewogen", "gegevens": {"verklaringen": {voorwaarde.code |
	some voorwaarde in stroom.voorwaarden
	voorwaarde.code in {"proportioneel", "subsidiair"}
	not input.gesteld.verklaringen[voorwaarde.code]
}}}
