# Slipway's one set of commands. `make demo` and `make test` are all that a new machine with Swift needs.
SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT ?= swift
BINARY := .build/release/slipway
SHARE = $(DESTDIR)$(PREFIX)/share
CHART := templates/web-service

# Static forms of the C libraries, and pkg-config files that lead the linker to them.
STATIC := .build/static-libraries
RELEASE := SLIPWAY_STATIC=1 PKG_CONFIG_PATH=$(CURDIR)/$(STATIC) $(SWIFT) build -c release --static-swift-stdlib \
  -Xswiftc -L$(CURDIR)/$(STATIC) --product slipway
SOURCES := $(shell find Sources -name '*.swift' -o -name '*.h' -o -name '*.modulemap') Package.swift

.PHONY: build demo test lint format bench fuzz fuzz-helm install generate clean setup check-pre-commit

setup: ## install the C libraries (Debian)
	@scripts/install-libraries

$(STATIC)/.ready: scripts/static-libraries | setup
	@scripts/static-libraries $(STATIC)
	@touch $@

$(BINARY): $(SOURCES) $(STATIC)/.ready
	$(RELEASE)

build: $(BINARY) ## the static release binary, .build/release/slipway

demo: build ## render and lint a real chart, then a chart with the story's faults
	@scripts/demo $(BINARY)

test: $(STATIC)/.ready lint ## the whole gate: format, unit, house and conformance tests, our own charts linted
	$(RELEASE)
	$(SWIFT) test
	@scripts/self-check $(BINARY)
	@scripts/check-readme $(BINARY)
	@scripts/check-pre-commit $(BINARY)
	@scripts/compare-with-helm --binary $(BINARY)
	@scripts/conformance $(BINARY)

lint: ## formatting
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

generate: ## write the generated files again
	$(SWIFT) run slipway-dev generate

bench: build ## side by side with Helm, in one run
	@Benchmarks/run $(BINARY)

fuzz: build ## a minute of seeded nonsense at every reader
	@scripts/fuzz $(BINARY)

fuzz-helm: build ## random charts through Helm and Slipway; differences become fixtures (FUZZ="--seed 7 --seconds 600")
	@scripts/fuzz-helm $(BINARY) $(FUZZ)

check-pre-commit: ## the hook as its users get it: pre-commit builds this repository, which takes minutes
	@scripts/check-pre-commit

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/slipway
	install -d $(SHARE)/man/man1 $(SHARE)/slipway $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions \
	  $(SHARE)/fish/vendor_completions.d
	scripts/man-page $(BINARY) > $(SHARE)/man/man1/slipway.1
	$(BINARY) config schema > $(SHARE)/slipway/slipway.schema.json
	$(BINARY) completion bash > $(SHARE)/bash-completion/completions/slipway
	$(BINARY) completion zsh > $(SHARE)/zsh/site-functions/_slipway
	$(BINARY) completion fish > $(SHARE)/fish/vendor_completions.d/slipway.fish

clean:
	rm -rf .build
