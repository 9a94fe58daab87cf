package sluis.voorwaarden

import data.sluis.wpg

# METADATA
# title: wpg-besluit
# description: |
#   Er is een geregistreerd Wpg-besluit dat nu geldt en dat dit bericht dekt. Zonder zo'n besluit mogen persoonsgerelateerde
#   politiegegevens niet naar een school.
# custom:
#   bron: 'Convenant Den Bosch, artikel 4 en bijlage 4'
#   artikel: Wpg, artikelen 19 en 20 lid 2
voldaan("wpg-besluit", _, _) if wpg.gedekt

redenen("wpg-besluit", _, _) := [{"code": wpg.bezwaar, "gegevens": object.get(uitleg_dekking, wpg.bezwaar, {})}]

uitleg_dekking := {"wpg-besluit-dekt-niet": {"ongedekt": wpg.ongedekt}}
