package sluis.algemeen

import data.sluis.wpg

grondslag := data.vocabulaire.grondslagen[input.gesteld.grondslag]

# METADATA
# description: De grondslag past, is onderbouwd, en heeft het Wpg-besluit dat erbij hoort.
grondslag_in_orde if {
	wpg.grondslag_in_orde
	grondslag_onderbouwd
	wpg.besluit_in_orde
}

# METADATA
# description: |
#   Wat de politie over een persoon deelt is een politiegegeven; de Wpg en niet de AVG bepaalt of het mag. Ook vragen, antwoorden
#   en crises zijn dat.
# custom:
#   artikel: Wpg, artikelen 16 tot en met 20
bezwaar contains "grondslag-niet-toegestaan" if not wpg.grondslag_in_orde

uitleg["grondslag-niet-toegestaan"] := {"wpg": "grondslag-van-de-wpg"}

# METADATA
# description: |
#   Wie zich op een grondslag beroept verklaart wat die wet vraagt, zoals een redelijk vermoeden en de stappen van de meldcode
#   (Wmo 2015, artikel 5.2.6) of een lopende ondertoezichtstelling (Jeugdwet, artikel 7.3.11 lid 4).
bezwaar contains "grondslag-niet-onderbouwd" if not grondslag_onderbouwd

grondslag_onderbouwd if count(ontbrekende_verklaringen) == 0

uitleg["grondslag-niet-onderbouwd"] := {"verklaringen": ontbrekende_verklaringen}

ontbrekende_verklaringen contains verklaring if {
	some verklaring in grondslag.verklaringen
	not input.gesteld.verklaringen[verklaring]
}

# Wat de wet voor deze soort bericht daarbij vraagt, zoals de stappen van de meldcode bij een zorgmelding.
ontbrekende_verklaringen contains verklaring if {
	some verklaring in grondslag.verklaringenBij[input.gesteld.soort]
	not input.gesteld.verklaringen[verklaring]
}

# METADATA
# description: Onder Wpg 19 en 20 gaat niets zonder een geregistreerd besluit dat nu geldt, ook als de stroom dat vergat.
# custom:
#   artikel: Wpg, artikelen 19 en 20 lid 2
bezwaar contains wpg.bezwaar if not wpg.besluit_in_orde

uitleg["wpg-besluit-dekt-niet"] := {"ongedekt": wpg.ongedekt}
