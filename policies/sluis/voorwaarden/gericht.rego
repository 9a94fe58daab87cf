package sluis.voorwaarden

# METADATA
# title: gericht
# description: |
#   Hoogstens zoveel gerichte vragen in één verzoek, zonder te zeggen waarvan iemand verdacht wordt. Een verzoek dat zijn vragen
#   niet telt is niet gericht.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 2.4 (gerichte vragen)'
voldaan("gericht", maximum, _) if {
	is_number(maximum)
	is_number(input.gesteld.aantalVragen)
	input.gesteld.aantalVragen <= maximum
}

redenen("gericht", maximum, _) := [{"code": "te-veel-vragen", "gegevens": {"maximum": maximum}}]
