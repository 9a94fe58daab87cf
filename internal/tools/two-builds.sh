#!/usr/bin/env bash
# Builds the binary twice, from two folders, and compares: what is published can be rebuilt by anybody, bit for bit.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

git archive --format=tar HEAD | (mkdir "$work/copy" && tar -x -C "$work/copy")
(cd "$work/copy" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$work/b" ./cmd/sluis)
git archive --format=tar HEAD | (mkdir -p "$work/else/where" && tar -x -C "$work/else/where")
(cd "$work/else/where" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$work/a" ./cmd/sluis)
cmp "$work/a" "$work/b"
echo "two builds: the same $(stat -c %s "$work/a") bytes, sha256 $(sha256sum "$work/a" | cut -c1-16)…"
