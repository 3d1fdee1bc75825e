/*
Package redislimiter shares the rate limit of an Intercom workspace among any
number of processes on any number of machines, through Redis.

	limiter, err := redislimiter.New(redisClient, "acme-workspace")
	…
	client, err := intercom.NewClient(token, intercom.WithLimiter(limiter))

Everybody who gives the same name draws from the same window. What the answers
tell about the limit is passed on to all, so nothing has to be configured. While
more than half of a window is left, requests go out at once; below that, and
whenever requests have to wait, they are spread over the rest of the window, in
turn among the processes. After a reset they go on at that pace instead of all
at once. Requests that the limiter does not know of, by other programs on the
same workspace, are taken into account as the answers show them.

The name is whatever has a limit of its own. Intercom counts by app and by
workspace: two apps in one workspace need two names.

# What it costs

A request asks Redis once, and once more for each window that it has to wait
for. At most two requests of a process ask at a time, so a Redis that is a
millisecond away lets some 2,000 requests a second through, far more than
Intercom allows.

Windows are counted by the clock of Redis: the clocks of the machines don't
matter. Each name is one key, a small hash that goes away when nobody has asked
for ten minutes (see [WithMemory]), so a cluster will do. It holds counts and
times, no token and nothing of what was asked. Redis has to be 5 or newer, or
something that speaks like it.

# When Redis is down

By default requests go on under a limiter of each process's own, like the one
that a client has without this package; it begins with what was learned last.
Redis is asked again every second. With [WithFailClosed] calls fail instead.
[WithLogger] tells of both.
*/
package redislimiter
