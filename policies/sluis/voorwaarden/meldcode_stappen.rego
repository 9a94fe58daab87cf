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
	is_number(aantal)
	count(stappen_tot(aantal)) == aantal
	every stap in stappen_tot(aantal) {
		input.gesteld.verklaringen[stap]
	}
}

# Meer stappen dan er zijn, of minder dan één, is nooit voldaan.
stappen_tot(aantal) := array.slice(
	["meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5"],
	0, aantal,
) if {
	aantal > 0
}

redenen("meldcode-stappen", aantal, _) := [{"code": "meldcode-onvolledig", "gegevens": {"stappen": aantal}}]
