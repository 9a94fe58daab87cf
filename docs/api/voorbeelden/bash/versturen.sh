#!/usr/bin/env bash
# versturen.sh PROFIEL OPDRACHT: verstuurt een bericht en controleert het ontvangstbewijs. OPDRACHT is een JSON-bestand, zie
# ../opdracht.json. Op stdout komt het nummer van het bericht, en niets anders.
hier=${BASH_SOURCE[0]%/*}
for deel in begin json jws profiel sluis bewijs spoor kenmerken lading; do source "$hier/lib/$deel.sh"; done
opdracht=${2:?gebruik: versturen.sh PROFIEL OPDRACHT}

streng "$opdracht" || fout "de opdracht is geen geldige JSON"
jq -e 'keys - ["convenant", "doel", "fase", "gegevens", "grondslag", "inhoud", "naar", "soort", "verklaringen", "zaak", "antwoordOp"] == []
  and (.soort | test("^[a-z0-9-]{1,64}$")) and (.naar.partij | test("^[0-9]{20}$")) and (.naar.deelnemers | length > 0)
  and (.inhoud | type == "object" and (has("kop") | not))' "$opdracht" >/dev/null || fout "de opdracht is niet goed ingevuld; zie opdracht.json"

# 1. De inhoud klopt met het schema van zijn soort, en bevat niets dat niet is aangegeven.
vraag "/v1/soorten/$(jq -r .soort "$opdracht")/schema" "$tijdelijk/schema.json" -H 'Accept: application/schema+json'
jq -c .inhoud "$opdracht" >"$tijdelijk/inhoud.json"
jq --slurpfile schema "$tijdelijk/schema.json" -f "$hier/lib/inhoud.jq" "$tijdelijk/inhoud.json" >"$tijdelijk/oordeel.json"
jq -e '.fouten == []' "$tijdelijk/oordeel.json" >/dev/null || { jq -r '.fouten[]' "$tijdelijk/oordeel.json" >&2; fout "de inhoud klopt niet"; }
jq -e --slurpfile opdracht "$opdracht" '.gegevens - $opdracht[0].gegevens == []' "$tijdelijk/oordeel.json" >/dev/null ||
  fout "de inhoud bevat gegevens die in 'gegevens' niet zijn aangegeven"

# 2. De sleutels van de ontvangers, van kaarten die gecontroleerd zijn: iedereen moet vandaag in die functie op de kaart staan.
tijd=$(date -u +%Y-%m-%dT%H:%M:%SZ)
dag=$(dag "$tijd")
"$hier/kaarten.sh" "$profiel" "$(jq -r .convenant.id "$opdracht")" "$(jq -r .convenant.versie "$opdracht")" "$dag" \
  "$(jq -r .naar.partij "$opdracht")" >"$tijdelijk/gecontroleerd.json"
jq -c --slurpfile opdracht "$opdracht" --arg dag "$dag" '$opdracht[0].naar as $naar
  | [$naar.deelnemers[] as $id | .partijen[$naar.partij].deelnemers[]
     | select(.id == $id and (.functies | index($naar.functie)) and .geldig.van <= $dag and $dag <= .geldig.tot)]
  | if length == ($naar.deelnemers | length) then . else error("") end' "$tijdelijk/gecontroleerd.json" >"$tijdelijk/ontvangers.json" 2>/dev/null ||
  fout "iemand van de ontvangers staat vandaag niet in deze functie op de kaart"
jq -r '.[] | [.age[] | select(startswith("age1pq1"))] | if length == 1 then .[0] else error("") end' "$tijdelijk/ontvangers.json" >"$tijdelijk/leessleutels" 2>/dev/null ||
  fout "iemand van de ontvangers heeft geen post-quantumsleutel op de kaart"

# 3. De envelop zonder lading is de kop van de lading. Het nummer is een UUIDv7: 48 bits tijd, de rest toeval.
uuid7() {
  local toeval
  toeval=$(openssl rand -hex 10)
  printf '%012x%s' "$(date +%s%3N)" "$toeval" | sed -E 's/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/\1-\2-7\3-a\4-\5/'
}
id=$(uuid7)
jq -n --arg id "$id" --arg zaak "$(uuid7)" --arg tijd "$tijd" --arg oin "$oin" --arg deelnemer "$deelnemer" --arg functie "$functie" \
  --slurpfile opdracht "$opdracht" --slurpfile wie "$tijdelijk/ontvangers.json" --argjson betrokkenen "$(kenmerken "$tijdelijk/inhoud.json" "$id")" '
  $opdracht[0] as $o | {id: $id, soort: $o.soort, tijd: $tijd, zaak: ($o.zaak // $zaak), antwoordOp: $o.antwoordOp, convenant: $o.convenant,
   doel: $o.doel, grondslag: $o.grondslag, afzender: {partij: $oin, deelnemer: $deelnemer, functie: $functie},
   ontvangers: [{partij: $o.naar.partij, functie: $o.naar.functie, deelnemers: [$wie[0][] | {id, kaart: .versie}]}],
   betrokkenen: $betrokkenen, gegevens: $o.gegevens, fase: $o.fase, urgentie: "regulier", verklaringen: ($o.verklaringen // {}), wpgBesluit: null,
   aantalVragen: ($o.inhoud.vragen // null | if . then length else null end), thema: null, leeftijdsgroep: null}' >"$tijdelijk/kop.json"

# 4. Lading: kop eerst, dan de inhoud, opgevuld, en versleuteld voor precies deze personen.
{ printf '{"kop":' && canoniek "$tijdelijk/kop.json" && printf ',' && tail -c +2 "$tijdelijk/inhoud.json" | tr -d '\n'; } >"$tijdelijk/lading.json"
streng "$tijdelijk/lading.json" || fout "de lading is niet goed opgebouwd"
vul_op "$tijdelijk/lading.json"
"$AGE" -R "$tijdelijk/leessleutels" -o "$tijdelijk/lading.age" "$tijdelijk/lading.json"

# 5. De envelop noemt de lading, en wordt ondertekend.
jq --arg digest "$(digest <"$tijdelijk/lading.age")" --argjson lengte "$(stat -c %s "$tijdelijk/lading.age")" \
  '. + {lading: {digest: $digest, lengte: $lengte}, motivering: null}' "$tijdelijk/kop.json" >"$tijdelijk/envelop.json"
canoniek "$tijdelijk/envelop.json" | teken envelop+jws >"$tijdelijk/envelop.jws"

# 6. Versturen, en het bewijs controleren: zonder geldig bewijs is er geen bericht waar u op kunt rekenen.
vraag /v1/berichten "$tijdelijk/antwoord.json" -F "envelop=<$tijdelijk/envelop.jws;type=application/jose" \
  -F "lading=@$tijdelijk/lading.age;type=application/octet-stream"
vals="bericht $id is overgedragen, maar het ontvangstbewijs klopt niet. Ga er niet van uit dat het is vastgelegd; waarschuw de privacyfunctionaris"
jq .ontvangst "$tijdelijk/antwoord.json" >"$tijdelijk/ontvangst.json"
controleer_ontvangst "$tijdelijk/ontvangst.json" "$tijdelijk/auditregel.json" || fout "$vals"
jq -e --rawfile jws "$tijdelijk/envelop.jws" --slurpfile e "$tijdelijk/envelop.json" --slurpfile antwoord "$tijdelijk/antwoord.json" \
  '.soort == "aangeboden" and .bericht == $e[0].id and $antwoord[0].id == $e[0].id and .zaak == $e[0].zaak and .jws == $jws
   and .lading.digest == $e[0].lading.digest' "$tijdelijk/auditregel.json" >/dev/null || fout "$vals"
printf '%s\n' "$id"
