#!/usr/bin/env bash
# Holds the OpenAPI document to the ruleset of the NL API Design Rules: no error.
set -euo pipefail
cd "$(dirname "$0")/spectral"
./node_modules/.bin/spectral lint --fail-severity=error --ruleset linter.yaml ../../api/openapi.yaml
