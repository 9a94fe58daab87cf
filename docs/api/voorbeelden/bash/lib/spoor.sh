# shellcheck shell=bash
# Is het auditspoor nog het spoor dat u eerder zag? Het profiel bewaart het grootste controlepunt dat u zag. Een nieuw controlepunt
# moet daarop voortbouwen. Dat blijkt uit de tegels (C2SP tlog-tiles), waaruit beide wortels moeten volgen.

# tegel_regel geeft één hash uit een tegel: van niveau L (steeds 8 hoger in de boom) het nummer i.
tegel_regel() { # niveau nummer omvang
  local nummer=$(($2 / 256)) breedte=$((($3 >> (8 * $1)) - $2 / 256 * 256)) pad bestand
  pad=$(printf '%03d' $((nummer % 1000)))
  while ((nummer >= 1000)); do
    nummer=$((nummer / 1000))
    pad=$(printf 'x%03d/%s' $((nummer % 1000)) "$pad")
  done
  if ((breedte < 256)); then pad+=.p/$breedte; fi
  bestand=$tijdelijk/tegel-$1-${pad//\//_}
  [[ -s $bestand ]] || vraag "/log/tile/$1/$pad" "$bestand" -H 'Accept: application/octet-stream'
  xxd -p -s $(($2 % 256 * 32)) -l 32 "$bestand" | tr -d '\n'
}

# stuk geeft de hash van een volledig stuk van 2^k bladeren dat begint bij LAAG.
stuk() { # laag k omvang
  local i aantal=$((1 << $2 % 8)) hashes=() volgende niveau=$(($2 / 8))
  for ((i = 0; i < aantal; i++)); do hashes+=("$(tegel_regel $niveau $((($1 >> (8 * niveau)) + i)) "$3")"); done
  while ((${#hashes[@]} > 1)); do
    volgende=()
    for ((i = 0; i < ${#hashes[@]}; i += 2)); do volgende+=("$(knoop "${hashes[i]}" "${hashes[i + 1]}")"); done
    hashes=("${volgende[@]}")
  done
  printf '%s' "${hashes[0]}"
}

# wortels rekent over de bladeren [laag, hoog) twee hashes uit: in de oude boom (de eerste KLEIN bladeren) en in de nieuwe. Wat
# helemaal in de oude boom zit, telt in beide: zo bewijst de uitkomst dat de oude boom een begin is van de nieuwe.
wortels() { # laag hoog klein omvang → "oud nieuw", oud is - als er niets van in de oude boom zit
  local laag=$1 hoog=$2 k=0 links rechts oud=-
  while ((1 << (k + 1) < hoog - laag)); do ((k += 1)); done # 2^k is de grootste macht van twee kleiner dan de lengte
  if ((hoog - laag == 1)); then
    links=$(stuk "$laag" 0 "$4")
    if ((laag < $3)); then oud=$links; fi
    echo "$oud $links"
    return
  fi
  if ((hoog - laag == 1 << (k + 1) && ($3 <= laag || $3 >= hoog))); then
    links=$(stuk "$laag" $((k + 1)) "$4")
    if (($3 >= hoog)); then oud=$links; fi
    echo "$oud $links"
    return
  fi
  links=$(wortels "$laag" $((laag + (1 << k))) "$3" "$4")
  rechts=$(wortels $((laag + (1 << k))) "$hoog" "$3" "$4")
  if [[ ${rechts% *} != - ]]; then oud=$(knoop "${links% *}" "${rechts% *}"); else oud=${links% *}; fi
  echo "$oud $(knoop "${links#* }" "${rechts#* }")"
}

bouwt_voort() { # grote omvang, grote wortel, kleine omvang, kleine wortel
  (($3 > 0)) || return 0
  if (($1 == $3)); then [[ $2 == "$4" ]] && return 0 || return 1; fi
  [[ $(wortels 0 "$1" "$3" "$1") == "$4 $2" ]]
}

# volg vergelijkt een gecontroleerd controlepunt met het bewaarde, en bewaart het grootste.
volg() { # bestand omvang wortel
  local nieuw_omvang=$2 nieuw_wortel=$3 omvang wortel bewaard=$profiel/controlepunt goed=ja
  exec 8>"$profiel/.slot"
  flock 8
  if [[ -e $bewaard ]]; then
    controlepunt_van "$bewaard" || goed=
    if [[ $goed == ja ]] && ((nieuw_omvang <= omvang)); then
      bouwt_voort "$omvang" "$wortel" "$nieuw_omvang" "$nieuw_wortel" || goed=
      exec 8>&-
      [[ $goed == ja ]] || fout "het auditspoor is niet meer het spoor dat u eerder zag. Gebruik deze sluis niet verder; waarschuw de privacyfunctionaris"
      return 0
    fi
    [[ $goed == ja ]] && { bouwt_voort "$nieuw_omvang" "$nieuw_wortel" "$omvang" "$wortel" || goed=; }
  fi
  if [[ $goed == ja ]]; then cp "$1" "$bewaard.nieuw" && mv "$bewaard.nieuw" "$bewaard"; fi
  exec 8>&-
  [[ $goed == ja ]] || fout "het auditspoor is niet meer het spoor dat u eerder zag. Gebruik deze sluis niet verder; waarschuw de privacyfunctionaris"
}
