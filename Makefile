# The commands of this project. `make run` needs Go and nothing else; `make test` fetches what it needs by itself.
SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS   += --no-print-directory
.DEFAULT_GOAL := build

GO        ?= go
BUILD     := $(GO) build -trimpath -buildvcs=false
TOOL      := $(GO) tool -modfile=internal/tools/go.mod
REGAL     := $(GO) tool -modfile=internal/tools/regal/go.mod regal
RACE      := ./internal/audit/... ./internal/store/conformance ./internal/store/daykey ./internal/store/postgres/... ./internal/store/sqlite
# Of the tests of relay, those in which several things happen at once; all of them in `make verify`. SQLite is slow under the race detector.
AT_ONCE   := AtOnce|WhenTheLastOfAll|AfterAWithdrawal|HangsUp|WhileItIsErased|DuringAnUpload
# In these nothing of ours runs at the same time: the race detector would look for nothing. They run without it.
ALONE     := ManyRecords|BatchesMean|WaitsForA(Reader|nother)|WhatIsLeftOf|ReadsWhatOnlyGrows|ServerThatDoesNotKeep|ServerProves|ThatAnAdministrator|PrunedTrail
SMALL_DISKS := $(shell test "$$(id -u)" = 0 && echo 3 || echo 0) # only root can mount one
export CGO_ENABLED ?= 1

.PHONY: build run test verify soak lint bench fuzz mutate deps clean

build: ## the one binary, without cgo
	CGO_ENABLED=0 $(BUILD) -o bin/sluis ./cmd/sluis

run: build ## the main job: a region that exchanges messages, then a gateway that keeps serving
	./bin/sluis demo --dir sluis-demo

deps: ## what tests and linters need, fetched once
	./internal/tools/again.sh $(GO) mod download
	./internal/tools/again.sh $(GO) mod download -modfile=internal/tools/go.mod
	./internal/tools/again.sh $(GO) mod download -modfile=internal/tools/regal/go.mod
	./internal/tools/install.sh

test: deps ## everything within 10 minutes on 2 cores
	$(GO) vet ./...
	$(GO) test -timeout 40m ./...
	$(GO) test -race -timeout 40m -skip '$(ALONE)' $(RACE)
	$(GO) test -race -timeout 40m -run '$(AT_ONCE)' ./internal/relay
	$(TOOL) opa test --coverage --threshold 100 policies >/dev/null
	cd internal/tools && $(GO) test ./mutate
	$(REGAL) lint policies

lint: deps ## form: gofmt, vet, staticcheck, regal, the API Design Rules
	@test -z "$$(gofmt -l cmd internal policies)" || { gofmt -l cmd internal policies; echo "gofmt: run gofmt -w"; exit 1; }
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	$(REGAL) lint policies
	$(TOOL) opa fmt --fail --list policies
	./internal/tools/spectral.sh

verify: build ## what takes longer: kills, fuzzing, two builds, the whole demonstration
	SLUIS_KILLS=200 $(GO) test -count=1 -timeout 90m -run 'TestKilledAtAnyMoment' ./internal/store/sqlite
	SLUIS_KILLS=60 $(GO) test -count=1 -timeout 30m -run 'TestKilledAnywhere' ./internal/store/move
	SLUIS_KILLS=200 SLUIS_LARGE=50 SLUIS_SECONDS=60 SLUIS_CLIENTS=64 SLUIS_FULL=$(SMALL_DISKS) $(GO) test -count=1 -timeout 150m -v ./internal/endurance
	SLUIS_RECORDS=200000 $(GO) test -count=1 -p 1 -timeout 120m -v -run TestManyRecords ./internal/store/sqlite ./internal/store/postgres
	$(GO) test -race -count=1 -timeout 60m ./internal/relay
	$(GO) test -race -count=1 -timeout 40m -run 'Shortcut|Together|SameTime|CallersAgain' ./internal/policy
	./internal/tools/properties.sh
	./internal/tools/fuzz.sh 20s
	./internal/tools/two-builds.sh
	./internal/tools/demo-once.sh

soak: build ## by hand, an hour: a million records on each store, 500 kills of the gateway on each engine and of PostgreSQL
	SLUIS_RECORDS=1000000 $(GO) test -count=1 -p 1 -timeout 60m -v -run TestManyRecords ./internal/store/sqlite ./internal/store/postgres
	SLUIS_KILLS=500 $(GO) test -count=1 -timeout 90m -v -run 'KilledAtAnyMoment' ./internal/endurance

mutate: ## rules spoilt one at a time: do their tests notice? the result goes into docs/mutaties.md
	cd internal/tools && $(GO) run ./mutate ../../policies ../../docs/mutaties.md

fuzz: ## 60 seconds for each parser of foreign input
	./internal/tools/fuzz.sh 60s

bench: ## figures; what they mean stands in docs/prestaties.md
	$(GO) test -run '^$$' -bench 'Accept|Pgbench|PlainInserts' -benchtime 3s -timeout 20m ./internal/gateway
	$(GO) test -run '^$$' -bench 'Decide' -benchmem -timeout 20m ./internal/policy
	$(GO) test -run '^$$' -bench 'BenchmarkStart/500_' -benchtime 1x -timeout 20m ./internal/registry
	./internal/tools/bench-authzen.sh
	$(GO) test -run '^$$' -bench 'LargeMessages' -benchtime 1x -timeout 20m ./internal/endurance
	$(GO) test -run '^$$' -bench 'Verify' -benchtime 3x -timeout 20m ./internal/trailcheck

clean:
	rm -rf bin
