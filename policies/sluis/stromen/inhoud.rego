package sluis.stromen

import data.sluis.wpg

# METADATA
# description: Het doel is een doel van deze stroom (doelbinding, AVG artikel 5 lid 1 onder b).
bezwaar[i] contains "doel-niet-toegestaan" if {
	some i, stroom in alle
	not doel_toegestaan(stroom)
}

doel_toegestaan(stroom) if input.gesteld.doel in stroom.doelen

uitleg("doel-niet-toegestaan", i) := {"doelen": alle[i].doelen}

# METADATA
# description: De grondslag is er een van deze stroom. Een convenant is zelf geen grondslag.
bezwaar[i] contains "grondslag-niet-toegestaan" if {
	some i, stroom in alle
	not grondslag_toegestaan(stroom)
}

grondslag_toegestaan(stroom) if input.gesteld.grondslag in stroom.grondslagen

uitleg("grondslag-niet-toegestaan", i) := {"grondslagen": alle[i].grondslagen}

# METADATA
# description: Alle aangegeven categorieën staan in deze stroom (minimale gegevensverwerking, AVG artikel 5 lid 1 onder c).
bezwaar[i] contains "categorie-niet-toegestaan" if {
	some i, stroom in alle
	not gegevens_toegestaan(stroom)
}

bezwaar[i] contains "categorie-niet-toegestaan" if {
	not grondslag_dekt_gegevens
	some i, _ in alle
}

gegevens_toegestaan(stroom) if {
	every categorie in input.gesteld.gegevens {
		categorie in stroom.gegevens
	}
}

uitleg("categorie-niet-toegestaan", i) := {
	"categorieen": {categorie |
		some categorie in input.gesteld.gegevens
		not categorie in begrensd({ja | some ja in alle[i].gegevens})
	},
	"toegestaan": toegestane_gegevens,
}

# METADATA
# scope: document
# description: |
#   Een grondslag kan alleen voor bepaalde gegevens zijn, zoals een check op bekendheid voor identificerende gegevens - eerst of
#   iemand bekend is, inhoud daarna (WGS, artikel 1.7 lid 8).
grondslag_dekt_gegevens if not voor_bepaalde_gegevens

grondslag_dekt_gegevens if {
	every categorie in input.gesteld.gegevens {
		categorie in voor_bepaalde_gegevens
	}
}

voor_bepaalde_gegevens := data.vocabulaire.grondslagen[input.gesteld.grondslag].gegevens

# METADATA
# scope: document
# description: Van deze categorieën die waarvoor de grondslag is.
begrensd(gegevens) := gegevens if not voor_bepaalde_gegevens

begrensd(gegevens) := {categorie | some categorie in gegevens; categorie in voor_bepaalde_gegevens} if voor_bepaalde_gegevens

# METADATA
# description: Een bericht gaat naar mensen, niet naar een menigte.
bezwaar[i] contains "te-veel-deelnemers" if {
	some i, stroom in alle
	not aantal_toegestaan(stroom)
}

aantal_toegestaan(stroom) if count(input.vastgesteld.ontvanger.deelnemers) <= stroom.maximumDeelnemers

uitleg("te-veel-deelnemers", i) := {"maximum": alle[i].maximumDeelnemers}

# METADATA
# description: De categorieën die deze afzender deze ontvanger voor dit doel mag geven.
toegestane_gegevens := wpg.begrensd(begrensd({categorie |
	some i in passend
	input.gesteld.doel in alle[i].doelen
	some categorie in alle[i].gegevens
}))

# METADATA
# description: Hetzelfde als het bericht mag - de categorieën van de stromen die het doorlaten.
doorgelaten_gegevens := wpg.begrensd(begrensd({categorie |
	some i in vrij
	some categorie in alle[i].gegevens
}))
