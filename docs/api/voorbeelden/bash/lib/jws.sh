# shellcheck shell=bash
# Compacte JWS met ES256. openssl wil sleutels als PEM en handtekeningen als DER; JOSE heeft JWK en r‖s.

# hex32 geeft een base64url-getal van 32 bytes als hex.
hex32() { # base64url
  local hex
  hex=$(van_b64url "$1" | xxd -p | tr -d '\n') || return 1
  [[ ${#hex} == 64 ]] || return 1
  printf '%s' "$hex"
}

als_pem() { # soort sleutel, hex van de DER
  printf -- '-----BEGIN %s-----\n' "$1"
  printf '%s' "$2" | xxd -r -p | base64 -w64
  printf -- '-----END %s-----\n' "$1"
}

spki_p256=3059301306072a8648ce3d020106082a8648ce3d030107034200 # RFC 5480: alles voor het punt 04‖x‖y

# publiek_pem maakt van een publieke JWK (bestand) een PEM-sleutel.
publiek_pem() { # bestand
  local x y
  jq -e '.kty == "EC" and .crv == "P-256" and (has("d") | not)' "$1" >/dev/null || return 1
  x=$(hex32 "$(jq -r .x "$1")") || return 1
  y=$(hex32 "$(jq -r .y "$1")") || return 1
  als_pem 'PUBLIC KEY' "${spki_p256}04$x$y"
}

# prive_pem maakt van een private JWK (bestand) een PEM-sleutel volgens RFC 5915.
prive_pem() { # bestand
  local d x y
  jq -e '.kty == "EC" and .crv == "P-256"' "$1" >/dev/null || return 1
  d=$(hex32 "$(jq -r .d "$1")") || return 1
  x=$(hex32 "$(jq -r .x "$1")") || return 1
  y=$(hex32 "$(jq -r .y "$1")") || return 1
  als_pem 'EC PRIVATE KEY' "30770201010420${d}a00a06082a8648ce3d030107a1440342""0004$x$y"
}

# duimafdruk geeft de `kid` van een JWK: RFC 7638 over precies deze vier velden in deze volgorde.
duimafdruk() { # bestand
  jq -j '"{\"crv\":\"\(.crv)\",\"kty\":\"\(.kty)\",\"x\":\"\(.x)\",\"y\":\"\(.y)\"}"' "$1" | openssl dgst -sha256 -binary | naar_b64url
}

# teken maakt van de inhoud op stdin een JWS met de sleutel van het profiel.
teken() { # typ
  local kop inhoud rs
  kop=$(printf '{"alg":"ES256","typ":"%s","kid":"%s"}' "$1" "$kid" | naar_b64url)
  inhoud=$(naar_b64url)
  printf '%s.%s' "$kop" "$inhoud" >"$tijdelijk/te-tekenen"
  openssl dgst -sha256 -sign "$tijdelijk/sleutel.pem" -out "$tijdelijk/handtekening.der" "$tijdelijk/te-tekenen"
  rs=$(openssl asn1parse -inform DER -in "$tijdelijk/handtekening.der" | sed -n 's/.*INTEGER *://p' | while read -r getal; do
    printf '%64s' "$getal" | tr ' ' 0
  done)
  [[ ${#rs} == 128 ]] || fout "ondertekenen lukt niet"
  printf '%s.%s.%s' "$kop" "$inhoud" "$(printf '%s' "$rs" | xxd -r -p | naar_b64url)"
}

# der_getal geeft een getal van 32 bytes (hex) als DER INTEGER.
der_getal() {
  local n=$1
  while [[ ${#n} -gt 2 && $n == 00* ]]; do n=${n:2}; done
  if [[ $n == [89abcdef]* ]]; then n=00$n; fi
  printf '02%02x%s' $((${#n} / 2)) "$n"
}

# jws_kop zet de header van een JWS (bestand) in een bestand en controleert hem: precies alg, typ en kid, of alg, typ en x5c.
jws_kop() { # jws typ kid|x5c uit
  [[ $(<"$1") =~ ^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$ ]] || return 1
  van_b64url "$(cut -d. -f1 "$1")" >"$4" || return 1
  streng "$4" || return 1
  jq -e --arg typ "$2" --arg derde "$3" '(keys == (["alg", "typ", $derde] | sort)) and .alg == "ES256" and .typ == $typ' "$4" >/dev/null
}

# jws_inhoud controleert de handtekening met een publieke sleutel (PEM) en geeft dan pas de inhoud. Roep eerst jws_kop aan.
jws_inhoud() { # jws pem uit
  local hex r s
  hex=$(van_b64url "$(cut -d. -f3 "$1")" | xxd -p | tr -d '\n') || return 1
  [[ ${#hex} == 128 ]] || return 1
  r=$(der_getal "${hex:0:64}") && s=$(der_getal "${hex:64}") || return 1
  printf '30%02x%s%s' $(((${#r} + ${#s}) / 2)) "$r" "$s" | xxd -r -p >"$tijdelijk/te-controleren.der" || return 1
  cut -d. -f1,2 "$1" | tr -d '\n' >"$tijdelijk/te-controleren" || return 1
  openssl dgst -sha256 -verify "$2" -signature "$tijdelijk/te-controleren.der" "$tijdelijk/te-controleren" >/dev/null 2>&1 || return 1
  van_b64url "$(cut -d. -f2 "$1")" >"$3" || return 1
  streng "$3"
}
