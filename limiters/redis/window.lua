-- Shares the requests of one window among all who ask.
--
-- KEYS[1] is a hash with what is known about the workspace. Times are in
-- microseconds by the clock of Redis, so that the clocks of the machines that
-- ask don't matter; what they report is in time left, not in points of time.
--
-- ARGV: 1 whether a request waits (1 or 0), 2 a number from 0 to 1 by chance,
-- 3 after how many milliseconds without a question all is forgotten; what the
-- latest answers said: 4 limit (0: nothing), 5 remaining, 6 the reset by the
-- server's clock, which names the window, 7 the time until then, 8 whether there
-- was a 429, 9 time to pause, 10 whether good answers told no limit.
--
-- It answers whether the request may go (1 or 0), when, or else when to ask
-- again, the limit, what is left of it, the time until the reset, the length of
-- a window, and what is left of a pause.

local waits, chance, memory = ARGV[1] == '1', tonumber(ARGV[2]), tonumber(ARGV[3])
local told = {
  limit = tonumber(ARGV[4]), remaining = tonumber(ARGV[5]), name = tonumber(ARGV[6]), left = tonumber(ARGV[7]),
  refused = ARGV[8] == '1', pause = tonumber(ARGV[9]), silent = ARGV[10] == '1',
}

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]

local usual = 10000000 -- the length of a window until the answers show another
local blindpace = 20000 -- spaces a queue out where no limit is known
local catchup = 5000 -- how far behind schedule a queue may be and make up for it

-- limit: 0 if nothing is known. used: of the window, by count or by report.
-- reset: the end of the window. assumed: 1 if no answer has come from it yet;
-- name is that of the one before. silent: 1 if an answer did not tell the limit.
-- next: when the next request may go where they are spread out. pace: at what
-- distance. carry: how many of this window may be counted by the next. at: when
-- the last question came.
local names = {'limit', 'used', 'reset', 'length', 'name', 'assumed', 'silent', 'next', 'pace', 'carry', 'blocked', 'at'}
local held = redis.call('HMGET', KEYS[1], unpack(names))
local w = {}
for i, name in ipairs(names) do
  w[name] = tonumber(held[i] or '') or 0
end
if now < w.at - 1000000 then
  -- Another machine answers now, or its clock was set: its times mean nothing.
  for _, name in ipairs(names) do w[name] = 0 end
end
w.at = now

-- advance begins the next window when the current one is over.
local function advance()
  if w.limit == 0 or now < w.reset then return end
  if w.assumed == 1 and w.silent == 1 then
    w.limit, w.name = 0, 0 -- The server does not tell its limit any more.
    return
  end
  if w.used >= w.limit then
    -- Many wait for this moment: they go on one by one, chance says when.
    w.next = math.max(w.next, w.reset + chance * w.length / 50)
  end
  local passed = math.floor((now - w.reset) / w.length) + 1
  w.used = passed == 1 and w.carry or 0
  w.carry, w.assumed, w.silent = 0, 1, 0
  w.reset = w.reset + passed * w.length
end

-- learn takes in what the answers said.
local function learn()
  local reset = now + told.left
  if w.limit == 0 or told.name > w.name then
    local length = usual
    if w.limit == 0 then
      w.used, w.carry = 0, 0
    else
      -- Windows that nobody asked in make the gap longer than a window.
      length = math.min(w.length, told.name - w.name)
      if w.assumed == 0 then w.used, w.carry = w.carry, 0 end
    end
    w.limit, w.name, w.reset, w.assumed, w.silent = told.limit, told.name, reset, 0, 0
    length = math.max(length, told.left)
    if length < w.length then w.next = math.min(w.next, now) end -- The pace was wrong.
    w.length = length
  elseif told.name == w.name and w.assumed == 0 then
    -- Each answer tells the end up to a second too late: the earliest is best.
    w.limit, w.reset = told.limit, math.min(w.reset, reset)
  else
    return -- of the window before
  end
  -- Others may use the workspace, too: what they took is gone, and so is what
  -- is granted for later.
  local ahead = w.next > now and w.pace > 0 and math.floor((w.next - now) / w.pace) or 0
  w.used = math.max(w.used, told.limit - told.remaining + ahead)
  if told.refused then w.used = math.max(w.used, w.limit) end
end

-- admit returns whether the request may go, and when; or when to ask again.
local function admit()
  if w.blocked > now then return 0, w.blocked - now end
  local known, available = w.limit > 0, w.limit - w.used
  if known and available <= 0 then return 0, w.reset - now end
  local first, calm = now, (known and w.length or usual) / 100
  -- A schedule holds until nobody has heeded it for a while.
  if now < w.next + calm or known and available < math.floor(w.limit / 2) then
    first = math.max(w.next, now - catchup)
    if known and first >= w.reset then return 0, w.reset - now end
    -- A fifth faster than even, so that the window is used up in time.
    w.pace = known and (w.reset - first) * 0.8 / available or blindpace
    w.next = first + w.pace
  end
  w.used = w.used + 1
  -- What goes so late may be counted by the next window: it has to pay, too.
  if first > w.reset - w.length / 40 then w.carry = w.carry + 1 end
  return 1, math.max(first - now, 0)
end

advance()
if told.limit > 0 and told.left > 0 then
  learn()
elseif told.silent then
  w.silent = 1
end
if told.pause > 0 then
  w.blocked = math.max(w.blocked, now + told.pause)
  w.next = math.max(w.next, w.blocked)
end
local go, wait = 0, 0
if waits then go, wait = admit() end

local fields = {}
for i, name in ipairs(names) do
  fields[2 * i - 1], fields[2 * i] = name, string.format('%.0f', w[name])
end
redis.call('HSET', KEYS[1], unpack(fields))
local keep = math.max(memory, math.ceil((math.max(w.reset, w.blocked) - now) / 1000) + 1000)
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', keep))

return {
  go, math.ceil(wait), w.limit, math.max(w.limit - w.used, 0),
  math.max(math.ceil(w.reset - now), 0), math.ceil(w.length), math.max(math.ceil(w.blocked - now), 0),
}
