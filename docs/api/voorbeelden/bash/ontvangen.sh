#!/usr/bin/env bash
# ontvangen.sh PROFIEL MAP [BERICHT]: haalt de berichten op die op u wachten, controleert en opent ze, bewaart elk als MAP/<nummer>.json
# en bevestigt de ontvangst; met BERICHT alleen dat ene. Geeft de nummers op stdout. Gaat er een mis, dan gaan de andere door en eindigt het script met 1.
hier=${BASH_SOURCE[0]%/*}
source "$hier/lib/begin.sh"
for deel in json jws profiel sluis; do source "$hier/lib/$deel.sh"; done
map=${2:?gebruik: ontvangen.sh PROFIEL MAP [BERICHT]}
mkdir -p "$map"
if [[ -n ${3:-} ]]; then
  "$hier/openen.sh" "$profiel" "$3" "$map/$3.json"
  exit
fi

mislukt=0
cursor=
while :; do
  vraag "/v1/berichten?map=in&status=aangeboden${cursor:+&cursor=$cursor}" "$tijdelijk/lijst.json"
  jq -r '.berichten[].id' "$tijdelijk/lijst.json" >"$tijdelijk/nummers"
  [[ -s $tijdelijk/nummers ]] || break
  while read -r nummer; do
    [[ $nummer =~ ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]] || fout "de sluis geeft een lijst die niet klopt"
    # Elk bericht in een eigen proces: daar stopt de eerste fout alles, en niets van het ene bericht blijft hangen bij het andere.
    "$hier/openen.sh" "$profiel" "$nummer" "$map/$nummer.json" </dev/null || mislukt=1
  done <"$tijdelijk/nummers"
  cursor=$(jq -r '.cursor // ""' "$tijdelijk/lijst.json")
  [[ $cursor =~ ^[0-9a-f-]{36}$ ]] || break
done
exit $mislukt
