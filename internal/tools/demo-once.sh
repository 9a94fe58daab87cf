#!/usr/bin/env bash
# Plays the whole demonstration in a fresh folder, and checks the trail that it left with the independent verifier.
set -euo pipefail
cd "$(dirname "$0")/../.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

./bin/sluis demo --once --dir "$dir/demo"
./bin/sluis trail verify --dir "$dir/demo/gateway"
