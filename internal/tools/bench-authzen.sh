#!/usr/bin/env bash
# Asks one question of Sluis and of `opa run --server` (of internal/tools/go.mod), in turns on this machine, and tells how many
# requests a second each answers. Sluis asks who is calling, over mutual TLS and with a token; opa does not.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
go build -modfile=internal/tools/go.mod -o "$place/opa" github.com/open-policy-agent/opa
SLUIS_OPA="$place/opa" go test -run '^$' -bench EvaluationBesideOPA -benchtime 1x ./internal/gateway
