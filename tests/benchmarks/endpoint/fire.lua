-- What wrk sends and counts. Arguments after `--`: a file with one raw request, in which {key} and
-- {n} stand for the record and for a number that never comes again; the first such number; the
-- least key and how many there are; then, to look at every answer, its status and body's length.

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  local template = file:read("*a")
  file:close()
  serial = tonumber(arguments[2])
  lowest, keys = tonumber(arguments[3]), tonumber(arguments[4])
  pieces, at_key, at_number = {}, {}, {}
  local from = 1
  while true do
    local first, last, name = template:find("{(%a+)}", from)
    pieces[#pieces + 1] = template:sub(from, (first or 0) - 1)
    if not first then break end
    pieces[#pieces + 1] = ""
    local places = name == "key" and at_key or at_number
    places[#places + 1] = #pieces
    from = last + 1
  end
  wrong = 0
  if arguments[5] then
    local status, length = tonumber(arguments[5]), tonumber(arguments[6])
    response = function(given, _, body)
      if given ~= status or #body ~= length then wrong = wrong + 1 end
    end
  end
end

function request()
  serial = serial + 1
  local key = string.format("%06d", lowest + (serial * 7919) % keys)
  for _, place in ipairs(at_key) do pieces[place] = key end
  local number = string.format("%09d", serial)
  for _, place in ipairs(at_number) do pieces[place] = number end
  return table.concat(pieces)
end

function done(summary, latency)
  local wrong = 0
  for _, thread in ipairs(threads) do wrong = wrong + (thread:get("wrong") or 0) end
  local errors = summary.errors
  io.write(string.format(
    "SHOT requests=%d microseconds=%d bytes=%d connect=%d read=%d write=%d status=%d timeout=%d " ..
    "wrong=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, summary.bytes, errors.connect, errors.read, errors.write,
    errors.status, errors.timeout, wrong, latency:percentile(50), latency:percentile(99)))
end
