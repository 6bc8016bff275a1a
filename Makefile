# One line for each goal: `make help`. What takes more than a few lines is a script in .ci/.
.DEFAULT_GOAL := help
.PHONY: help demo test faults corpus simulations sharing check bench build release install format clean
# Swift keeps all cores busy by itself.
.NOTPARALLEL:

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=

SCRIPTS := $(filter-out %.txt,$(wildcard .ci/*)) $(wildcard Tests/Bench/*.sh)
# The release build has a folder of its own: it links otherwise than the other one.
STATIC := .build-static
RELEASE := $(STATIC)/rehearse
# One manual page holds all commands. The completions are where each shell looks for them by itself.
MANUAL := $(STATIC)/share/man/man1/rehearse.1
BASH := $(STATIC)/share/bash-completion/completions/rehearse
ZSH := $(STATIC)/share/zsh/site-functions/_rehearse
FISH := $(STATIC)/share/fish/vendor_completions.d/rehearse.fish
DOCUMENTS := $(MANUAL) $(BASH) $(ZSH) $(FISH)

help: ## print this
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: build ## show a release, a failed one and a rollback, in a scratch repository
	@.ci/install demo
	@.ci/demo

test: ## run all tests
	@.ci/install test
	@.ci/test

faults: ## break what can break, row by row, and print the table
	@.ci/install test
	$(SWIFT) build --build-tests
	@REHEARSE_MUTANTS=$${REHEARSE_MUTANTS:-10000} .ci/faults

corpus: ## compare 2,100 random Compose projects, and as many with a defect, with docker compose; every test run takes 600
	@.ci/install test
	@$(SWIFT) build --build-tests
	@REHEARSE_CORPUS_COUNT=2100 $(SWIFT) test --skip-build --disable-xctest --filter Generated.projects.beside

simulations: ## 200 comparisons of a thing with itself and 100 slow-downs for each kind of traffic; every test run does a tenth
	@.ci/install test
	@$(SWIFT) build --build-tests
	@REHEARSE_SIMULATIONS=all $(SWIFT) test --skip-build --disable-xctest --filter Comparing.response.times

sharing: ## 20 clients on one lock 50 times over each transport, 1,000 runs by 4 clients, 10,000 records; every test run takes fewer
	@.ci/install test
	@$(SWIFT) build --build-tests
	@REHEARSE_LOCK_ROUNDS=50 REHEARSE_SHARED_RUNS=1000 REHEARSE_SHARED_RECORDS=10000 REHEARSE_EVERY_FIELD=1 \
	    $(SWIFT) test --skip-build --disable-xctest \
	    --filter 'SharedLockTests|ManySharedRuns|TamperedRecord|A.lock.that.all.machines|Many.shared.runs|was.tampered.with'

check: ## format, scripts, warnings as errors, all tests: before every commit
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	@if command -v shellcheck >/dev/null; then shellcheck $(SCRIPTS); \
	else echo 'warning: shellcheck is not installed, the scripts were not checked'; fi
	@.ci/install test
	@.ci/test --scratch-path .build/check -Xswiftc -warnings-as-errors

bench: ## measure against the figures that we promise; BENCH=NAME for one
	@.ci/install bench
	@$(MAKE) --no-print-directory release
	@.ci/bench $(BENCH)

build: ## build for development
	@.ci/install build
	$(SWIFT) build --product rehearse

release: $(RELEASE) $(DOCUMENTS) ## build one static, stripped binary, its manual page and completions

$(RELEASE): Package.swift $(shell find Sources)
	@.ci/install build
	@mkdir -p $(STATIC)/lib
	@# In front of the others, a folder with nothing but the archive: the C++ runtime is then inside as well.
	@archive=$$(clang -print-file-name=libstdc++.a 2>/dev/null); [ ! -f "$$archive" ] || ln -sf "$$archive" $(STATIC)/lib
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path $(STATIC) --product rehearse \
	    -Xlinker -L'$(CURDIR)/$(STATIC)/lib'
	strip -o $@ $(STATIC)/release/rehearse

$(DOCUMENTS): $(RELEASE)
	@mkdir -p $(@D)
	$(RELEASE) $(document) >$@.part && mv $@.part $@

$(MANUAL): document = help --man
$(BASH): document = completions bash
$(ZSH): document = completions zsh
$(FISH): document = completions fish

install: release ## install under PREFIX (/usr/local), staged in DESTDIR
	install -D -m 0755 $(RELEASE) '$(DESTDIR)$(PREFIX)/bin/rehearse'
	@for file in $(DOCUMENTS:$(STATIC)/%=%); do \
	    install -v -D -m 0644 "$(STATIC)/$$file" '$(DESTDIR)$(PREFIX)'/"$$file" || exit; \
	done

format: ## format the Swift sources in place
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

clean: ## remove what was built; .venv/ stays
	rm -rf .build $(STATIC)
