#!/usr/bin/env bash
# Fuzzes every parser of foreign input, one after another, for the given time each. A finding fails, with all that go test said,
# and is kept by go test in the package's testdata/fuzz, to be committed as a seed.
#
# Go's fuzzer may end a clean run with a bare "context deadline exceeded": a race in its coordinator when the time is up
# (go.dev/issue/75804), which a busy machine loses now and then. That, and only that, with no input written, is not a finding.
# What it found until then has been run; the target is still fuzzed once more, because a run that ended badly proves nothing.
#
# Making an input that only reaches new code shorter is worth ten tries, not the 60 seconds that go test gives it: with those, a
# target whose signatures differ from run to run was run 9 times in 15 seconds, and now thousands of times.
set -euo pipefail
cd "$(dirname "$0")/../.."
time=${1:?usage: fuzz.sh DURATION}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# ended_by_the_clock says whether the log holds nothing but the race: the one line that names it, and no sign of an input.
ended_by_the_clock() {
  grep -qE '^ +context deadline exceeded$' "$log" &&
    ! grep -qE 'Failing input written|panic:|hung or terminated|_test\.go:[0-9]+:|found while' "$log"
}

run() {
  go test -run '^$' -fuzz "^$1\$" -fuzztime "$time" -fuzzminimizetime 10x "./$2" >"$log" 2>&1
}

count=0
while IFS=: read -r file name; do
  dir=$(dirname "$file")
  echo "fuzz $name in $dir for $time"
  if ! run "$name" "$dir"; then
    if ended_by_the_clock && { echo "fuzz: stopped by the clock without an input; once more"; run "$name" "$dir" || ended_by_the_clock; }; then
      :
    else
      cat "$log"
      echo "fuzz: $name in $dir has a finding" >&2
      exit 1
    fi
  fi
  grep -E 'elapsed: .*(workers|execs)|^ok' "$log" | tail -n 2
  count=$((count + 1))
done < <(grep -rHoE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' internal cmd | sed 's/func //' | sort)
[ "$count" -gt 0 ] || { echo "fuzz: no targets found" >&2; exit 1; }
echo "fuzz: $count targets, no finding"
