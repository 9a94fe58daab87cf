#!/usr/bin/env bash
# Installs what tests and linters need and Go does not bring: a C compiler for the race detector, Node.js, PostgreSQL, and what the
# example in bash calls (Debian's, where there is none); then, from their lock files, Spectral and what the example in TypeScript uses, and the
# age command, which knows post-quantum keys while Debian's does not.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
command -v gcc >/dev/null || missing+=(gcc libc6-dev)
command -v npm >/dev/null || missing+=(nodejs npm)
for command in curl jq openssl xxd; do
  command -v "$command" >/dev/null || missing+=("$command")
done
servers=(/usr/lib/postgresql/*/bin/initdb)
[ -e "${servers[0]}" ] || missing+=(postgresql)
[ -e /usr/share/zoneinfo/Europe/Amsterdam ] || missing+=(tzdata)
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "deps: missing: ${missing[*]}; install them and try again" >&2
    exit 1
  fi
  # A network that is away for a moment, or another program that installs, is no reason to give up.
  apt() { apt-get -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300 "$@"; }
  apt update -qq
  if [[ " ${missing[*]} " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    # Debian's package makes a cluster and starts it. The tests make their own and end them: no server is left behind.
    apt install -y -qq --no-install-recommends postgresql-common >/dev/null
    echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf
  fi
  apt install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# packages installs what a package-lock.json names, when it was changed since.
packages() {
  local stamp=$1/node_modules/.installed
  if [ ! -e "$stamp" ] || [ "$1/package-lock.json" -nt "$stamp" ]; then
    (cd "$1" && npm ci --fetch-retries=5 --ignore-scripts --no-audit --no-fund --loglevel=error)
    touch "$stamp"
  fi
}
packages internal/tools/spectral
packages docs/api/voorbeelden/typescript
go tool -n -modfile=internal/tools/go.mod age >/dev/null # builds it, so that no test has to wait for that
