#!/usr/bin/env bash
# Installs what the linters need and Go does not bring: Node.js (Debian's, when there is none) and Spectral (from its lock file).
set -euo pipefail
cd "$(dirname "$0")/spectral"

if ! command -v npm >/dev/null; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "deps: npm is missing; install Node.js 20 or later" >&2
    exit 1
  fi
  apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi

stamp=node_modules/.installed
if [ ! -e "$stamp" ] || [ package-lock.json -nt "$stamp" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch "$stamp"
fi
