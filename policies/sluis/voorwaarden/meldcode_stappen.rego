package sluis.voorwaarden

# METADATA
# title: meldcode-stappen
# description: |
#   De stappen van de meldcode zijn gezet, tot en met de genoemde; de afzender verklaart ze één voor één. Stap 5 is de beslissing
#   om te melden en zelf hulp te organiseren.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 1.3 en bijlage 1 (meldcode huiselijk geweld en kindermishandeling)'
#   artikel: Besluit verplichte meldcode huiselijk geweld en kindermishandeling
voldaan("meldcode-stappen", aantal, _) if {
	aantal > 0
	count(stappen_tot(aantal)) == aantal
	every stap in stappen_tot(aantal) {
		input.gesteld.verklaringen[stap]
	}
}

# Van meer stappen dan er zijn is nooit aan alle voldaan.
stappen_tot(aantal) := {stap |
	some i, stap in ["meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5"]
	i < aantal
}

redenen("meldcode-stappen", aantal, _) := [{"code": "meldcode-onvolledig", "gegevens": {"stappen": aantal}}]
