# The commands of the project. `make` alone lists them.

# Nested modules are outside ./..., so each is found by its go.mod. The tools have
# no tests and benchmarks/ is for measuring.
MODULES = $(filter-out . tools tools/lint tools/vuln,$(patsubst ./%,%,$(patsubst %/go.mod,%,$(shell find . -mindepth 2 -name go.mod -not -path './.git/*' | sort))))
# Modules whose tests run on the fake workspace. internal/conformance asks for
# quirks by itself.
QUIRKY  = $(filter examples/% internal/consumer,$(MODULES))
TOOL    = go tool -modfile=tools/go.mod
LINT    = go tool -modfile=$(CURDIR)/tools/lint/go.mod
VULN    = go tool -modfile=$(CURDIR)/tools/vuln/go.mod
FUZZ_TIME ?= 10s
# The modules that others import.
PUBLIC  = . $(filter-out tools/% benchmarks% internal/% examples/%,$(MODULES))

.DEFAULT_GOAL := help

.PHONY: help
help: ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.PHONY: demo
demo: ## walk through the library on the embedded fake workspace
	@go run ./examples/quickstart

.PHONY: test
test: ## run the tests of all modules, with quirks of the fake workspace and without
	go test ./...
	@for module in $(MODULES); do echo "== $$module"; (cd $$module && go test ./...) || exit 1; done
	@$(MAKE) --no-print-directory quirks

.PHONY: quirks
quirks: export INTERCOMTEST_QUIRKS = 1
quirks: ## run the tests on the fake workspace with its quirks
	@echo "== with quirks"
	go test . ./intercomtest ./examples/...
	@for module in $(QUIRKY); do echo "== $$module, with quirks"; (cd $$module && go test ./...) || exit 1; done

.PHONY: race
race: ## run the tests twice, shuffled, under the race detector
	@set -e; for module in $(PUBLIC); do \
		echo "== $$module"; \
		(cd $$module && go test -race -shuffle=on -count=2 ./...); \
	done

.PHONY: generate
generate: ## write the generated code anew from internal/openapi
	go run -C tools ./bundle -in ../internal/openapi -out ../internal/openapi/openapi.gen.yaml
	$(TOOL) oapi-codegen -config internal/openapi/templates/models.config.yaml internal/openapi/openapi.gen.yaml
	$(TOOL) oapi-codegen -config internal/openapi/templates/operations.config.yaml internal/openapi/openapi.gen.yaml
	go run -C tools ./decoders -openapi ../internal/openapi/openapi.gen.yaml -models ../models.gen.go -out ..
	go run -C benchmarks ./cmd/twins
	$(TOOL) oapi-codegen -config benchmarks/stock/config.yaml internal/openapi/openapi.gen.yaml
	go test -run '^TestFacts$$' ./intercomtest -update >/dev/null || go test -run '^TestFacts$$' ./intercomtest
	cd internal/consumer && { go test ./generate -update >/dev/null || go test ./generate; }
	@$(MAKE) --no-print-directory docs api

.PHONY: docs
docs: ## write the tables of docs anew from the code (go doc -http shows the pages)
	go test -run 'Docs$$' . -update >/dev/null || go test -run 'Docs$$' .

.PHONY: api
api: ## write down what the packages export, in internal/api
	go run -C tools/api . -root ../.. -out ../../internal/api $(PUBLIC)

.PHONY: api-compare
api-compare: ## compare what the packages export with a checkout: make api-compare OLD=…
	go run -C tools/api . -root ../.. -old $(OLD) $(PUBLIC)

.PHONY: lint
lint: ## check style and common mistakes
	@set -e; for module in . $(MODULES) tools; do \
		echo "== $$module"; \
		(cd $$module && $(LINT) golangci-lint run --allow-serial-runners ./...); \
	done
	go vet ./...

.PHONY: vuln
vuln: ## look for known vulnerabilities, where their database can be reached
	@for module in $(PUBLIC); do \
		echo "== $$module"; \
		out=$$(cd $$module && $(VULN) govulncheck ./... 2>&1); status=$$?; \
		case "$$status $$out" in \
		0*) echo "$$out" ;; \
		*"fetching vulnerabilities"*) echo "The database of vulnerabilities can't be reached, so nothing was checked."; break ;; \
		*) echo "$$out"; exit $$status ;; \
		esac; \
	done

.PHONY: platforms
platforms: ## check the library for linux, darwin, windows, arm64 and js/wasm
	@set -e; for target in linux/amd64 linux/arm64 darwin/arm64 windows/amd64 js/wasm; do \
		echo "== $$target"; \
		GOOS=$${target%/*} GOARCH=$${target#*/} go vet ./...; \
	done

.PHONY: fmt
fmt: ## format the code
	$(LINT) gofumpt -w $$(git ls-files '*.go' | grep -v '\.gen\.go$$')

# Making large inputs small takes all of the time unless it is bounded.
# What was found is kept in testdata and fails again; what does not was only the
# clock, which ends a target that is busy as a failure now and then.
.PHONY: fuzz
fuzz: ## fuzz every target for FUZZ_TIME (10s)
	@set -e; for module in $(PUBLIC); do cd $(CURDIR)/$$module; \
		for package in $$(go list ./...); do \
			for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
				echo "== $$package $$target"; \
				fuzz="go test -run ^$$ -fuzz ^$$target$$ -fuzztime $(FUZZ_TIME) -fuzzminimizetime 100x $$package"; \
				$$fuzz || $$fuzz; \
			done; \
		done; \
	done

.PHONY: soak
soak: ## make a million calls under the race detector and watch memory and goroutines
	INTERCOM_TEST_SOAK=1000000 go test -race -run '^TestSoak$$' -v -timeout 2h .

.PHONY: bench
bench: ## measure the library against its goals and write down the figures
	cd benchmarks && go run -tags intercom_benchmarks ./cmd/bench -markdown RESULTS.md -text ../docs/performance.md

.PHONY: cover
cover: ## tell how much of the code the tests reach, and show it in coverage.html
	go test -coverpkg=./... -coverprofile=coverage.out ./...
	go tool cover -html=coverage.out -o coverage.html
	@go tool cover -func=coverage.out | tail -n 1
