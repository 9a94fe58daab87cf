#!/usr/bin/env bash
# kaarten.sh PROFIEL CONVENANT VERSIE DAG OIN…: haalt de kaarten van partijen, controleert ze en geeft ze als JSON:
#   {"convenant": {…}, "partijen": {"<oin>": {"kaart": {…}, "deelnemers": [{…}, …]}}}
# DAG (jjjj-mm-dd) is de dag waarop het convenant en de partijkaart moeten gelden. Sleutels komen hiervandaan en nergens anders.
hier=${BASH_SOURCE[0]%/*}
source "$hier/lib/begin.sh"
source "$hier/lib/json.sh"
source "$hier/lib/jws.sh"
source "$hier/lib/profiel.sh"
source "$hier/lib/sluis.sh"
source "$hier/lib/certificaat.sh"
source "$hier/lib/convenant.sh"
[[ $# -ge 5 ]] || fout "gebruik: kaarten.sh PROFIEL CONVENANT VERSIE DAG OIN…"
convenant=$2 versie=$3 peildag=$4
shift 4

geldt='def geldt(dag): .geldig.van <= dag and dag <= .geldig.tot;'

# onthoud vergelijkt een kaart met wat dit profiel eerder zag, en bewaart de nieuwste. Een oudere kaart kan een ingetrokken sleutel
# terugbrengen; een andere kaart met hetzelfde nummer is er een die er niet hoort te zijn.
onthoud() { # jws inhoud naam
  local bewaard=$profiel/kaarten/$3 nieuw eerder=0
  if cmp -s "$1" "$bewaard"; then return 0; fi
  nieuw=$(jq .versie "$2")
  [[ $nieuw =~ ^[1-9][0-9]{0,8}$ ]] || fout "een kaart heeft geen geldige versie"
  if [[ -e $bewaard ]]; then eerder=$(van_b64url "$(cut -d. -f2 "$bewaard")" | jq .versie); fi
  ((nieuw >= eerder)) || fout "de sluis geeft een oudere kaart ($3) dan u al zag"
  ((nieuw > eerder)) || fout "de sluis geeft een andere kaart ($3) met hetzelfde versienummer dan u al zag"
  cp "$1" "$bewaard.nieuw" && mv "$bewaard.nieuw" "$bewaard"
}

# partijkaart zoekt de ene partijkaart in het antwoord en controleert haar: keten, OIN, en de sleutel die het convenant vastlegt.
partijkaart() { # oin uit
  local i gevonden=0
  for ((i = 0; i < ${#kaarten[@]}; i++)); do
    printf '%s' "${kaarten[i]}" >"$tijdelijk/kaart-$i.jws"
    [[ $(van_b64url "$(cut -d. -f1 "$tijdelijk/kaart-$i.jws")" | jq -r .typ) == partijkaart+jws ]] || continue
    ((gevonden++ == 0)) || fout "de sluis geeft twee kaarten van organisatie $1"
    partij_inhoud "$tijdelijk/kaart-$i.jws" partijkaart+jws "$2" || fout "de kaart van organisatie $1 is niet echt: handtekening of certificaat klopt niet"
    [[ $(<"$2.oin") == "$1" && $(jq -r .oin "$2") == "$1" ]] || fout "de kaart van organisatie $1 is van een ander"
    jq -e --arg oin "$1" --rawfile sleutel "$2.kaartsleutel" '[.partijen[] | select(.oin == $oin) | .kaartsleutel[]] | index($sleutel) != null' \
      "$tijdelijk/convenant.json" >/dev/null || fout "de kaart van organisatie $1 is ondertekend met een sleutel die niet in het convenant staat"
    cp "$tijdelijk/kaart-$i.jws" "$2.jws"
  done
  ((gevonden == 1)) || fout "de sluis geeft geen kaart van organisatie $1"
}

# sleutels_van_beheerders zet van elke beheerder op een partijkaart de sleutel klaar, onder zijn kid.
sleutels_van_beheerders() { # partijkaart
  local kid_beheerder
  rm -f "$tijdelijk"/beheerder-*.pem
  jq -c '.beheerders[].jwk' "$1" >"$tijdelijk/beheerders.txt"
  while read -r jwk; do
    printf '%s' "$jwk" >"$tijdelijk/beheerder.jwk"
    kid_beheerder=$(duimafdruk "$tijdelijk/beheerder.jwk")
    publiek_pem "$tijdelijk/beheerder.jwk" >"$tijdelijk/beheerder-$kid_beheerder.pem" || fout "een sleutel op de kaart is geen P-256-sleutel"
  done <"$tijdelijk/beheerders.txt"
}

# deelnemerkaart controleert een kaart van een medewerker en geeft zijn id: ondertekend door een beheerder op de kaart van zijn partij.
deelnemerkaart() { # jws oin uit
  local beheerder
  jws_kop "$1" deelnemerkaart+jws kid "$tijdelijk/kop.json" || return 1
  beheerder=$(jq -r .kid "$tijdelijk/kop.json") || return 1
  [[ $beheerder =~ ^[A-Za-z0-9_-]{43}$ && -f $tijdelijk/beheerder-$beheerder.pem ]] || return 1
  jws_inhoud "$1" "$tijdelijk/beheerder-$beheerder.pem" "$3" || return 1
  jq -er --arg oin "$2" 'select(.oin == $oin and (.id | test("^[a-z0-9-]{1,64}$"))) | .id' "$3"
}

# kaarten_van geeft de gecontroleerde kaarten van één partij.
kaarten_van() { # oin
  local i id kaarten
  rm -f "$tijdelijk"/kaart-*.jws "$tijdelijk"/deelnemer-*.json
  jq -e --arg oin "$1" 'any(.partijen[]; .oin == $oin)' "$tijdelijk/convenant.json" >/dev/null || fout "organisatie $1 doet niet mee aan dit convenant"
  vraag "/v1/kaarten/$1" "$tijdelijk/kaarten.json"
  jq -r '.kaarten[]' "$tijdelijk/kaarten.json" >"$tijdelijk/kaarten.txt"
  mapfile -t kaarten <"$tijdelijk/kaarten.txt"
  partijkaart "$1" "$tijdelijk/partij.json"
  jq -e --arg dag "$peildag" "$geldt"' geldt($dag)' "$tijdelijk/partij.json" >/dev/null || fout "de kaart van organisatie $1 geldt niet op deze dag"
  onthoud "$tijdelijk/partij.json.jws" "$tijdelijk/partij.json" "$1.partijkaart"
  sleutels_van_beheerders "$tijdelijk/partij.json"
  for ((i = 0; i < ${#kaarten[@]}; i++)); do
    cmp -s "$tijdelijk/kaart-$i.jws" "$tijdelijk/partij.json.jws" && continue
    id=$(deelnemerkaart "$tijdelijk/kaart-$i.jws" "$1" "$tijdelijk/deelnemer-$i.json") ||
      fout "een kaart van een medewerker van organisatie $1 is niet door die organisatie ondertekend"
    onthoud "$tijdelijk/kaart-$i.jws" "$tijdelijk/deelnemer-$i.json" "$1.$id.deelnemerkaart"
  done
  jq -s . /dev/null "$tijdelijk"/deelnemer-*.json >"$tijdelijk/deelnemers.json"
  jq -e '([.[].id] | length == (unique | length)) and ([.[].jwk | [.x, .y]] | length == (unique | length))' "$tijdelijk/deelnemers.json" >/dev/null ||
    fout "de kaarten van organisatie $1 spreken elkaar tegen"
  jq -n --arg oin "$1" --slurpfile kaart "$tijdelijk/partij.json" --slurpfile wie "$tijdelijk/deelnemers.json" '{($oin): {kaart: $kaart[0], deelnemers: $wie[0]}}'
}

haal_convenant "$convenant" "$versie" "$tijdelijk/convenant.json"
jq -e --arg dag "$peildag" "$geldt"' geldt($dag)' "$tijdelijk/convenant.json" >/dev/null || fout "het convenant geldt niet op deze dag"
exec 9>"$profiel/.slot" # twee opdrachten tegelijk mogen elkaars geheugen niet overschrijven
flock 9
for partij in "$@"; do kaarten_van "$partij" >>"$tijdelijk/partijen.json"; done
jq -n --slurpfile convenant "$tijdelijk/convenant.json" --slurpfile partijen "$tijdelijk/partijen.json" '{convenant: $convenant[0], partijen: ($partijen | add)}'
