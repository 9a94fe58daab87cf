#!/usr/bin/env bash
# Runs every property test with many more cases than `make test` does. SLUIS_CASES sets how many for what a flow allows, in process and over HTTP; the others get
# a quarter.
set -euo pipefail
cd "$(dirname "$0")/../.."
cases=${SLUIS_CASES:-20000}

mapfile -t packages < <(grep -rl 'pgregory.net/rapid' --include='*_test.go' internal | xargs -n1 dirname | sort -u)
[ "${#packages[@]}" -gt 0 ] || { echo "properties: no package has property tests" >&2; exit 1; }
for package in "${packages[@]}"; do
  checks=$((cases / 4))
  [ "$package" = internal/advice ] && checks=$cases
  SLUIS_CASES=$cases go test -count=1 -timeout 90m "./$package" -rapid.checks="$checks"
done
