-- Asks for one address after the other, and says at the end, as JSON, how it went. Arguments: a file with addresses.
local paths, next_path = {}, 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    table.insert(paths, line)
  end
  next_path = number * 7
end

function request()
  next_path = next_path % #paths + 1
  return wrk.format("GET", paths[next_path], { ["Accept-Encoding"] = "br, gzip", ["Host"] = "127.0.0.1" })
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.1f, "connect": %d, "read": %d, "write": %d, "status": %d, "timeout": %d, "p99_ms": %.1f}\n',
    summary.requests, summary.duration / 1e6, errors.connect, errors.read, errors.write, errors.status, errors.timeout,
    latency:percentile(99) / 1e3
  ))
end
