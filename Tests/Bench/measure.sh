# shellcheck shell=bash disable=SC2154  # root and scratch are .ci/bench's own
# Response times beside wrk on the same server, and what a fixed rate costs.

# figure WHAT FOUND UNIT AT-MOST: told, and missed above the limit.
figure() {
    local verdict
    verdict=$(awk -v found="$2" -v limit="$4" 'BEGIN { print (found <= limit ? "held" : "missed") }')
    row "$1" "$2 $3" '' "$4 $3" "$verdict"
    [ "$verdict" = held ] || : >"$scratch/missed"
}

metric() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["metrics"][sys.argv[2]].split()[0])' "$@"; }

away() { awk -v a="$1" -v b="$2" 'BEGIN { d = (a / b - 1) * 100; printf "%.1f", (d < 0 ? -d : d) }'; }

# await COMMAND…: until it succeeds, ten seconds at most.
await() {
    local tries=100
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return
        sleep 0.1
    done
}

python3 "$root/Tests/Fixtures/web/timed.py" >port &
server=$!
trap 'kill "$server" 2>/dev/null' EXIT
await test -s port
url=http://127.0.0.1:$(cat port)
cat >figures.lua <<'LUA'
done = function(summary, latency, requests)
  io.write(string.format("%f %f\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
LUA
# In turns, and by the medians of seven rounds: the machine drifts by more than the two differ.
: >theirs
: >ours
for _ in 1 2 3 4 5 6 7; do
    wrk -t1 -c4 -d2s -s figures.lua "$url/cycle" | tail -n 1 >>theirs
    rehearse check measure "$url/cycle" --requests 600 --concurrency 4 --format json >own.json 2>/dev/null
    printf '%s %s\n' "$(metric own.json p50)" "$(metric own.json p95)" >>ours
done
# middle FILE COLUMN
middle() { awk -v column="$2" '{ print $column }' "$1" | sort -n | sed -n 4p; }
figure 'p50 beside wrk, difference' "$(away "$(middle ours 1)" "$(middle theirs 1)")" '%' 5
figure 'p95 beside wrk, difference' "$(away "$(middle ours 2)" "$(middle theirs 2)")" '%' 5

# A server that is no bottleneck.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >nginx.conf <<CONF
daemon off; master_process off; pid nginx.pid; error_log stderr crit;
events { worker_connections 1024; }
http { access_log off; server { listen 127.0.0.1:$port; location / { return 200 ok; } } }
CONF
PATH=$PATH:/usr/sbin nginx -p "$PWD" -c nginx.conf 2>nginx.log &
edge=$!
trap 'kill "$server" "$edge" 2>/dev/null' EXIT
await rehearse check http "http://127.0.0.1:$port/"
python3 - "http://127.0.0.1:$port/" >cost <<'PYTHON'
import json, resource, subprocess, sys, time

began = time.monotonic()
done = subprocess.run(
    ["rehearse", "check", "measure", sys.argv[1], "--rate", "2000", "--requests", "20000", "--format", "json"],
    capture_output=True, text=True)
took = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
rate = float(json.loads(done.stdout)["metrics"]["rate"].split()[0])
print(f"{(used.ru_utime + used.ru_stime) / took * 100:.0f} {used.ru_maxrss / 1024:.0f} {max(0, (1 - rate / 2000) * 100):.1f}")
PYTHON
read -r core memory lost <cost
figure '2,000 requests a second, of a core' "$core" '%' 50
figure '2,000 requests a second, memory' "$memory" 'MB' 50
figure '2,000 requests a second, not sent' "$lost" '%' 1
