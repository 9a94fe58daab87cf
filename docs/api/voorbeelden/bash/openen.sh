#!/usr/bin/env bash
# openen.sh PROFIEL BERICHT UIT: controleert en opent één bericht, bewaart de inhoud in UIT en bevestigt de ontvangst.
hier=${BASH_SOURCE[0]%/*}
source "$hier/lib/begin.sh"
for deel in json jws profiel sluis bewijs spoor kenmerken lading; do source "$hier/lib/$deel.sh"; done
bericht=${2:?gebruik: openen.sh PROFIEL BERICHT UIT} uit=${3:?gebruik: openen.sh PROFIEL BERICHT UIT}
[[ $bericht =~ ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]] || fout "geef het nummer van een bericht"
niets="Er is niets geopend en niets bevestigd; waarschuw de privacyfunctionaris"

# 1. De envelop zoals verstuurd. Wat erin staat, telt pas als de handtekening klopt; tot dan wijst het alleen de weg naar de sleutel.
vraag "/v1/berichten/$bericht" "$tijdelijk/bericht.json"
jq -j .envelop "$tijdelijk/bericht.json" >"$tijdelijk/envelop.jws"
jws_kop "$tijdelijk/envelop.jws" envelop+jws kid "$tijdelijk/kop.json" || fout "de envelop heeft niet de juiste vorm. $niets"
van_b64url "$(cut -d. -f2 "$tijdelijk/envelop.jws")" >"$tijdelijk/beweerd.json"
streng "$tijdelijk/beweerd.json" || fout "de envelop heeft niet de juiste vorm. $niets"
jq -e --arg id "$bericht" '.id == $id' "$tijdelijk/beweerd.json" >/dev/null || fout "de sluis geeft een ander bericht dan gevraagd. $niets"
dag=$(dag "$(jq -r .tijd "$tijdelijk/beweerd.json")") || fout "de envelop heeft niet de juiste vorm. $niets"

# 2. De sleutel van de afzender, van een kaart die gecontroleerd is en toen gold, en daarmee de handtekening.
"$hier/kaarten.sh" "$profiel" "$(jq -r .convenant.id "$tijdelijk/beweerd.json")" "$(jq -r .convenant.versie "$tijdelijk/beweerd.json")" "$dag" \
  "$(jq -r .afzender.partij "$tijdelijk/beweerd.json")" >"$tijdelijk/gecontroleerd.json"
jq -c --slurpfile e "$tijdelijk/beweerd.json" --arg dag "$dag" '$e[0].afzender as $a | [.partijen[$a.partij].deelnemers[]
  | select(.id == $a.deelnemer and (.functies | index($a.functie)) and .geldig.van <= $dag and $dag <= .geldig.tot)]
  | if length == 1 then .[0].jwk else error("") end' "$tijdelijk/gecontroleerd.json" >"$tijdelijk/afzender.jwk" 2>/dev/null ||
  fout "de afzender stond niet in deze functie op de kaart. $niets"
[[ $(duimafdruk "$tijdelijk/afzender.jwk") == "$(jq -r .kid "$tijdelijk/kop.json")" ]] || fout "de envelop is niet van de genoemde afzender. $niets"
publiek_pem "$tijdelijk/afzender.jwk" >"$tijdelijk/afzender.pem" || fout "de sleutel van de afzender is niet te gebruiken. $niets"
jws_inhoud "$tijdelijk/envelop.jws" "$tijdelijk/afzender.pem" "$tijdelijk/envelop.json" || fout "de handtekening onder de envelop klopt niet. $niets"
jq -e --arg oin "$oin" 'any(.ontvangers[]; .partij == $oin)' "$tijdelijk/envelop.json" >/dev/null || fout "dit bericht is niet aan uw organisatie gericht. $niets"

# 3. Het bericht staat in het auditspoor, niet veel later dan de envelop (een etmaal, want een collega van de afzender kan hebben
# meegetekend; klokken verschillen hoogstens vijf minuten): niemand heeft het later met een oude sleutel gemaakt.
jq .ontvangst "$tijdelijk/bericht.json" >"$tijdelijk/ontvangst.json"
controleer_ontvangst "$tijdelijk/ontvangst.json" "$tijdelijk/auditregel.json" || fout "het ontvangstbewijs van dit bericht klopt niet. $niets"
jq -e --rawfile jws "$tijdelijk/envelop.jws" --slurpfile e "$tijdelijk/envelop.json" '.soort == "aangeboden" and .bericht == $e[0].id
  and .zaak == $e[0].zaak and .jws == $jws and .lading.digest == $e[0].lading.digest' "$tijdelijk/auditregel.json" >/dev/null ||
  fout "het ontvangstbewijs gaat over iets anders. $niets"
verschil=$(($(date -d "$(jq -r .tijd "$tijdelijk/auditregel.json")" +%s) - $(date -d "$(jq -r .tijd "$tijdelijk/envelop.json")" +%s)))
((verschil >= -300 && verschil <= 24 * 3600 + 300)) || fout "de tijd van de envelop past niet bij het auditspoor. $niets"
jq -e --slurpfile e "$tijdelijk/envelop.json" --arg dag "$(dag "$(jq -r .tijd "$tijdelijk/auditregel.json")")" '$e[0].afzender as $a
  | any(.partijen[$a.partij].deelnemers[]; .id == $a.deelnemer and .geldig.van <= $dag and $dag <= .geldig.tot)' "$tijdelijk/gecontroleerd.json" >/dev/null ||
  fout "de kaart van de afzender gold niet meer toen de sluis het bericht aannam. $niets"

# 4. De lading is de lading die de afzender noemde, en alleen voor de genoemde personen.
vraag "/v1/berichten/$bericht/lading" "$tijdelijk/lading.age" -H 'Accept: application/octet-stream'
[[ $(stat -c %s "$tijdelijk/lading.age") == "$(jq .lading.lengte "$tijdelijk/envelop.json")" &&
  $(digest <"$tijdelijk/lading.age") == "$(jq -r .lading.digest "$tijdelijk/envelop.json")" ]] || fout "de sluis geeft een andere lading dan de afzender ondertekende. $niets"
alleen_voor "$tijdelijk/lading.age" "$(jq '[.ontvangers[].deelnemers[]] | length' "$tijdelijk/envelop.json")" ||
  fout "de lading is niet alleen voor de genoemde ontvangers verzegeld. $niets"

# 5. Openen. Wat echt is en toch niet te lezen, meldt u met `onleesbaar`; wat bij een ander bericht hoort, bevestigt u niet.
bevestig() { # soort conform nietAangegeven betrokkenen
  jq -n --arg bericht "$bericht" --arg envelop "$(digest <"$tijdelijk/envelop.json")" --arg soort "$1" --argjson conform "$2" \
    --argjson niet "$3" --argjson betrokkenen "$4" --arg tijd "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
    '{bericht: $bericht, envelop: $envelop, soort: $soort, conform: $conform, nietAangegeven: $niet, betrokkenen: $betrokkenen, advies: null, tijd: $tijd}' \
    >"$tijdelijk/bevestiging.json"
  canoniek "$tijdelijk/bevestiging.json" | teken bevestiging+jws >"$tijdelijk/bevestiging.jws"
  vraag "/v1/berichten/$bericht/bevestigingen" "$tijdelijk/antwoord.json" -H 'Content-Type: application/jose' --data-binary "@$tijdelijk/bevestiging.jws"
  jq .ontvangst "$tijdelijk/antwoord.json" >"$tijdelijk/ontvangst.json"
  controleer_ontvangst "$tijdelijk/ontvangst.json" "$tijdelijk/auditregel.json" || fout "het bewijs van uw bevestiging klopt niet; waarschuw de privacyfunctionaris"
  jq -e --arg soort "$1" --arg id "$bericht" --rawfile jws "$tijdelijk/bevestiging.jws" '.soort == $soort and .bericht == $id and .jws == $jws' \
    "$tijdelijk/auditregel.json" >/dev/null || fout "het bewijs van uw bevestiging gaat over iets anders; waarschuw de privacyfunctionaris"
}
onleesbaar() {
  bevestig onleesbaar true '[]' '[]'
  fout "$1. Aan de afzender is gevraagd het opnieuw te sturen"
}

"$AGE" -d -i "$profiel/age.txt" -o "$tijdelijk/lading.json" "$tijdelijk/lading.age" 2>/dev/null || onleesbaar "het bericht is niet voor uw leessleutel verzegeld, of beschadigd"
code=0
pak_uit "$tijdelijk/lading.json" "$tijdelijk/envelop.json" "$tijdelijk/inhoud.json" || code=$?
[[ $code != 2 ]] || fout "de lading hoort bij een ander bericht dan de envelop. $niets"
[[ $code == 0 ]] || onleesbaar "de lading heeft niet de afgesproken vorm"
vraag "/v1/soorten/$(jq -r .soort "$tijdelijk/envelop.json")/schema" "$tijdelijk/schema.json" -H 'Accept: application/schema+json'
jq --slurpfile schema "$tijdelijk/schema.json" -f "$hier/lib/inhoud.jq" "$tijdelijk/inhoud.json" >"$tijdelijk/oordeel.json"
jq -e '.fouten == []' "$tijdelijk/oordeel.json" >/dev/null || onleesbaar "de lading is niet ingevuld zoals bij deze soort bericht hoort"

# 6. Eerst bewaren, dan bevestigen: na de bevestiging van alle ontvangers wist de sluis de lading.
cp "$tijdelijk/inhoud.json" "$uit.nieuw" && mv "$uit.nieuw" "$uit"
niet=$(jq -c --slurpfile e "$tijdelijk/envelop.json" '.gegevens - $e[0].gegevens' "$tijdelijk/oordeel.json")
betrokkenen=$(kenmerken "$tijdelijk/inhoud.json" "$bericht") || betrokkenen='[]' # een vreemde naam mag ontvangen niet in de weg staan
bevestig ontvangen "$([[ $niet == '[]' ]] && echo true || echo false)" "$niet" "$betrokkenen"
printf '%s\n' "$bericht"
