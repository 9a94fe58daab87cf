# METADATA
# title: Wat een stroom toestaat
# description: |
#   Per stroom die tussen deze twee past de bezwaren, onder het volgnummer van de stroom. Een stroom zonder bezwaren laat het
#   bericht door; is er geen, dan vertelt de stroom met de minste bezwaren waarom niet. Een bezwaar is een reden, of de code van
#   een voorwaarde waaraan niet voldaan is.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 1.3 (doelbinding) en bijlage 5'
package sluis.stromen

stromen := input.vastgesteld.convenant.stromen

# METADATA
# description: De stromen voor deze soort, tussen deze rollen en soorten onderwijs, in deze functies.
passend contains i if {
	some i in tussen
	input.vastgesteld.afzender.functie in stromen[i].van.functies
	input.vastgesteld.ontvanger.functie in stromen[i].naar.functies
}

# METADATA
# description: De stromen voor deze soort tussen deze rollen en soorten onderwijs, in welke functie ook.
tussen contains i if {
	some i, stroom in stromen
	stroom.soort == input.gesteld.soort
	kant_past(stroom.van, input.vastgesteld.afzender)
	kant_past(stroom.naar, input.vastgesteld.ontvanger)
}

kant_past(kant, partij) if {
	kant.rol == partij.rol
	onderwijs_past(kant, partij)
}

onderwijs_past(kant, _) if not kant.soortOnderwijs

onderwijs_past(kant, partij) if partij.soortOnderwijs in kant.soortOnderwijs

# METADATA
# description: De functies waarin het wel mag, voor het advies.
functies := {
	"vanfuncties": {functie | some i in tussen; some functie in stromen[i].van.functies},
	"naarfuncties": {functie | some i in tussen; some functie in stromen[i].naar.functies},
}
