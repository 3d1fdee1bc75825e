module github.com/seed-8b687bef/intercom-go/tools/api

go 1.26.0

require (
	golang.org/x/exp v0.0.0-20260824195058-e88cd73687aa
	golang.org/x/tools v0.52.0
)

require (
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
)
