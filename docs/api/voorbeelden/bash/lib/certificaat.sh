# shellcheck shell=bash
# Objecten die een partij met haar certificaat ondertekent: partijkaart en ondertekening van een convenant.

# partij_inhoud controleert zo'n JWS: de keten naar uw ankers, een P-256-sleutel die bedoeld is om mee te tekenen, en de handtekening.
# Zet de inhoud in UIT, en het OIN en de kaartsleutel (digest van de publieke sleutel) in UIT.oin en UIT.kaartsleutel.
partij_inhoud() { # jws typ uit
  local kop=$tijdelijk/x5c.json blad=$tijdelijk/blad.pem sleutel=$tijdelijk/blad.pub tussen=$tijdelijk/tussen.pem i aantal der gebruik soort oin_regels
  jws_kop "$1" "$2" x5c "$kop" || return 1
  jq -e '.x5c | type == "array" and length >= 1 and length <= 4 and all(type == "string")' "$kop" >/dev/null || return 1
  aantal=$(jq '.x5c | length' "$kop") || return 1
  : >"$tussen"
  for ((i = 0; i < aantal; i++)); do
    jq -j ".x5c[$i]" "$kop" | base64 -d 2>/dev/null | openssl x509 -inform DER -out "$tijdelijk/een.pem" 2>/dev/null || return 1
    if ((i == 0)); then cp "$tijdelijk/een.pem" "$blad"; else cat "$tijdelijk/een.pem" >>"$tussen"; fi
  done
  # Alleen uw eigen ankers tellen, niet die van het besturingssysteem.
  openssl verify -no-CApath -no-CAstore -CAfile "$tijdelijk/ankers-kaarten.pem" -untrusted "$tussen" "$blad" >/dev/null 2>&1 || return 1
  # Eerst alles lezen, dan pas zoeken: wie eerder stopt met lezen, laat openssl struikelen, en dan telt het antwoord niet.
  gebruik=$(openssl x509 -in "$blad" -noout -ext keyUsage 2>/dev/null) || return 1
  [[ $gebruik == *'Digital Signature'* ]] || return 1
  soort=$(openssl x509 -in "$blad" -noout -ext basicConstraints 2>/dev/null) || soort= # zonder deze uitbreiding is het er geen voor een CA
  [[ $soort != *'CA:TRUE'* ]] || return 1
  openssl x509 -in "$blad" -noout -pubkey >"$sleutel" || return 1
  der=$(openssl pkey -pubin -in "$sleutel" -outform DER | xxd -p | tr -d '\n') || return 1
  [[ $der == "${spki_p256}04"* && ${#der} == 182 ]] || return 1
  jws_inhoud "$1" "$sleutel" "$3" || return 1
  oin_regels=$(openssl x509 -in "$blad" -noout -subject -nameopt multiline | sed -n 's/^ *serialNumber *= //p') || return 1
  [[ $oin_regels =~ ^[0-9]{20}$ ]] || return 1
  printf '%s' "$oin_regels" >"$3.oin"
  printf '%s' "$der" | xxd -r -p | digest >"$3.kaartsleutel"
}
