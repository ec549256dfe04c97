-- Sends the requests of a file in turn ("METHOD path body" per line), each from one of some 4,000
-- addresses (nobody may ask for 500 uncached pages a minute), taking the encodings of the second argument. They are put together beforehand: while it measures, this costs next to nothing.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("offset", threads * 7919)
end

function init(args)
  local lines = {}
  for line in io.lines(args[1]) do
    lines[#lines + 1] = line
  end
  ready = {}
  for k = 0, math.max(#lines, 251) * 16 do
    local method, path, body = lines[k % #lines + 1]:match("^(%S+) (%S+) ?(.*)$")
    local headers = {
      ["X-Forwarded-For"] = "10.20." .. (k % 251) .. "." .. (k % 199 + 1),
      ["Accept-Encoding"] = args[2],
      ["Sec-Fetch-Site"] = "same-origin",
    }
    if method == "POST" then
      headers["Content-Type"] = "application/x-www-form-urlencoded"
    end
    ready[#ready + 1] = wrk.format(method, path, headers, method == "POST" and body or nil)
  end
  at = offset
end

function request()
  at = at + 1
  return ready[at % #ready + 1]
end
