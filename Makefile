# Slipway's one set of commands. `make demo` and `make test` are all that a new machine with Swift needs.
SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT ?= swift
BINARY := .build/release/slipway
CHART := templates/web-service

# A folder that holds only the static forms of the C libraries: found first, they are what the linker takes.
STATIC := .build/static-libraries
RELEASE := -c release --static-swift-stdlib --product slipway -Xswiftc -L$(CURDIR)/$(STATIC)
SOURCES := $(shell find Sources -name '*.swift' -o -name '*.h' -o -name '*.modulemap') Package.swift

.PHONY: build demo test lint format bench fuzz install generate clean setup

setup: ## install the C libraries (Debian)
	@scripts/install-libraries

$(STATIC)/.ready: | setup
	@mkdir -p $(STATIC)
	@for name in yaml z crypt stdc++; do \
	  file=$$($(CC) -print-file-name=lib$$name.a); \
	  if [ -f "$$file" ]; then ln -sf "$$file" $(STATIC)/lib$$name.a; fi; \
	done
	@touch $@

$(BINARY): $(SOURCES) $(STATIC)/.ready
	$(SWIFT) build $(RELEASE)

build: $(BINARY) ## the static release binary, .build/release/slipway

demo: build ## render and lint a real chart, then a chart with the story's faults
	@scripts/demo $(BINARY)

test: $(STATIC)/.ready lint ## the whole gate: format, unit, house and conformance tests, our own charts linted
	$(SWIFT) build $(RELEASE)
	$(SWIFT) test
	@scripts/self-check $(BINARY)

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

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/slipway

clean:
	rm -rf .build
