package sluis.voorwaarden

# METADATA
# scope: rule
# title: vier-ogen
# description: |
#   Een tweede deelnemer van dezelfde partij, met een geldige kaart, heeft deze envelop mede ondertekend. De sluis heeft die
#   handtekening gecontroleerd voordat zij een feit werd. Een crisis met een motivering gaat voor.
# custom:
#   artikel: AVG, artikel 32 lid 4
voldaan("vier-ogen", _, _) if {
	input.vastgesteld.medeondertekening.ander
	input.vastgesteld.medeondertekening.kaartGeldig
}

voldaan("vier-ogen", _, _) if crisis_gaat_voor

redenen("vier-ogen", _, _) := [{"code": "tweede-akkoord-ontbreekt", "gegevens": {}}]
