module github.com/seed-8b687bef/intercom-go/internal/conformance

go 1.25.0

replace github.com/seed-8b687bef/intercom-go => ../..

require (
	github.com/seed-8b687bef/intercom-go v0.0.0-00010101000000-000000000000
	go.yaml.in/yaml/v3 v3.0.5
)

require (
	github.com/apapsch/go-jsonmerge/v2 v2.0.0 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/oapi-codegen/runtime v1.8.0 // indirect
)
