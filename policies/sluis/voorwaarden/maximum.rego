package sluis.voorwaarden

# METADATA
# scope: rule
# title: maximum
# description: |
#   De deelnemer stuurde in de periode tot nu minder berichten van deze soort dan er zijn afgesproken. De sluis telt ze zelf, over
#   alle ontvangers samen; een periode die niet geteld is, is nooit in orde. Een crisis met een motivering gaat voor.
# custom:
#   artikel: AVG, artikel 5 lid 1 onder c
voldaan("maximum", grens, _) if {
	is_number(grens.aantal)
	some geteld in input.vastgesteld.verstuurd
	geteld.per == grens.per
	is_number(geteld.aantal)
	geteld.aantal < grens.aantal
}

voldaan("maximum", _, _) if crisis_gaat_voor

redenen("maximum", grens, _) := [{
	"code": "quotum-bereikt",
	"gegevens": {
		"aantal": object.get(grens, "aantal", null),
		"per": object.get(grens, "per", null),
	},
}]
