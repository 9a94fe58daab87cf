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

alle := input.vastgesteld.convenant.stromen

# METADATA
# description: De stromen voor deze soort, tussen deze rollen en soorten onderwijs, in deze functies.
passend contains i if {
	some i, stroom in alle
	input.vastgesteld.afzender.functie in stroom.van.functies
	input.vastgesteld.ontvanger.functie in stroom.naar.functies
	loopt_tussen(stroom)
}

# METADATA
# description: De stroom is er voor deze soort, tussen deze rollen en soorten onderwijs, in welke functie ook.
loopt_tussen(stroom) if {
	stroom.soort == input.gesteld.soort
	stroom.van.rol == input.vastgesteld.afzender.rol
	stroom.naar.rol == input.vastgesteld.ontvanger.rol
	onderwijs_past(stroom.van, input.vastgesteld.afzender.soortOnderwijs)
	onderwijs_past(stroom.naar, input.vastgesteld.ontvanger.soortOnderwijs)
}

onderwijs_past(kant, _) if not kant.soortOnderwijs

onderwijs_past(kant, soort) if soort in kant.soortOnderwijs

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
