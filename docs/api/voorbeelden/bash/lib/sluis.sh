# shellcheck shell=bash
# Vragen aan de sluis: TLS met het clientcertificaat van de partij, en een token van de deelnemer.

# Het token staat in een bestand dat curl leest (-H @bestand): op de opdrachtregel zou iedereen op de machine het zien.
if [[ ! -s ${SLUIS_TOKENKOP:-} ]]; then
  token=$("${BASH_SOURCE[0]%/*}/../token.sh" "$profiel")
  SLUIS_TOKENKOP=$tijdelijk/token.kop
  printf 'Authorization: Bearer %s\n' "$token" >"$SLUIS_TOKENKOP"
  unset token
  export SLUIS_TOKENKOP # de andere scripts van deze run mogen het ook gebruiken
fi

# vraag haalt of stuurt iets en zet het antwoord in een bestand. Geen -L: een omleiding zou uw token of een lading elders brengen.
# Herhalen mag: dezelfde envelop en dezelfde bevestiging geven hetzelfde antwoord.
vraag() { # pad uit [opties van curl]
  local pad=$1 uit=$2 code
  shift 2
  code=$(curl --silent --show-error --proto '=https' --tlsv1.2 --cacert "$tijdelijk/ankers-tls.pem" --cert "$profiel/tls.crt" --key "$profiel/tls.key" \
    --max-time 60 --max-filesize 40000000 --retry 2 --retry-connrefused -H "@$SLUIS_TOKENKOP" -o "$uit" -w '%{http_code}' "$@" "$url$pad") ||
    fout "de sluis is niet bereikbaar, of is niet de sluis van uw profiel"
  case $code in
  200 | 201) return 0 ;;
  esac
  # De sluis zegt in gewone taal wat er mis is, en noemt geen persoonsgegevens. Stuurtekens gaan eruit: zij kunnen een scherm sturen.
  { jq -r '.type, .title, .detail, (.fouten[]? | "- \(.plaats): \(.melding)"), (.redenen[]? | "- \(.tekst) \(.advies // "")") | tostring' "$uit" 2>/dev/null ||
    echo "antwoord $code"; } | tr -d '\000-\010\013-\037\177' >&2
  fout "de sluis weigert dit ($code)"
}
