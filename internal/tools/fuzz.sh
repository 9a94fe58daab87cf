#!/usr/bin/env bash
# Fuzzes every parser of foreign input for the given time each, two at once with a worker each. A finding fails, with all that go test said,
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

# ended_by_the_clock says whether the log holds nothing but the race: the one line that names it, and no sign of an input.
ended_by_the_clock() {
  grep -qE '^ +context deadline exceeded$' "$1" &&
    ! grep -qE 'Failing input written|panic:|hung or terminated|_test\.go:[0-9]+:|found while' "$1"
}

run() { # name dir log
  go test -run '^$' -fuzz "^$1\$" -fuzztime "$time" -fuzzminimizetime 10x -parallel 1 "./$2" >"$3" 2>&1
}

# fuzz runs one target, given as file:name, and says what came of it in one piece.
fuzz() {
  local name=${1#*:} dir log
  dir=$(dirname "${1%%:*}")
  log=$(mktemp)
  if ! run "$name" "$dir" "$log"; then
    if ended_by_the_clock "$log" && { run "$name" "$dir" "$log" || ended_by_the_clock "$log"; }; then
      :
    else
      cat "$log"
      echo "fuzz: $name in $dir has a finding" >&2
      rm -f "$log"
      return 255 # xargs takes no other target
    fi
  fi
  echo "fuzz $name in $dir for $time: $(grep -E '^ok' "$log" || echo stopped by the clock without an input)"
  rm -f "$log"
}
export -f ended_by_the_clock run fuzz
export time

targets=$(grep -rHoE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' internal cmd | sed 's/func //' | sort)
[ -n "$targets" ] || { echo "fuzz: no targets found" >&2; exit 1; }
xargs -P 2 -I{} bash -euo pipefail -c 'fuzz {}' <<<"$targets"
echo "fuzz: $(wc -l <<<"$targets") targets, no finding"
