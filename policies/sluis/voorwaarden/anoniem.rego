package sluis.voorwaarden

import data.sluis.algemeen

# METADATA
# title: anoniem
# description: |
#   Het bericht noemt geen betrokkene, en geen gegevens die iemand aanwijzen. Een consult is dat altijd (de soort zelf is
#   anoniem); met deze voorwaarde kan een convenant het ook voor een andere soort afspreken, zoals een signaal over een plek en
#   niet over een jongere.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 1.3 (overleg zonder de jongere te noemen)'
voldaan("anoniem", _, _) if algemeen.niemand_aangewezen

redenen("anoniem", _, _) := [{"code": "betrokkene-niet-toegestaan", "gegevens": {}}]
