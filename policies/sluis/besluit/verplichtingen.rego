package sluis.besluit

import data.sluis.stromen
import data.sluis.voorwaarden

# METADATA
# description: Wat bij een toestemming langs deze stromen hoort, naast de termijnen van de stroom.
verplichtingen(langs) := beoordeling | medeondertekening(langs)

# METADATA
# description: |
#   Een verzegelde motivering, bij een crisis of bij een uitzondering, wordt achteraf gelezen door de privacyfunctionarissen van
#   afzender en ontvangers; de waarde is de termijn waarbinnen. Een crisis gaat nooit zonder motivering door, dus zij wordt altijd
#   beoordeeld.
beoordeling contains {"code": "beoordeling", "waarde": "5 werkdagen"} if input.vastgesteld.motivering

# METADATA
# description: |
#   Een collega tekent mee, als elke stroom die het bericht doorlaat dat vraagt. Wie vooraf vraagt of het mag, weet het zo voordat
#   er iets te ondertekenen is.
medeondertekening(langs) := {plicht |
	every i in langs {
		vraagt_vier_ogen(stromen.alle[i])
	}
	not voorwaarden.crisis_gaat_voor
	plicht := {"code": "vier-ogen", "waarde": "een tweede deelnemer van uw organisatie"}
}

vraagt_vier_ogen(stroom) if {
	some voorwaarde in stroom.voorwaarden
	voorwaarde.code == "vier-ogen"
}
