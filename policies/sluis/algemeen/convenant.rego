# METADATA
# scope: package
# title: Wat voor elk bericht geldt
# description: |
#   Wat niet van de stroom afhangt. Alles moet vaststaan: een feit dat ontbreekt is een bezwaar. `in_orde` noemt het op,
#   `bezwaar` zegt wat er niet in orde is, en `uitleg[code]` waarmee de zin van die reden gevuld wordt. Proeven
#   bewaken dat die twee elkaars ontkenning zijn: het eerste is de korte weg naar ja, het tweede vertelt waarom nee.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, bijlage 5 (convenant schoolveiligheid Den Bosch)'
package sluis.algemeen

# METADATA
# description: Alles wat voor elk bericht moet gelden.
in_orde if {
	input.vastgesteld.convenant.bekend
	input.vastgesteld.convenant.vanKracht
	input.vastgesteld.afzender.inConvenant
	input.vastgesteld.afzender.gepind
	input.vastgesteld.afzender.kaartGeldig
	input.vastgesteld.afzender.opKaart
	input.vastgesteld.ontvanger.inConvenant
	input.vastgesteld.ontvanger.gepind
	input.vastgesteld.ontvanger.kaartGeldig
	geen_opsporing
	grondslag_in_orde
	anonimiteit_in_orde
	crisis_in_orde
	zaak_in_orde
	antwoord_in_orde
	antwoord_onder_dit_convenant
	correctie_in_orde
	correctie_niet_te_ruim
	every deelnemer in input.vastgesteld.ontvanger.deelnemers {
		deelnemer.opKaart
		deelnemer.kaartGeldig
	}
}

# METADATA
# description: Het convenant dat het bericht noemt is hier bekend, in deze versie.
bezwaar contains "onbekend-convenant" if not input.vastgesteld.convenant.bekend

# METADATA
# description: Het convenant is nu van kracht (getekend, binnen de looptijd).
bezwaar contains "convenant-niet-van-kracht" if not input.vastgesteld.convenant.vanKracht

# De versie die in de plaats kwam van deze. Anders wie van de twee niet tekende; leeg als het aan een andere partij
# of aan de looptijd ligt.
uitleg["convenant-niet-van-kracht"] := {"vervangenDoor": versie} if {
	versie := input.vastgesteld.convenant.vervangenDoor
	is_number(versie)
} else := {"nietOndertekend": wie_zonder("ondertekend")}
