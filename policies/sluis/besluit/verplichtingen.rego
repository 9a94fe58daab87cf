package sluis.besluit

import data.sluis.algemeen

# METADATA
# description: |
#   Wat bij een toestemming hoort, naast de termijnen van de stroom - na een crisis een beoordeling achteraf door de
#   privacyfunctionaris.
verplichtingen contains {"code": "beoordeling-achteraf", "waarde": "privacyfunctionaris"} if algemeen.crisis
