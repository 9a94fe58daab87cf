package sluis.besluit

# METADATA
# description: |
#   Wat bij een toestemming hoort, naast de termijnen van de stroom. Een verzegelde motivering, bij een crisis of bij een
#   uitzondering, wordt achteraf gelezen door de privacyfunctionarissen van afzender en ontvangers; de waarde is de termijn
#   waarbinnen. Een crisis gaat nooit zonder motivering door, dus zij wordt altijd beoordeeld.
verplichtingen contains {"code": "beoordeling", "waarde": "5 werkdagen"} if input.vastgesteld.motivering
