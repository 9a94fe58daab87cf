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
# description: |
#   Een consult is anoniem - de vraag gaat over een situatie, niet over een jongere. Dus noemt het geen betrokkene, en geen
#   gegevens die iemand aanwijzen.
bezwaar contains "betrokkene-niet-toegestaan" if not anonimiteit_in_orde

anonimiteit_in_orde if niemand_aangewezen

anonimiteit_in_orde if not soort.anoniem

# METADATA
# description: Geen betrokkene, en geen categorie waaraan iemand te herkennen is.
niemand_aangewezen if {
	input.vastgesteld.betrokkenen == 0
	every categorie in input.gesteld.gegevens {
		not wijst_aan(categorie)
	}
}

wijst_aan(categorie) if data.vocabulaire.gegevens[categorie].wijstAan

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

# METADATA
# description: |
#   Een antwoord gaat onder het convenant van de vraag. Anders waren de voorwaarden van de vraag in het ene convenant te
#   ontlopen met de vraag van het andere, en gingen gegevens naar een doel waarvoor niemand ze vroeg (AVG, artikel 5 lid 1
#   onder b). Een nieuwe versie van het convenant is hetzelfde convenant.
bezwaar contains "antwoord-onder-ander-convenant" if not antwoord_onder_dit_convenant

antwoord_onder_dit_convenant if not soort.antwoordOp

antwoord_onder_dit_convenant if not antwoord_in_orde

antwoord_onder_dit_convenant if input.vastgesteld.antwoordOp.convenant == input.vastgesteld.convenant.id

# METADATA
# description: |
#   Een correctie zet recht wat gestuurd is, en brengt dus geen gegevens van een soort die deze ontvanger in deze zaak nog
#   niet kreeg. De reden van de correctie zelf is altijd een signaal.
# custom:
#   artikel: AVG, artikelen 16 en 19
bezwaar contains "correctie-te-ruim" if not correctie_niet_te_ruim

correctie_niet_te_ruim if not soort.corrigeert

correctie_niet_te_ruim if count(niet_eerder_gestuurd) == 0

uitleg["correctie-te-ruim"] := {"categorieen": niet_eerder_gestuurd}

niet_eerder_gestuurd contains categorie if {
	some categorie in input.gesteld.gegevens
	not eerder_gestuurd(categorie)
}

eerder_gestuurd("signaal")

eerder_gestuurd(categorie) if categorie in input.vastgesteld.zaak.gestuurdeGegevens
