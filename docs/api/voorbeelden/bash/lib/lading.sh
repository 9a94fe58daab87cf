# shellcheck shell=bash
# De lading: opvullen, en nakijken of een age-bestand alleen voor de genoemde personen is.

# opgevuld geeft hoe lang een tekst van n bytes wordt: 4096, en daarboven Padmé. Aan de lengte is dan weinig te zien.
opgevuld() { # n
  local e=0 s=1 masker
  if (($1 <= 4096)); then echo 4096 && return; fi
  while (($1 >> (e + 1))); do ((e += 1)); done
  while ((e >> s)); do ((s += 1)); done # s = ⌊log2 e⌋ + 1
  masker=$(((1 << (e - s)) - 1))
  echo $((($1 + masker) / (masker + 1) * (masker + 1)))
}

# vul_op zet er spaties achter.
vul_op() { # bestand
  local lengte
  lengte=$(stat -c %s "$1")
  printf '%*s' $(($(opgevuld "$lengte") - lengte)) '' >>"$1"
}

# alleen_voor kijkt of een age-bestand precies één slot heeft voor elke genoemde persoon, en alleen post-quantum. Een slot meer is
# iemand die meeleest.
alleen_voor() { # bestand aantal
  local kop
  kop=$(head -c 65536 "$1" | sed '/^---/,$d' | tr -d '\0') || return 1
  [[ $(head -n1 <<<"$kop") == age-encryption.org/v1 ]] || return 1
  [[ $(grep -c '^-> ' <<<"$kop") == "$2" && $(grep -c '^-> mlkem768x25519 ' <<<"$kop") == "$2" ]]
}

# pak_uit leest een ontsleutelde lading: één JSON-object met `kop` als eerste, spaties tot de afgesproken lengte, en verder niets.
# `kop` moet die van de envelop zijn: anders hing iemand de lading van een ander onder een eigen envelop.
pak_uit() { # lading envelop.json uit → 1: heeft niet de afgesproken vorm, 2: hoort bij een ander bericht
  local tekst=$tijdelijk/tekst.json van_lading van_envelop
  sed -z 's/ *$//' "$1" >"$tekst"
  [[ $(tail -c1 "$tekst") == '}' && $(stat -c %s "$1") == "$(opgevuld "$(stat -c %s "$tekst")")" ]] || return 1
  streng "$tekst" || return 1
  jq -e 'type == "object" and keys_unsorted[0] == "kop"' "$tekst" >/dev/null || return 1
  jq .kop "$tekst" >"$tijdelijk/kop-lading.json" || return 1
  jq 'del(.lading, .motivering)' "$2" >"$tijdelijk/kop-envelop.json" || return 1
  van_lading=$(canoniek "$tijdelijk/kop-lading.json") || return 1
  van_envelop=$(canoniek "$tijdelijk/kop-envelop.json") || return 1
  [[ -n $van_envelop && $van_lading == "$van_envelop" ]] || return 2
  jq -c 'del(.kop)' "$tekst" >"$3"
}
