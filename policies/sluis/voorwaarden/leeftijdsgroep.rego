package sluis.voorwaarden

# METADATA
# title: leeftijdsgroep
# description: |
#   De leeftijdsgroep in de envelop is er een van de genoemde. Wie geen groep noemt, valt erbuiten.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, bijlage 1 (Halt: 12 tot en met 17 jaar)'
voldaan("leeftijdsgroep", groepen, _) if input.gesteld.leeftijdsgroep in groepen

redenen("leeftijdsgroep", groepen, _) := [{"code": "leeftijd-buiten-stroom", "gegevens": {"leeftijden": groepen}}]
