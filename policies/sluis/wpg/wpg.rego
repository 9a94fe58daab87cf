# METADATA
# title: Politiegegevens
# description: |
#   Wanneer een bericht politiegegevens zijn, en of het Wpg-besluit dat het noemt dit bericht dekt. Den Bosch, artikel 4:
#   "Persoonsgerelateerde politiegegevens worden niet verstrekt dan nadat de verantwoordelijke (...) separaat (...) het besluit
#   heeft genomen (...). Een dergelijk te nemen besluit maakt géén deel uit van dit convenant."
# custom:
#   artikel: Wpg, artikelen 16 tot en met 20; Besluit politiegegevens, artikel 4:2 lid 1
package sluis.wpg

grondslag := data.vocabulaire.grondslagen[input.gesteld.grondslag]

# METADATA
# scope: document
# description: Van de politie over een persoon mag alleen op een grondslag van de Wpg of het Besluit politiegegevens.
grondslag_in_orde if not politiegegeven

grondslag_in_orde if grondslag.wpg

# METADATA
# description: |
#   Bij twijfel is het een politiegegeven - alleen een soort waarvan vaststaat dat hij niet over een persoon gaat, zonder
#   betrokkenen en zonder gegevens die zo'n soort niet heeft, is het niet.
politiegegeven if {
	input.vastgesteld.afzender.rol == "politie"
	not zonder_persoon
}

zonder_persoon if {
	input.vastgesteld.betrokkenen == 0
	soort := data.vocabulaire.soorten[input.gesteld.soort]
	not soort.overPersoon

	# De naam van een collega, en wat er is afgesproken: meer staat er in zo'n bericht niet.
	every categorie in input.gesteld.gegevens {
		categorie in {"identiteit", "signaal"}
	}
}

besluit := input.vastgesteld.wpgBesluit

# METADATA
# description: De grondslag zelf vraagt een geregistreerd besluit.
besluit_nodig if grondslag.wpgBesluit

# METADATA
# scope: document
# description: Er is geen besluit nodig, of het is er en het dekt dit bericht.
besluit_in_orde if not besluit_nodig

besluit_in_orde if gedekt

# METADATA
# description: Het besluit is door deze politiepartij geregistreerd en geldt vandaag.
besluit_geldig if {
	besluit.bekend
	besluit.geldig
}

# METADATA
# description: Het besluit dekt ontvanger, doel, gegevens, grondslag, en het samenwerkingsverband (Wpg 20) of de zaak (Wpg 19).
gedekt if {
	besluit_geldig
	grondslag_gedekt
	ontvanger_gedekt
	doel_gedekt
	gegevens_gedekt
	convenant_gedekt
	verband_gedekt
	zaak_gedekt
}

# METADATA
# scope: document
# description: Waarom het niet gedekt is - er is geen besluit dat nu geldt, of het dekt dit bericht niet.
default bezwaar := "wpg-besluit-ontbreekt"

bezwaar := "wpg-besluit-dekt-niet" if besluit_geldig

ongedekt contains "dekt-niet-grondslag" if not grondslag_gedekt

ongedekt contains "dekt-niet-ontvanger" if not ontvanger_gedekt

ongedekt contains "dekt-niet-doel" if not doel_gedekt

ongedekt contains "dekt-niet-gegevens" if not gegevens_gedekt

ongedekt contains "dekt-niet-samenwerkingsverband" if not verband_gedekt

ongedekt contains "dekt-niet-zaak" if not zaak_gedekt

grondslag_gedekt if besluit.grondslag == input.gesteld.grondslag

ontvanger_gedekt if input.vastgesteld.ontvanger.partij in besluit.ontvangers

doel_gedekt if input.gesteld.doel in besluit.doelen

ongedekt contains "dekt-niet-convenant" if not convenant_gedekt

gegevens_gedekt if {
	every categorie in input.gesteld.gegevens {
		categorie in besluit.gegevens
	}
}

convenant_gedekt if besluit.convenant == null

convenant_gedekt if besluit.convenant == input.vastgesteld.convenant.id

verband_gedekt if grondslag.wpgBesluit == "zaak"

verband_gedekt if besluit.samenwerkingsverband == input.vastgesteld.convenant.samenwerkingsverband

zaak_gedekt if grondslag.wpgBesluit == "samenwerkingsverband"

zaak_gedekt if besluit.zaak == input.vastgesteld.zaak.id

# METADATA
# scope: document
# description: Van deze categorieën die het besluit dekt, als er een besluit nodig is.
begrensd(gegevens) := gegevens if not besluit_nodig

begrensd(gegevens) := gegevens & van_besluit if besluit_nodig

default van_besluit := set()

van_besluit := {categorie | some categorie in besluit.gegevens} if besluit_geldig
