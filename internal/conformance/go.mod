module github.com/seed-8b687bef/intercom-go/internal/conformance

go 1.25.0

replace github.com/seed-8b687bef/intercom-go => ../..
