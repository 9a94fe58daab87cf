package sluis.algemeen

soort := data.vocabulaire.soorten[input.gesteld.soort]

# METADATA
# description: |
#   Een convenant dient waar geen opsporingsonderzoek loopt (Handreiking, noot 7); opsporing vraagt een vordering.
# custom:
#   artikel: Wetboek van Strafvordering, artikelen 126nc tot en met 126nf
bezwaar contains "doel-is-opsporing" if not geen_opsporing

geen_opsporing if {
	doel := input.gesteld.doel
	not data.vocabulaire.doelen[doel].nooit
}

# METADATA
# description: Een consult is anoniem - de vraag gaat over een situatie, niet over een jongere.
bezwaar contains "betrokkene-niet-toegestaan" if not anonimiteit_in_orde

anonimiteit_in_orde if input.vastgesteld.betrokkenen == 0

anonimiteit_in_orde if not soort.anoniem

# METADATA
# description: |
#   Een crisis gaat voor, maar niet ongezien: er hoort een verzegelde motivering bij, voor de privacyfunctionarissen (Handreiking
#   2.2, "acuut gevaar").
bezwaar contains "crisis-zonder-motivering" if not crisis_in_orde

crisis_in_orde if not crisis

crisis_in_orde if input.vastgesteld.motivering

crisis if input.gesteld.urgentie == "crisis"

crisis if input.gesteld.soort == "crisismelding"

# METADATA
# description: Een zaak is nieuw, of de partij die stuurt was er al bij betrokken.
bezwaar contains "zaak-niet-van-u" if not zaak_in_orde

zaak_in_orde if input.vastgesteld.zaak.nieuw

zaak_in_orde if input.vastgesteld.zaak.betrokken

# METADATA
# description: |
#   Een antwoord is een antwoord op een bericht van deze ontvanger, in deze zaak, dat zo'n antwoord vraagt. Wie een bericht
#   noemt waarop hij antwoordt, noemt er een dat hij kreeg.
bezwaar contains "antwoord-op-onbekend-bericht" if not antwoord_in_orde

antwoord_in_orde if {
	not soort.antwoordOp
	input.vastgesteld.antwoordOp == null
}

antwoord_in_orde if {
	not soort.antwoordOp
	input.vastgesteld.antwoordOp.bekend
}

antwoord_in_orde if {
	input.vastgesteld.antwoordOp.bekend
	input.vastgesteld.antwoordOp.soort in soort.antwoordOp
}

# METADATA
# description: |
#   Een correctie zet iets recht dat de afzender in deze zaak aan deze ontvanger stuurde. Anders was zij een weg om de fase, de
#   ouders en de meldcode heen.
# custom:
#   artikel: AVG, artikel 19
bezwaar contains "niets-te-corrigeren" if not correctie_in_orde

correctie_in_orde if not soort.corrigeert

correctie_in_orde if {
	some eerder in input.vastgesteld.zaak.gestuurd
	data.vocabulaire.soorten[eerder].overPersoon
	not data.vocabulaire.soorten[eerder].corrigeert
}
