#!/usr/bin/env bash
# Fuzzes every parser of foreign input, one after another, for the given time each. A finding fails and is kept by go test in
# the package's testdata/fuzz, to be committed as a seed.
set -euo pipefail
cd "$(dirname "$0")/../.."
time=${1:?usage: fuzz.sh DURATION}

count=0
while IFS=: read -r file name; do
  echo "fuzz $name in $(dirname "$file") for $time"
  go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" "./$(dirname "$file")" | grep -E 'elapsed: .*(workers|execs)|^(ok|FAIL|---)' | tail -n 2
  count=$((count + 1))
done < <(grep -rHoE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' internal cmd | sed 's/func //' | sort)
[ "$count" -gt 0 ] || { echo "fuzz: no targets found" >&2; exit 1; }
echo "fuzz: $count targets, no finding"
