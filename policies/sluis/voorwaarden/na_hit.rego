package sluis.voorwaarden

# METADATA
# title: na-hit
# description: |
#   Inhoud pas nadat tussen deze twee partijen, in deze zaak, een check op bekendheid beantwoord is. De sluis ziet dat er een
#   uitslag was en niet of het een hit was - dat staat in de lading, die alleen de partijen lezen.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, bijlage 1 (CORV)'
#   artikel: WGS, artikelen 1.7 lid 8 en 2.28
voldaan("na-hit", _, _) if input.vastgesteld.zaak.checkBeantwoord

redenen("na-hit", _, _) := [{"code": "geen-hit", "gegevens": {}}]
