package sluis.besluit

import data.sluis.algemeen
import data.sluis.stromen
import data.sluis.voorwaarden

# METADATA
# scope: document
# description: De stroom die er het dichtst bij komt, met de minste bezwaren; null als er geen past.
default naaste := null

naaste := min({i | some i in stromen.passend; aantal_bezwaren(i) == minste_bezwaren})

minste_bezwaren := min({aantal_bezwaren(i) | some i in stromen.passend})

aantal_bezwaren(i) := count(object.get(stromen.bezwaar, i, set()))

# METADATA
# scope: document
# description: |
#   Alle redenen tegelijk, zodat niemand na elke verbetering de volgende hoort. Wat geen nieuws is blijft weg - van een onbekend
#   convenant zijn partijen en stromen ook onbekend.
redenen contains reden if {
	some code in algemeen.bezwaar
	nieuws(code)
	reden := {"code": code, "stroom": false, "wet": wet(code), "gegevens": object.get(algemeen.uitleg, code, {})}
}

redenen contains reden if {
	stroomredenen_zeggen_iets
	count(stromen.passend) == 0
	reden := {"code": "stroom-niet-toegestaan", "stroom": false, "wet": "", "gegevens": stromen.functies}
}

redenen contains reden if {
	stroomredenen_zeggen_iets
	some code in stromen.bezwaar[naaste]
	nieuws(code)
	some gevonden in redenen_van(code)
	reden := object.union(gevonden, {"stroom": true, "wet": ""})
}

stroomredenen_zeggen_iets if {
	input.vastgesteld.convenant.bekend
	not "partij-niet-in-convenant" in algemeen.bezwaar
}

nieuws("onbekend-convenant")

nieuws(code) if {
	input.vastgesteld.convenant.bekend
	not overbodig(code)
}

overbodig("kaartsleutel-niet-gepind") if "partij-niet-in-convenant" in algemeen.bezwaar

overbodig("correctie-te-ruim") if "niets-te-corrigeren" in algemeen.bezwaar

overbodig("doel-niet-toegestaan") if "doel-is-opsporing" in algemeen.bezwaar

# METADATA
# description: De wet, waar dit geval een andere heeft dan de reden in het algemeen.
wet(code) := "Wpg, artikelen 16 tot en met 20" if {
	code == "grondslag-niet-toegestaan"
} else := algemeen.grondslag.artikel if {
	code == "grondslag-niet-onderbouwd"
} else := ""

# METADATA
# description: |
#   De redenen van een bezwaar van de naaste stroom - van een voorwaarde haar eigen redenen, anders de reden zelf. Een bezwaar
#   dat niemand kan uitleggen is een voorwaarde die niemand kan toetsen.
redenen_van(code) := gevonden if {
	gevonden := voorwaarden.redenen(code, waarde(code), stromen.alle[naaste])
} else := [{"code": code, "gegevens": gegevens}] if {
	gegevens := stromen.uitleg(code, naaste)
} else := [{"code": "voorwaarde-onbekend", "gegevens": {}}]

waarde(code) := object.get(voorwaarde, "waarde", null) if {
	some voorwaarde in stromen.alle[naaste].voorwaarden
	voorwaarde.code == code
}
