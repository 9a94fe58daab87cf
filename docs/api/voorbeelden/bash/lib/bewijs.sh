# shellcheck shell=bash
# Het ontvangstbewijs: staat deze auditregel in het auditspoor? RFC 6962 voor de boom, C2SP tlog-proof, checkpoint en signed-note
# voor de vorm. Hashes zijn hier hex.

knoop() { printf '01%s%s' "$1" "$2" | xxd -r -p | sha256_hex; } # links rechts

hex_van_base64() { # tekst; precies 32 bytes
  local hex
  hex=$(printf '%s' "$1" | base64 -d 2>/dev/null | xxd -p | tr -d '\n') || return 1
  [[ ${#hex} == 64 ]] || return 1
  printf '%s' "$hex"
}

# controlepunt_van controleert een controlepunt (C2SP checkpoint) met de sleutel uit log.vkey, en zet grootte en wortel in
# $omvang en $wortel. Ed25519; de sleutel hoort bij de herkomst, zodat een controlepunt van een ander spoor niets bewijst.
controlepunt_van() { # bestand
  local regels naam sleutel sleutelhash handtekening regel hex goed=
  mapfile -t regels <"$1"
  [[ ${#regels[@]} -ge 5 && ${regels[0]} == "$herkomst" && ${regels[1]} =~ ^(0|[1-9][0-9]{0,14})$ && -z ${regels[3]} ]] || return 1
  omvang=${regels[1]}
  wortel=$(hex_van_base64 "${regels[2]}") || return 1
  printf '%s\n' "${regels[@]:0:3}" >"$tijdelijk/spoor.tekst"
  while IFS=+ read -r naam sleutelhash sleutel; do
    [[ $naam == "$herkomst" ]] || continue
    hex=$(printf '%s' "$sleutel" | base64 -d 2>/dev/null | xxd -p | tr -d '\n') || continue
    [[ ${#hex} == 66 && $hex == 01* ]] || continue # 01: Ed25519
    als_pem 'PUBLIC KEY' "302a300506032b6570032100${hex:2}" >"$tijdelijk/spoor.pem"
    for regel in "${regels[@]:4}"; do
      [[ $regel == "— $herkomst "* ]] || continue # anderen (getuigen) mogen er ook onder staan
      handtekening=$(printf '%s' "${regel##* }" | base64 -d 2>/dev/null | xxd -p | tr -d '\n') || continue
      [[ ${#handtekening} == 136 && ${handtekening:0:8} == "$sleutelhash" ]] || continue
      printf '%s' "${handtekening:8}" | xxd -r -p >"$tijdelijk/spoor.hand"
      openssl pkeyutl -verify -pubin -inkey "$tijdelijk/spoor.pem" -rawin -in "$tijdelijk/spoor.tekst" -sigfile "$tijdelijk/spoor.hand" >/dev/null 2>&1 && goed=ja
    done
  done <"$profiel/log.vkey"
  [[ $goed == ja ]]
}

# bewezen rekent van een blad naar de wortel (RFC 9162, 2.1.3.2) en vergelijkt.
bewezen() { # blad nr omvang wortel hash…
  local hash=$1 fn=$2 sn=$(($3 - 1)) doel=$4 buur
  shift 4
  ((fn <= sn)) || return 1
  for buur in "$@"; do
    ((sn > 0)) || return 1
    if ((fn % 2 == 1 || fn == sn)); then
      hash=$(knoop "$buur" "$hash")
      while ((fn % 2 == 0 && fn != 0)); do ((fn >>= 1, sn >>= 1)) || true; done
    else
      hash=$(knoop "$hash" "$buur")
    fi
    ((fn >>= 1, sn >>= 1)) || true
  done
  [[ $sn == 0 && $hash == "$doel" ]]
}

# controleer_ontvangst wil een bestand met {"auditregel", "bewijs"} en zet de auditregel die bewezen is in UIT. Waar de regel over
# gaat, controleert wie dit aanroept.
controleer_ontvangst() { # ontvangst.json uit
  local regels blad nr i hashes=() omvang wortel
  jq -e 'type == "object" and keys == ["auditregel", "bewijs"]' "$1" >/dev/null || return 1
  jq -j .bewijs "$1" >"$tijdelijk/bewijs"
  jq .auditregel "$1" >"$2"
  # Het blad gaat over de RFC 8785-vorm van de regel zoals hij kwam: geen sleutel erbij of eraf.
  blad=$({ printf '\0' && canoniek "$2"; } | sha256_hex) || return 1
  nr=$(jq .nr "$2") || return 1
  [[ $nr =~ ^(0|[1-9][0-9]{0,14})$ ]] || return 1
  mapfile -t regels <"$tijdelijk/bewijs"
  [[ ${#regels[@]} -le 80 && ${regels[0]:-} == c2sp.org/tlog-proof@v1 && ${regels[1]:-} == "index $nr" ]] || return 1
  for ((i = 2; i < ${#regels[@]}; i++)); do
    [[ -n ${regels[i]} ]] || break
    hashes+=("$(hex_van_base64 "${regels[i]}")") || return 1
  done
  printf '%s\n' "${regels[@]:i+1}" >"$tijdelijk/controlepunt"
  controlepunt_van "$tijdelijk/controlepunt" || return 1
  bewezen "$blad" "$nr" "$omvang" "$wortel" "${hashes[@]}" || return 1
  volg "$tijdelijk/controlepunt" "$omvang" "$wortel"
}
