package sluis.besluit

import data.sluis.algemeen
import data.sluis.stromen

# METADATA
# description: |
#   Wat bij een toestemming hoort: binnen welke termijn de ontvanger reageert, hoe lang de lading mag wachten, en na een crisis
#   een beoordeling achteraf door de privacyfunctionaris.
verplichtingen contains {"code": "reactietermijn", "waarde": termijn} if {
	termijn := stromen.stromen[min(vrij)].reactietermijn
	termijn != ""
}

verplichtingen contains {"code": "doorvoertermijn", "waarde": stromen.stromen[min(vrij)].doorvoertermijn}

verplichtingen contains {"code": "beoordeling-achteraf", "waarde": "privacyfunctionaris"} if algemeen.crisis
