package redislimiter_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/intercomtest"
	redislimiter "github.com/seed-8b687bef/intercom-go/limiters/redis"
)

// newSharedClient is the code of docs/production.md.
func newSharedClient(token string, redisClient *redis.Client) (*intercom.Client, error) {
	limiter, err := redislimiter.New(redisClient, "acme-workspace", redislimiter.WithLogger(slog.Default()))
	if err != nil {
		return nil, err
	}
	client, err := intercom.NewClient(token, intercom.WithLimiter(limiter))
	return client, err
}

func ExampleNew() {
	redisClient := redis.NewClient(&redis.Options{Addr: "localhost:6379"})
	defer redisClient.Close()
	_, err := newSharedClient("token", redisClient)
	fmt.Println(err) // It connects when the first request is sent.
	// Output:
	// <nil>
}

// Two processes draw from one window, here of 100 requests.
func Example() {
	store, err := miniredis.Run()
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	workspace := intercomtest.NewServer(intercomtest.WithRateLimit(100))
	defer workspace.Close()

	limiters := make([]*redislimiter.Limiter, 2)
	for i := range limiters { // Each process does this once.
		connection := redis.NewClient(&redis.Options{Addr: store.Addr()})
		defer connection.Close()
		limiters[i], err = redislimiter.New(connection, "acme-workspace")
		if err != nil {
			log.Fatal(err)
		}
		client, err := workspace.Client(intercom.WithLimiter(limiters[i]))
		if err != nil {
			log.Fatal(err)
		}
		for range 10 {
			if _, err := client.Admins.Me(context.Background()); err != nil {
				log.Fatal(err)
			}
		}
	}

	left, _, _ := limiters[1].Remaining()
	fmt.Println("left for both:", left)
	// Output:
	// left for both: 80
}

// A cluster is fine, too: all of a workspace is in one key.
func ExampleNew_cluster() {
	cluster := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{"redis-1:6379", "redis-2:6379"}})
	defer cluster.Close()
	_, err := redislimiter.New(cluster, "acme-workspace",
		redislimiter.WithPrefix("staging:intercom:"),
		redislimiter.WithFailClosed(), // No call without Redis.
	)
	fmt.Println(err)
	// Output:
	// <nil>
}
