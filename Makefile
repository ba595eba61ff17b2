# Everything that is done with Keyhouse from a terminal. Needs Rust (rustup), Node.js with npm and a C compiler; what else is
# missing, `scripts/setup` installs at the first use. A second run redoes nothing that is done. `make help` lists.
SHELL := /usr/bin/env bash -euo pipefail
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build site server-quick server-parts size dev edit-times test check check-server check-browser unit unit-server unit-xtask soak simulate e2e phone bench serving setup setup-test clean

# A log is read by people, a terminal watched: only there cargo says what it is compiling.
# What is built once and thrown away needs neither the state for the next build nor what debuggers read.
ifdef CI
export CARGO_TERM_QUIET := true
export CARGO_INCREMENTAL := 0
export CARGO_PROFILE_DEV_DEBUG := none
endif

step := @scripts/step
bin := target/release/keyhouse
# Made fast, for trying Keyhouse: it reads the site from target/site (docs/decisions/profiles.md).
quick := target/quick/keyhouse
# The server's rooms. They are always built together, so that cargo unites their features in one way and shares its work; the
# browser's half (`frontend`) and the maker of the site (`xtask`) are each built alone. They are cargo's default members.
warnings := -- --deny warnings
# CI compiles the server and the maker of the site with clippy's compiler, which says what it has to say on the way: `cargo clippy` would
# look through all packages, and the tests would compile them once more. Whatever builds or runs them there has to say so. Not the
# site: that compiler optimizes less, and the budgets are for what is deployed.
ifdef CI
linting := env RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
lints := $(linting) cargo build --all-targets
lints-xtask := $(linting) cargo build --release --package xtask --all-targets
else
lints := cargo clippy --all-targets $(warnings)
lints-xtask := cargo clippy --release --package xtask --all-targets $(warnings)
endif
# cargo-nextest, where it is installed, runs each test in a process of its own and all of them at once.
tests := $(if $(shell command -v cargo-nextest),nextest run,test --lib --bins --tests)

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## Keyhouse with demo data on http://127.0.0.1:3000; more settings: make run ARGS="--addr 127.0.0.1:4000"
	@scripts/timed scripts/beside "$(MAKE) site" "$(MAKE) server-quick"
	@exec env KEYHOUSE_SITE=release $(quick) demo $(ARGS)

server-quick:
	$(step) "Server, quick" cargo build --profile quick --package server --bin keyhouse

# The first time, what the server is made of is compiled beside the site. The site is embedded when it is there.
build: setup ## target/release/keyhouse: one program with everything in it, and beside it the list of what it is made of
	@$(if $(wildcard target/site/pkg.txt),$(MAKE) site,scripts/beside "$(MAKE) site" "$(MAKE) server-parts")
	$(step) "Server, release" cargo build --release --package server --bin keyhouse
	$(step) "Bill of materials" cargo xtask sbom

server-parts:
	$(step) "Server, release, without the site" cargo build --release --package server --lib

site: setup ## what the browser loads, small, in target/site
	$(step) "Maker of the site" $(linting) cargo build --release --package xtask
	$(step) "Site, release" $(linting) cargo xtask site --release

size: site ## how large the program is, by budget, by crate and by family of generic code
	@cargo xtask size

dev: setup ## Keyhouse with demo data, built and started again at every change
	@cargo xtask watch demo $(ARGS)

edit-times: setup ## how long it takes `make dev` to serve an edit of a storefront page, and one of a function of service
	@scripts/edit-times

test: setup-test ## everything that CI asks for
	@scripts/beside "$(MAKE) site check-browser unit-xtask" "$(MAKE) check-server"
	@$(MAKE) unit-server e2e

check: check-server check-browser ## formatting, lints, licenses of others, and that the browser knows nothing of the server

check-server: setup
	$(step) "Formatting" cargo fmt --check
	$(step) "One way only" scripts/one-way $(if $(CI),--locked)
	$(step) "Dependencies" scripts/deny $(if $(CI),--locked)
	$(step) "Lints, server" $(lints)

# In the profile of the site: it shares what runs at building, and waits for nothing that the server's lints hold.
check-browser: setup
	$(step) "Lints, browser" cargo clippy --profile wasm-release --package frontend --target wasm32-unknown-unknown $(warnings)
	$(step) "Lints, browser, apart" cargo clippy --profile wasm-release --package frontend --features apart --target wasm32-unknown-unknown $(warnings)
	$(step) "Lints, xtask" $(lints-xtask)

# Each rule with a property is tried with so many random cases; `cargo nextest run` alone tries 256.
unit unit-server: export PROPTEST_CASES ?= 10000
unit: unit-server unit-xtask ## rules, store on both databases, deeds, HTTP

unit-server: setup-test
	$(step) "Tests, server" scripts/with-postgres $(linting) cargo $(tests) --no-fail-fast

unit-xtask: setup
	$(step) "Tests, xtask" $(linting) cargo test --release --package xtask

soak: setup-test ## what the tests tell in few, on both databases: 64 at once against one limit, 1,000 times; power cuts at every step
	$(step) "Soak" scripts/with-postgres env KEYHOUSE_ROUNDS=$${KEYHOUSE_ROUNDS:-1000} cargo test --package service --test service -- sixty_four
	$(step) "Power cuts" scripts/with-postgres env KEYHOUSE_EVERY_STEP=1 cargo test --package server --test server -- crash::

simulate: setup-test ## 1,000 resellers with subscriptions over 5 years, weeks of silence in between; the tests tell a year of 14
	$(step) "Simulation" env KEYHOUSE_RESELLERS=$${KEYHOUSE_RESELLERS:-1000} KEYHOUSE_YEARS=$${KEYHOUSE_YEARS:-5} cargo test --package service --test service -- --nocapture no_day_is_charged_twice

# The journeys run the program that the tests have built, with the site as it is deployed; KEYHOUSE_BIN names another.
e2e: setup-test site ## journeys in a browser; one of them: make e2e ARGS="licenses.spec.ts --project phone"
	$(step) "Server, for the journeys" $(linting) cargo $(tests) --no-run
	$(step) "Types, end to end" npm run --silent --prefix end2end check
	$(step) "Tests, end to end" scripts/e2e $(ARGS)

phone: build setup-test ## how long a phone on a slow line waits for five pages, cold and warm; more runs: make phone RUNS=9
	@cd end2end && KEYHOUSE_BIN=$(CURDIR)/$(bin) CHROMIUM=$$(../scripts/setup chromium) npm run --silent phone $(or $(RUNS),5)

bench: setup ## a page of each list out of few and out of many: 100,000 licenses, 10,000 customers, 1,000 accounts
	$(step) "Benchmark" cargo bench --package store

serving: site ## requests a second of pages and lists, and the slowest of 100; beside another program: make serving BESIDE=before/keyhouse
	$(step) "Serving" env KEYHOUSE_BESIDE="$(BESIDE)" cargo bench --package server --bench serving

setup:
	@scripts/setup build

setup-test:
	@scripts/setup test

clean: ## throws away what was built, and the packages of npm; data/ stays
	cargo clean
	rm -rf xtask/node_modules end2end/node_modules
