-- wrk's side of a run: a different request each time, and each answer looked at.
-- BENCH_BODIES: a file of request bodies, one a line; BENCH_SKIP: how many to begin
-- after. Prints one line of JSON when done.
local lines, at = {}, 0
wrong, bytes = 0, 0 -- global, for done() to read
local path = "/graphql"

function init(args)
  for line in io.lines(os.getenv("BENCH_BODIES")) do
    lines[#lines + 1] = wrk.format("POST", path, { ["Content-Type"] = "application/json",
      ["Host"] = "127.0.0.1" }, line)
  end
  at = tonumber(os.getenv("BENCH_SKIP"))
end

function request()
  at = at + 1
  return lines[(at - 1) % #lines + 1]
end

-- An answer with an error in it begins or ends with "errors"; one without data is none.
function response(status, headers, body)
  bytes = bytes + #body
  if status ~= 200 or not body:find('"data":{', 1, true)
    or body:find('"errors":[', 1, true) then
    wrong = wrong + 1
    if wrong == 1 then io.stderr:write(status, " ", body:sub(1, 500), "\n") end
  end
end

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

function done(summary, latency, requests)
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("wrong")
    bytes = bytes + thread:get("bytes")
  end
  local e = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"p50":%.4f,"p99":%.4f,"wrong":%d,"bytes":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3,
    wrong + e.connect + e.read + e.write + e.status + e.timeout, bytes))
end
