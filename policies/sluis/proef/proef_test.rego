# METADATA
# description: Een bericht dat mag, en manieren om er één ding aan te veranderen. De proeven van de regels gebruiken dit.
package sluis.proef_test

stroom := {
	"id": "signaal-school-politie",
	"artikel": "3 en 4",
	"soort": "signaal",
	"van": {"rol": "school", "soortOnderwijs": ["vo"], "functies": ["veiligheidscoordinator"]},
	"naar": {"rol": "politie", "functies": ["wijkagent"]},
	"doelen": ["veilige-school"],
	"grondslagen": ["avg-6-1-e"],
	"gegevens": ["signaal", "incident"],
	"voorwaarden": [],
	"reactietermijn": "P1D",
	"doorvoertermijn": "PT72H",
	"maximumDeelnemers": 3,
}

afzender := {
	"partij": "00000099000000030000",
	"rol": "school",
	"soortOnderwijs": "vo",
	"inConvenant": true,
	"gepind": true,
	"kaartGeldig": true,
	"ondertekend": true,
	"deelnemer": "vc-1",
	"functie": "veiligheidscoordinator",
	"opKaart": true,
}

ontvanger := {
	"partij": "00000099000000020000",
	"rol": "politie",
	"soortOnderwijs": null,
	"inConvenant": true,
	"gepind": true,
	"kaartGeldig": true,
	"ondertekend": true,
	"functie": "wijkagent",
	"deelnemers": [{"id": "wa-7", "opKaart": true, "kaartGeldig": true}],
}

signaal := {
	"vastgesteld": {
		"tijd": "2026-11-23T10:00:00Z",
		"kantooruren": false,
		"convenant": {
			"id": "voorbeeld",
			"versie": 1,
			"bekend": true,
			"vanKracht": true,
			"vervangenDoor": null,
			"digest": "",
			"samenwerkingsverband": "School & Veiligheid",
			"regels": false,
			"doelen": ["veilige-school"],
			"stromen": [stroom],
		},
		"afzender": afzender,
		"ontvanger": ontvanger,
		"antwoordOp": null,
		"zaak": {"id": "zaak-1", "nieuw": true, "betrokken": false, "checkBeantwoord": false, "gestuurd": [], "gestuurdeGegevens": []},
		"wpgBesluit": null,
		"betrokkenen": 1,
		"motivering": false,
		"medeondertekening": null,
		"verstuurd": [],
	},
	"gesteld": {
		"soort": "signaal",
		"doel": "veilige-school",
		"grondslag": "avg-6-1-e",
		"gegevens": ["signaal"],
		"fase": 2,
		"urgentie": "regulier",
		"aantalVragen": null,
		"thema": null,
		"leeftijdsgroep": null,
		"verklaringen": {},
	},
}

besluit := {
	"nummer": "WPG-1",
	"bekend": true,
	"geldig": true,
	"grondslag": "wpg-20",
	"samenwerkingsverband": "School & Veiligheid",
	"zaak": null,
	"doelen": ["veilige-school"],
	"gegevens": ["signaal"],
	"ontvangers": [afzender.partij],
	"convenant": null,
}

# METADATA
# description: Hetzelfde de andere kant op, van de politie aan de school, onder een Wpg-besluit dat het dekt.
van_politie := met(signaal, {
	"vastgesteld/afzender": object.union(afzender, {"rol": "politie", "functie": "wijkagent", "partij": ontvanger.partij}),
	"vastgesteld/ontvanger": object.union(ontvanger, {
		"rol": "school",
		"soortOnderwijs": "vo",
		"functie": "veiligheidscoordinator",
		"partij": afzender.partij,
	}),
	"vastgesteld/convenant/stromen": [object.union(stroom, {
		"van": stroom.naar,
		"naar": stroom.van,
		"grondslagen": ["wpg-20"],
	})],
	"vastgesteld/wpgBesluit": besluit,
	"gesteld/grondslag": "wpg-20",
})

# METADATA
# description: Het bericht met andere waarden op de genoemde plaatsen.
met(bericht, anders) := json.patch(bericht, [{"op": "replace", "path": plaats, "value": waarde} |
	some plaats, waarde in anders
])

# METADATA
# description: Het bericht zonder de genoemde plaatsen - wat ontbreekt is nooit een ja.
zonder(bericht, plaatsen) := json.remove(bericht, plaatsen)

# METADATA
# description: Het signaal onder één voorwaarde, met andere waarden op de genoemde plaatsen.
onder(voorwaarde, anders) := met(
	met(signaal, {"vastgesteld/convenant/stromen": [object.union(stroom, {"voorwaarden": [voorwaarde]})]}),
	anders,
)
