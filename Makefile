TOOL = go tool -modfile=tools/go.mod

.PHONY: generate
generate: ## write the generated code anew from internal/openapi
	go run -C tools ./bundle -in ../internal/openapi -out ../internal/openapi/openapi.gen.yaml
	$(TOOL) oapi-codegen -config internal/openapi/templates/models.config.yaml internal/openapi/openapi.gen.yaml
	$(TOOL) oapi-codegen -config internal/openapi/templates/operations.config.yaml internal/openapi/openapi.gen.yaml
	go run -C tools ./decoders -openapi ../internal/openapi/openapi.gen.yaml -models ../models.gen.go -out ..
