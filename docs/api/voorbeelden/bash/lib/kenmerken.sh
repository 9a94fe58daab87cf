# shellcheck shell=bash
# Zoekkenmerken van personen (`betrokkenen`), onder de zoeksleutel van uw eigen partij.

# hmac_sha256 is RFC 2104. `openssl dgst -hmac` en `openssl mac` willen de sleutel op de opdrachtregel, waar iedereen hem kan lezen;
# hier gaat hij door een pijp. De sleutel (hex, hoogstens 64 bytes) komt uit $zoeksleutel_hex; de tekst komt van stdin.
hmac_sha256() {
  local i binnen='' buiten='' vol=$zoeksleutel_hex
  while ((${#vol} < 128)); do vol+=00; done
  for ((i = 0; i < 128; i += 2)); do
    printf -v binnen '%s%02x' "$binnen" $((16#${vol:i:2} ^ 0x36))
    printf -v buiten '%s%02x' "$buiten" $((16#${vol:i:2} ^ 0x5c))
  done
  { printf '%s' "$buiten" | xxd -r -p && { printf '%s' "$binnen" | xxd -r -p && cat; } | openssl dgst -sha256 -binary; } | openssl dgst -sha256 -binary
}

# naam_jq brengt een naam terug tot a–z: NFKD, zonder tekens boven en onder letters, kleine letters. jq kent geen NFKD, dus staan
# de letters hier. Een letter die hier niet staat, geeft een fout: liever geen kenmerk dan een verkeerd.
naam_jq='
  def letters: {"àáâãäåāăą": "a", "çćčċ": "c", "ďḍ": "d", "èéêëēĕėęě": "e", "ğģġ": "g", "ìíîïĩīĭįİ": "i", "ĳĲ": "ij", "ķ": "k", "ĺļľ": "l",
    "ñńņň": "n", "òóôõöōŏő": "o", "ŕŗř": "r", "śŝşšș": "s", "ţťț": "t", "ùúûüũūŭůűų": "u", "ýÿŷ": "y", "źżž": "z",
    "ÀÁÂÃÄÅĀĂĄ": "a", "ÇĆČĊ": "c", "ĎḌ": "d", "ÈÉÊËĒĔĖĘĚ": "e", "ĞĢĠ": "g", "ÌÍÎÏĨĪĬĮ": "i", "Ķ": "k", "ĹĻĽ": "l", "ÑŃŅŇ": "n",
    "ÒÓÔÕÖŌŎŐ": "o", "ŔŖŘ": "r", "ŚŜŞŠȘ": "s", "ŢŤȚ": "t", "ÙÚÛÜŨŪŬŮŰŲ": "u", "ÝŸŶ": "y", "ŹŻŽ": "z", "ßøæœđðþłıØÆŒĐÐÞŁ": ""};
  def tabel: reduce (letters | to_entries[]) as $e ({}; reduce ($e.key | explode[] | [.] | implode) as $l (.; .[$l] = $e.value));
  def kaal: tabel as $tabel | [explode[] | [.] as $c | ($c | implode) as $l
    | if . >= 97 and . <= 122 then $l elif . >= 65 and . <= 90 then [. + 32] | implode
      elif . < 128 or (. >= 768 and . <= 879) or . == 8217 then "" elif $tabel | has($l) then $tabel[$l] else error("letter") end] | join("");'

# kenmerken geeft de kenmerken van iedereen in een inhoud als JSON-lijst: elk object met een bsn, of met naam en geboortedatum.
kenmerken() { # inhoud.json berichtnummer
  local soort een twee
  zoeksleutel_hex=$(hex32 "$(tr -d '\n' <"$profiel/zoeksleutel")") || fout "zoeksleutel is geen 32 bytes in base64url"
  jq -r "$naam_jq"' [.. | objects
      | (select(.bsn | type == "string") | ["bsn", .bsn, ""]),
        (select((.naam | type == "string") and (.geboortedatum | type == "string")) | ["naam", (.naam | kaal), .geboortedatum])]
    | unique[] | @tsv' "$1" >"$tijdelijk/personen" 2>/dev/null || fout "een naam heeft een letter waarvan dit voorbeeld geen a tot en met z kan maken"
  while IFS=$'\t' read -r soort een twee; do
    case $soort in
    bsn) printf '%s\0bsn\0%s' "$2" "$een" ;;
    naam) printf '%s\0naam\0%s\0%s' "$2" "$een" "$twee" ;;
    esac | hmac_sha256 | naar_b64url
    echo
  done <"$tijdelijk/personen" | jq -R . | jq -s -c .
}
