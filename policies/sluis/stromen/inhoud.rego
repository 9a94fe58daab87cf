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

gegevens_toegestaan(stroom) if {
	every categorie in input.gesteld.gegevens {
		categorie in stroom.gegevens
	}
}

uitleg("categorie-niet-toegestaan", i) := {
	"categorieen": {categorie | some categorie in input.gesteld.gegevens; not categorie in alle[i].gegevens},
	"toegestaan": toegestane_gegevens,
}

# METADATA
# description: Een bericht gaat naar mensen, niet naar een menigte.
bezwaar[i] contains "te-veel-deelnemers" if {
	some i, stroom in alle
	not aantal_toegestaan(stroom)
}

aantal_toegestaan(stroom) if count(input.vastgesteld.ontvanger.deelnemers) <= stroom.maximumDeelnemers

uitleg("te-veel-deelnemers", i) := {"maximum": alle[i].maximumDeelnemers}

# METADATA
# description: |
#   De envelop, die de sluis leest en in het auditspoor bewaart, zegt niet meer over een jongere dan de voorwaarden van de stroom
#   vragen. Een thema vraagt geen enkele voorwaarde: dat staat in de lading.
bezwaar[i] contains "envelop-zegt-te-veel" if {
	some i, stroom in alle
	not envelop_sober(stroom)
}

envelop_sober(stroom) if {
	input.gesteld.thema == null
	leeftijdsgroep_gevraagd(stroom)
}

leeftijdsgroep_gevraagd(_) if input.gesteld.leeftijdsgroep == null

leeftijdsgroep_gevraagd(stroom) if {
	some voorwaarde in stroom.voorwaarden
	voorwaarde.code == "leeftijdsgroep"
}

uitleg("envelop-zegt-te-veel", _) := {}

# METADATA
# description: De categorieën die deze afzender deze ontvanger voor dit doel mag geven.
toegestane_gegevens := wpg.begrensd({categorie |
	some i in passend
	input.gesteld.doel in alle[i].doelen
	some categorie in alle[i].gegevens
})

# METADATA
# description: Hetzelfde als het bericht mag - de categorieën van de stromen waarlangs het gaat.
doorgelaten_gegevens(langs) := wpg.begrensd({categorie |
	some i in langs
	some categorie in alle[i].gegevens
})
