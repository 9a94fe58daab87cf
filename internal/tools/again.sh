#!/usr/bin/env bash
# Runs a command that fetches something up to three times: a network may be away for a moment.
set -euo pipefail
for pause in 5 20; do
  if "$@"; then exit 0; fi
  echo "deps: trying again in $pause seconds: $*" >&2
  sleep "$pause"
done
exec "$@"
