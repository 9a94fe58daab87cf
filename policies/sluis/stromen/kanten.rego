# METADATA
# title: Wat een stroom toestaat
# description: |
#   Per stroom die tussen deze twee past de bezwaren, onder het volgnummer van de stroom. Een stroom zonder bezwaren laat
#   het bericht door; is er geen, dan vertelt de stroom met de minste bezwaren waarom niet. Een bezwaar is een reden, of
#   de code van een voorwaarde waaraan niet voldaan is.
#
#   Een ontkenning staat altijd voor een eigen regel of functie (`not doel_toegestaan(stroom)`), nooit voor een uitdrukking met
#   een verwijzing erin: OPA haalt zo'n verwijzing uit de ontkenning, en dan is een ontbrekend veld geen bezwaar meer.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 1.3 (doelbinding) en bijlage 5'
package sluis.stromen

import data.sluis.voorwaarden

alle := input.vastgesteld.convenant.stromen

# METADATA
# description: |
#   De stromen die het bericht doorlaten. Proeven bewaken dat dit de passende stromen zonder bezwaar zijn: dit is de korte weg
#   naar ja, de bezwaren vertellen waarom nee.
vrij contains i if {
	some i, stroom in alle
	loopt_tussen(stroom)
	input.vastgesteld.afzender.functie in stroom.van.functies
	input.vastgesteld.ontvanger.functie in stroom.naar.functies
	input.gesteld.doel in stroom.doelen
	input.gesteld.grondslag in stroom.grondslagen
	every categorie in input.gesteld.gegevens {
		categorie in stroom.gegevens
	}
	count(input.vastgesteld.ontvanger.deelnemers) <= stroom.maximumDeelnemers
	envelop_sober(stroom)
	is_array(stroom.voorwaarden)
	every voorwaarde in stroom.voorwaarden {
		voorwaarden.voldaan(voorwaarde.code, object.get(voorwaarde, "waarde", null), stroom)
	}
}

# METADATA
# description: De stromen voor deze soort, tussen deze rollen en soorten onderwijs, in deze functies.
passend contains i if {
	some i, stroom in alle
	loopt_tussen(stroom)
	input.vastgesteld.afzender.functie in stroom.van.functies
	input.vastgesteld.ontvanger.functie in stroom.naar.functies
}

# METADATA
# description: |
#   De stroom is er voor deze soort, tussen deze rollen en soorten onderwijs, in welke functie ook. Een kant zonder
#   soortOnderwijs is er voor alle.
loopt_tussen(stroom) if {
	stroom.soort == input.gesteld.soort
	stroom.van.rol == input.vastgesteld.afzender.rol
	stroom.naar.rol == input.vastgesteld.ontvanger.rol
	van := input.vastgesteld.afzender.soortOnderwijs
	van in object.get(stroom.van, "soortOnderwijs", [van])
	naar := input.vastgesteld.ontvanger.soortOnderwijs
	naar in object.get(stroom.naar, "soortOnderwijs", [naar])
}

# METADATA
# description: De functies waarin het wel mag, voor het advies.
functies := {
	"vanfuncties": {functie |
		some stroom in alle
		loopt_tussen(stroom)
		some functie in stroom.van.functies
	},
	"naarfuncties": {functie |
		some stroom in alle
		loopt_tussen(stroom)
		some functie in stroom.naar.functies
	},
}
