module github.com/seed-8b687bef/intercom-go

go 1.25
