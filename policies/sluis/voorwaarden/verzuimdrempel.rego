package sluis.voorwaarden

# METADATA
# title: verzuimdrempel
# description: |
#   De afzender verklaart dat een van de genoemde drempels voor verzuim gehaald is. Welke dat is staat in de lading, en die
#   leest alleen de ontvanger.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, bijlage 4 (stroomschema verzuimaanpak)'
#   artikel: Leerplichtwet 1969, artikel 21a
voldaan("verzuimdrempel", drempels, _) if {
	is_array(drempels)
	count(drempels) > 0
	input.gesteld.verklaringen.verzuimdrempelGehaald
}

redenen("verzuimdrempel", drempels, _) := [{"code": "verzuim-onder-drempel", "gegevens": {"drempels": drempels}}]
