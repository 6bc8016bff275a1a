# shellcheck shell=bash
# Response times beside wrk on the same server, and what a fixed rate costs.
serve() {
    python3 "$root/Tests/Fixtures/web/timed.py" >port 2>server.log &
    server=$!
    for _ in $(seq 100); do [ -s port ] && break || sleep 0.1; done
    url=http://127.0.0.1:$(cat port)
}

# figure WHAT FOUND UNIT AT-MOST: told, and missed above the limit.
figure() {
    local verdict
    verdict=$(awk -v found="$2" -v limit="$4" 'BEGIN { print found <= limit ? "held" : "missed" }')
    row "$1" "$2 $3" '' "$4 $3" "$verdict"
    [ "$verdict" = held ] || : >"$scratch/missed"
}

metric() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["metrics"][sys.argv[2]].split()[0])' "$@"; }

away() { awk -v a="$1" -v b="$2" 'BEGIN { d = (a / b - 1) * 100; printf "%.1f", d < 0 ? -d : d }'; }

serve
trap 'kill "$server" 2>/dev/null' EXIT
cat >figures.lua <<'LUA'
done = function(summary, latency, requests)
  io.write(string.format("%f %f\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
LUA
read -r p50 p95 < <(wrk -t1 -c4 -d5s -s figures.lua "$url/cycle" | tail -n 1)
rehearse check measure "$url/cycle" --requests 1600 --concurrency 4 --format json >own.json 2>/dev/null
figure 'p50 beside wrk, difference' "$(away "$(metric own.json p50)" "$p50")" '%' 5
figure 'p95 beside wrk, difference' "$(away "$(metric own.json p95)" "$p95")" '%' 5

# A server that is no bottleneck.
cat >nginx.conf <<CONF
daemon off; master_process off; pid nginx.pid; error_log stderr crit;
events { worker_connections 1024; }
http { access_log off; server { listen unix:$PWD/none.sock; listen 127.0.0.1:0; } }
CONF
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -i "s/listen unix:.*:0;/listen 127.0.0.1:$port; location \/ { return 200 ok; }/" nginx.conf
PATH=$PATH:/usr/sbin nginx -p "$PWD" -c nginx.conf &
edge=$!
trap 'kill "$server" "$edge" 2>/dev/null' EXIT
for _ in $(seq 100); do rehearse check http "http://127.0.0.1:$port/" >/dev/null 2>&1 && break || sleep 0.1; done
python3 - "http://127.0.0.1:$port/" >cost <<'PYTHON'
import json, resource, subprocess, sys, time
before = time.monotonic()
done = subprocess.run(["rehearse", "check", "measure", sys.argv[1], "--rate", "2000", "--requests", "20000", "--warmup", "0",
                       "--format", "json"], capture_output=True, text=True)
took = time.monotonic() - before
used = resource.getrusage(resource.RUSAGE_CHILDREN)
rate = float(json.loads(done.stdout)["metrics"]["rate"].split()[0])
print(f"{(used.ru_utime + used.ru_stime) / took * 100:.0f} {used.ru_maxrss / 1024:.0f} {max(0, (1 - rate / 2000) * 100):.1f}")
PYTHON
read -r core memory lost <cost
figure '2,000 requests a second, of a core' "$core" '%' 50
figure '2,000 requests a second, memory' "$memory" 'MB' 50
figure '2,000 requests a second, missed' "$lost" '%' 1
