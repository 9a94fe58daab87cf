package sluis.voorwaarden

# METADATA
# scope: rule
# title: ouders-geinformeerd
# description: |
#   De ouders zijn geïnformeerd, of er is een reden om dat niet te doen - het is niet veilig (dan hoort er een verzegelde
#   motivering bij), of de jongere is 18 jaar of ouder. Een crisis met een motivering gaat voor.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 1.2 ("ouders zijn geïnformeerd") en 1.3'
voldaan("ouders-geinformeerd", _, _) if input.gesteld.verklaringen.oudersGeinformeerd

voldaan("ouders-geinformeerd", _, _) if input.gesteld.verklaringen.achttienPlus

voldaan("ouders-geinformeerd", _, _) if {
	input.gesteld.verklaringen.oudersNietInformerenVeiligheid
	input.vastgesteld.motivering
}

voldaan("ouders-geinformeerd", _, _) if crisis_gaat_voor

redenen("ouders-geinformeerd", _, _) := [{"code": "ouders-niet-geinformeerd", "gegevens": {}}]
