# shellcheck shell=bash
# Het convenant, en het woord van uw eigen organisatie erover: daarop rust al het vertrouwen in sleutels.

# van_een_ander zegt of een ondertekening volgens haar eigen certificaat van een andere partij is. Dat scheelt rekenwerk, en meer niet:
# wat overblijft, wordt helemaal gecontroleerd.
van_een_ander() { # jws
  local onderwerp
  onderwerp=$(van_b64url "$(cut -d. -f1 "$1")" | jq -j '.x5c[0]' | base64 -d 2>/dev/null | openssl x509 -inform DER -noout -subject 2>/dev/null) || return 0
  [[ $onderwerp != *"$oin"* ]]
}

# eigen_woord zoekt tussen de ondertekeningen die van uw eigen organisatie over precies dit convenant. Vreemde en valse tellen niet.
# Geeft per ondertekening een regel "<seconden> <besluit>", in volgorde van binnenkomst.
eigen_woord() { # ondertekeningen.json digest id versie
  local jws inhoud=$tijdelijk/ondertekening.json tijd
  jq -r '.ondertekeningen[]' "$1" >"$tijdelijk/ondertekeningen.txt"
  while read -r jws; do
    printf '%s' "$jws" >"$tijdelijk/ondertekening.jws"
    van_een_ander "$tijdelijk/ondertekening.jws" && continue
    partij_inhoud "$tijdelijk/ondertekening.jws" ondertekening+jws "$inhoud" || continue
    [[ $(<"$inhoud.oin") == "$oin" ]] || continue
    grep -qxF -- "$(<"$inhoud.kaartsleutel")" "$profiel/kaartsleutel" || continue # de sleutel die uw partijbeheerder u gaf
    jq -e --arg id "$3" --argjson versie "$4" --arg digest "$2" \
      'keys == ["besluit", "convenant", "digest", "tijd", "versie"] and .convenant == $id and .versie == $versie and .digest == $digest
       and (.besluit == "akkoord" or .besluit == "afgewezen" or .besluit == "ingetrokken")' "$inhoud" >/dev/null || continue
    tijd=$(jq -r .tijd "$inhoud")
    dag "$tijd" >/dev/null || continue
    printf '%s %s\n' "$(date -d "$tijd" +%s)" "$(jq -r .besluit "$inhoud")"
  done <"$tijdelijk/ondertekeningen.txt"
}

# haal_convenant zet een convenant dat uw eigen organisatie ondertekende in een bestand. Het laatste woord moet akkoord zijn: het
# laatste naar de tijd die ondertekend is, én het laatste dat binnenkwam. Een nee telt dus altijd, welke klok het ook schreef.
haal_convenant() { # id versie uit
  [[ $1 =~ ^[a-z0-9-]{1,64}$ && $2 =~ ^[1-9][0-9]{0,3}$ ]] || fout "het convenant heeft geen geldige naam of versie"
  local pad=/v1/convenanten/$1/versies/$2 woorden
  vraag "$pad" "$3" -H 'Accept: application/json'
  vraag "$pad/ondertekeningen" "$tijdelijk/ondertekeningen.json"
  streng "$3" || fout "het convenant is geen geldige JSON"
  jq -e --arg id "$1" --argjson versie "$2" '.convenant == $id and .versie == $versie' "$3" >/dev/null || fout "de sluis geeft een ander convenant dan gevraagd"
  # De digest gaat over precies de bytes die de sluis gaf: één teken anders, en geen ondertekening past nog.
  woorden=$(eigen_woord "$tijdelijk/ondertekeningen.json" "$(digest <"$3")" "$1" "$2") || fout "de ondertekeningen zijn niet te lezen"
  [[ -n $woorden ]] || fout "uw organisatie heeft dit convenant, zoals de sluis het geeft, niet ondertekend"
  [[ $(tail -n1 <<<"$woorden") == *' akkoord' ]] || fout "uw organisatie heeft dit convenant afgewezen of ingetrokken"
  # Bij gelijke tijd gaat het nee voor: akkoord sorteert als 0, vóór de andere als 1.
  [[ $(sed 's/ akkoord$/ 0/; s/ [a-z]*$/ 1/' <<<"$woorden" | sort -k1,1n -k2,2n | tail -n1) == *' 0' ]] || fout "uw organisatie heeft dit convenant afgewezen of ingetrokken"
}
