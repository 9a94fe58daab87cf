# shellcheck shell=bash
# Het begin van elk script: streng, met een eigen tijdelijke map die altijd weer weggaat.
# Geheimen gaan via bestanden en pijpen, nooit via de opdrachtregel: die kan iedereen op de machine lezen.
set -euo pipefail
shopt -s inherit_errexit nullglob
umask 077
export LC_ALL=C

AGE=${AGE:-age} # versie 1.3 of nieuwer; 1.1 kent de post-quantumsleutels (age1pq1…) niet

tijdelijk=$(mktemp -d)
trap 'rm -rf -- "$tijdelijk"' EXIT
trap 'exit 1' INT TERM HUP

# fout zegt wat er mis is en stopt. Zet er nooit iets uit een bericht of een sleutel in.
fout() {
  printf 'sluis: %s\n' "$*" >&2
  exit 1
}

for nodig in basenc curl date flock jq openssl stat xxd "$AGE"; do
  command -v "$nodig" >/dev/null || fout "$nodig ontbreekt; installeer het eerst"
done
[[ $(TZ=Europe/Amsterdam date -d 2026-07-01T00:00:00Z +%H) == 02 ]] || fout "de tijdzone van Nederland ontbreekt; installeer tzdata"

sha256_hex() { openssl dgst -sha256 -binary | xxd -p | tr -d '\n'; }

# digest geeft de vorm van Sluis: sha-256=:base64:
digest() { printf 'sha-256=:%s:' "$(openssl dgst -sha256 -binary | base64 -w0)"; }

naar_b64url() { basenc --base64url -w0 | tr -d '='; }

van_b64url() { # tekst
  local tekst=$1
  [[ $tekst =~ ^[A-Za-z0-9_-]*$ ]] || return 1
  case $((${#tekst} % 4)) in 1) return 1 ;; 2) tekst+='==' ;; 3) tekst+='=' ;; esac
  printf '%s' "$tekst" | basenc --base64url -d
}

# dag geeft de datum in Nederland van een tijdstip volgens RFC 3339: de geldigheid van kaarten telt in Nederlandse dagen.
dag() { # tijd
  [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$ ]] || return 1
  TZ=Europe/Amsterdam date -d "$1" +%F
}
