package sluis.voorwaarden

# METADATA
# scope: rule
# title: fase-minimaal
# description: |
#   De fase op de fasekaart is ten minste zo hoog. Fase 1 is overleg binnen de school, "geen melding nodig"; een crisis met een
#   motivering gaat voor, een vermoeden niet.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 1.2 (fasekaart) en 2.2 (acuut gevaar)'
voldaan("fase-minimaal", minimaal, _) if {
	is_number(minimaal)
	is_number(input.gesteld.fase)
	input.gesteld.fase >= minimaal
}

voldaan("fase-minimaal", _, _) if crisis_gaat_voor

redenen("fase-minimaal", minimaal, _) := [{
	"code": "fase-te-laag",
	"gegevens": {"minimaal": minimaal, "fase": input.gesteld.fase},
}]
