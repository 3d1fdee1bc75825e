package redislimiter_test

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	redislimiter "github.com/seed-8b687bef/intercom-go/limiters/redis"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// onEach runs a test on miniredis, and on a real redis-server where the machine
// has one. connect makes a connection of its own, as each process has.
func onEach(t *testing.T, test func(t *testing.T, connect func() *redis.Client)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		t.Parallel()
		test(t, connectTo(t, miniredis.RunT(t).Addr()))
	})
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		t.Log("there is no redis-server on this machine: tested on miniredis only")
		return
	}
	t.Run("redis-server", func(t *testing.T) {
		t.Parallel()
		test(t, connectTo(t, startServer(t, binary)))
	})
}

func connectTo(t *testing.T, address string) func() *redis.Client {
	t.Helper()
	return func() *redis.Client {
		client := redis.NewClient(&redis.Options{Addr: address})
		t.Cleanup(func() { require.NoError(t, client.Close()) })
		return client
	}
}

// startServer starts a redis-server on a free port and ends it with the test.
// The port may be taken in between by another, so it tries again.
func startServer(t *testing.T, binary string) (address string) {
	t.Helper()
	for range 5 {
		address = freeAddress(t)
		_, port, err := net.SplitHostPort(address)
		require.NoError(t, err)
		ctx, stop := context.WithCancel(context.Background())
		server := exec.CommandContext(ctx, binary, "--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no", "--dir", t.TempDir())
		require.NoError(t, server.Start())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = server.Wait() // It is killed in the end.
		}()
		if answers(address, strconv.Itoa(server.Process.Pid), ended) {
			t.Cleanup(func() {
				stop()
				<-ended
			})
			return address
		}
		stop()
		<-ended
	}
	require.Fail(t, "redis-server does not start")
	return ""
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// answers tells whether the server with that process id answers there, which it
// does after a moment.
func answers(address, pid string, ended <-chan struct{}) bool {
	client := redis.NewClient(&redis.Options{Addr: address, MaxRetries: -1})
	defer client.Close()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for range 1000 {
		select {
		case <-ended:
			return false
		case <-ticker.C:
		}
		info, err := client.InfoMap(context.Background(), "server").Result()
		if err == nil {
			return info["Server"]["process_id"] == pid
		}
	}
	return false
}

// make a limiter of another process.
func newLimiter(t *testing.T, client redis.Scripter, opts ...redislimiter.Option) *redislimiter.Limiter {
	t.Helper()
	limiter, err := redislimiter.New(client, "acme", opts...)
	require.NoError(t, err)
	return limiter
}

// virtualRedis is a Redis inside of a synctest bubble, with its clock.
type virtualRedis struct {
	*miniredis.Miniredis
	t *testing.T
	// lost makes new connections fail.
	lost atomic.Bool
}

func newVirtualRedis(t *testing.T) *virtualRedis {
	t.Helper()
	r := &virtualRedis{Miniredis: miniredis.NewMiniRedis(), t: t}
	r.ClockTTL(true)
	t.Cleanup(r.Close)
	return r
}

// connect makes a client as each process has one.
func (r *virtualRedis) connect() *redis.Client {
	client := redis.NewClient(&redis.Options{
		Addr:       "127.0.0.1:6379", // It is not dialled, but looked up if it is a name.
		MaxRetries: -1,
		Dialer: func(context.Context, string, string) (net.Conn, error) {
			if r.lost.Load() {
				return nil, errors.New("connection refused")
			}
			return r.Dial()
		},
	})
	r.t.Cleanup(func() { require.NoError(r.t, client.Close()) })
	return client
}
