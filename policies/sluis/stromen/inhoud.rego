package sluis.stromen

import data.sluis.wpg

# METADATA
# description: Het doel is een doel van deze stroom (doelbinding, AVG artikel 5 lid 1 onder b).
bezwaar[i] contains "doel-niet-toegestaan" if {
	some i in passend
	not input.gesteld.doel in stromen[i].doelen
}

uitleg("doel-niet-toegestaan", i) := {"doelen": stromen[i].doelen}

# METADATA
# description: De grondslag is er een van deze stroom. Een convenant is zelf geen grondslag.
bezwaar[i] contains "grondslag-niet-toegestaan" if {
	some i in passend
	not input.gesteld.grondslag in stromen[i].grondslagen
}

uitleg("grondslag-niet-toegestaan", i) := {"grondslagen": stromen[i].grondslagen}

# METADATA
# description: Alle aangegeven categorieën staan in deze stroom (minimale gegevensverwerking, AVG artikel 5 lid 1 onder c).
bezwaar[i] contains "categorie-niet-toegestaan" if {
	some i in passend
	not gegevens_toegestaan(stromen[i])
}

gegevens_toegestaan(stroom) if {
	every categorie in input.gesteld.gegevens {
		categorie in stroom.gegevens
	}
}

uitleg("categorie-niet-toegestaan", i) := {
	"categorieen": {categorie | some categorie in input.gesteld.gegevens; not categorie in stromen[i].gegevens},
	"toegestaan": toegestane_gegevens,
}

# METADATA
# description: Een bericht gaat naar mensen, niet naar een menigte.
bezwaar[i] contains "te-veel-deelnemers" if {
	some i in passend
	not count(input.vastgesteld.ontvanger.deelnemers) <= stromen[i].maximumDeelnemers
}

uitleg("te-veel-deelnemers", i) := {"maximum": stromen[i].maximumDeelnemers}

# METADATA
# description: |
#   De categorieën die deze afzender deze ontvanger voor dit doel mag geven; onder Wpg 19 en 20 alleen die van het besluit.
toegestane_gegevens contains categorie if {
	some i in passend
	input.gesteld.doel in stromen[i].doelen
	some categorie in stromen[i].gegevens
	besluit_laat_toe(categorie)
}

besluit_laat_toe(_) if not wpg.besluit_nodig

besluit_laat_toe(categorie) if {
	wpg.besluit_geldig
	categorie in wpg.besluit.gegevens
}
