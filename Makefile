# The two commands to begin with: make demo, make test. Both install what they need on Debian and Ubuntu.

PREFIX ?= /usr/local
SWIFT ?= swift
DEBUG := .build/debug/evtriage
RELEASE := .build/release/evtriage
LINTED := Package.swift Sources Tests Plugins

.PHONY: help
help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; \
	  do printf '  make %-15s %s\n' "$$name" "$$text"; done

.PHONY: demo
demo: debug ## Print the report on Samples/exchange-1035.
	@Scripts/sample-report $(DEBUG) Samples/exchange-1035

.PHONY: test
test: dependencies ## Run all tests.
	$(SWIFT) test

# A debug build is ready in half the time of a release build, and the tests use it too.
.PHONY: debug
debug: dependencies
	$(SWIFT) build --product evtriage

# With Swift's runtime inside, the binary runs on machines without a toolchain.
.PHONY: release
release: dependencies ## Build the binary to use and to install, .build/release/evtriage.
	$(SWIFT) build -c release --product evtriage --static-swift-stdlib

.PHONY: dependencies
dependencies:
	@Scripts/install-dependencies

.PHONY: lint
lint: ## Check the format of all Swift files.
	$(SWIFT) format lint --strict --recursive --parallel $(LINTED)

.PHONY: check-rules
check-rules: debug ## Check the shipped rules and run their tests.
	$(DEBUG) rules check --strict Rules
	$(DEBUG) rules test Rules

.PHONY: check-samples
check-samples: debug ## Fail with a diff when the report on a sample differs from the expected one.
	@Scripts/samples check $(DEBUG)

.PHONY: golden
golden: debug ## Record the expected reports of the samples anew.
	@Scripts/samples record $(DEBUG)

.PHONY: bench
bench: release ## Measure speed and memory against grep, libxml2 and xmllint.
	@Benchmarks/run $(RELEASE)

.PHONY: fuzz
fuzz: dependencies ## Feed the reader 100,000 mutated inputs and more for ten minutes under the address sanitizer.
	Fuzz/run.sh

.PHONY: completions
completions: debug ## Write shell completions to .build/completions.
	@mkdir -p .build/completions
	$(DEBUG) --generate-completion-script bash >.build/completions/evtriage.bash
	$(DEBUG) --generate-completion-script zsh >.build/completions/_evtriage
	$(DEBUG) --generate-completion-script fish >.build/completions/evtriage.fish

.PHONY: man
man: debug ## Write manual pages to .build/man.
	@rm -rf .build/man .build/plugins/GenerateManual/outputs
	$(SWIFT) package plugin generate-manual --multi-page --configuration debug
	@mkdir -p .build/man
	@cp .build/plugins/GenerateManual/outputs/evtriage/*.1 .build/man/

.PHONY: install
install: release completions man ## Install the binary, completions and manual pages below PREFIX (/usr/local).
	install -D -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/evtriage
	install -D -m 644 .build/completions/evtriage.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/evtriage
	install -D -m 644 .build/completions/_evtriage $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_evtriage
	install -D -m 644 .build/completions/evtriage.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/evtriage.fish
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 .build/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/

.PHONY: ci
ci: ## Run every check that a change must pass.
	.ci/run

.PHONY: clean
clean: ## Remove what was built.
	$(SWIFT) package clean
