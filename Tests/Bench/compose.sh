# shellcheck shell=bash
# shellcheck disable=SC2154  # root, rehearse and scratch are those of .ci/bench
# Rendering beside `docker compose config`, on projects of 10 to 10,000 services that use what real ones use.

# services COUNT [alone]: each waits for the one before it, or, alone, for none.
services() {
    python3 - "$@" <<'PY'
import sys
count, alone = int(sys.argv[1]), len(sys.argv) > 2
print('x-logging: &logging\n  driver: json-file\n  options: {max-size: 10m, max-file: "3"}\nservices:')
for i in range(count):
    print(f"""  service-{i}:
    image: ${{REGISTRY:-registry.example}}/app-{i}:${{TAG:-1.0.{i}}}
    command: ["python", "-m", "app", "--port", "{8000 + i}"]
    environment:
      INDEX: {i}
      DATABASE_URL: postgres://db:5432/app{i}
      LOG_LEVEL: ${{LOG_LEVEL:-info}}
    ports: ["127.0.0.1:{10000 + i}:80"]
    volumes:
      - data{i % 50}:/var/lib/app
      - ./config/{i}.yaml:/etc/app.yaml:ro
    networks: [front, back]
    healthcheck: {{test: ["CMD", "curl", "-f", "http://localhost/health"], interval: 30s, timeout: 5s, retries: 3}}
    deploy: {{replicas: 2, resources: {{limits: {{cpus: "0.5", memory: 256M}}}}}}
    labels: {{com.example.index: "{i}", traefik.enable: "true"}}
    logging: *logging
    restart: unless-stopped""")
    if i and not alone: print(f"    depends_on: [service-{i - 1}]")
print("networks:\n  front: {}\n  back: {internal: true}\nvolumes:")
for i in range(50): print(f"  data{i}:")
PY
}

# seconds_and_memory COMMAND…: the best of three runs, in milliseconds, and the largest memory, in MB.
seconds_and_memory() {
    python3 - "$@" <<'PY'
import os, sys, time
best, peak = 1e9, 0
for _ in range(3):
    start = time.monotonic()
    child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    if status: sys.exit("the program failed")
    best, peak = min(best, time.monotonic() - start), max(peak, usage.ru_maxrss)
print(f"{best * 1000:.1f} {peak / 1024:.0f}")
PY
}

compose=$root/.peers/docker-compose
export COMPOSE_PROJECT_NAME=bench
for count in 10 100 1000 10000; do services "$count" >"$count.yaml"; done

# Ten times the services may take ten times as long, and what starting costs comes off.
previous=()
for count in 10 100 1000 10000; do
    read -r milliseconds memory < <(seconds_and_memory "$rehearse" render -f "$count.yaml")
    row "render $count services" "$milliseconds ms" '' '' "$memory MB"
    if [ "$count" -eq 10000 ]; then
        read -r growth memory_growth verdict < <(python3 -c '
import sys
now, memory, before, memory_before = map(float, sys.argv[1:])
time, space = now / before, memory / memory_before
print(f"{time:.1f} {space:.1f}", "held" if time <= 14 and space <= 14 else "missed")' "$milliseconds" "$memory" "${previous[@]}")
        row 'time, 10,000 over 1,000 services' "× $growth" '' '× 14' "$verdict"
        row 'memory, 10,000 over 1,000 services' "× $memory_growth" '' '× 14' "$verdict"
        [ "$verdict" = held ] || : >"$scratch/missed"
    fi
    previous=("$milliseconds" "$memory")
done

# beside FILE WHAT TIMES: both programs in one run of hyperfine; missed when ours is not so many times as fast.
beside() {
    local ours theirs ratio verdict
    hyperfine --shell=none --style=none --warmup 1 --runs 10 --export-json "$scratch/result.json" \
        "$rehearse render -f $1 --format json" "$compose -f $1 config --format json" \
        >"$scratch/hyperfine.log" 2>&1 || { cat "$scratch/hyperfine.log" >&2; exit 1; }
    read -r ours theirs ratio verdict < <(python3 -c '
import json, sys
ours, theirs = [result["mean"] * 1000 for result in json.load(open(sys.argv[1]))["results"]]
print(f"{ours:.1f} {theirs:.0f} {theirs / ours:.1f}", "held" if theirs / ours >= float(sys.argv[2]) else "missed")' \
        "$scratch/result.json" "$3")
    row "$2" "$ours ms"
    row '  docker compose config' "$theirs ms"
    row '  as fast as docker compose' "× $ratio" '' "≥ × $3" "$verdict"
    [ "$verdict" = held ] || : >"$scratch/missed"
}

if [ -x "$compose" ]; then
    services 1000 alone >alone.yaml
    beside 1000.yaml '1,000 services as JSON' 25
    # How long docker compose takes depends on how services wait for each other; ours does not.
    beside alone.yaml '1,000 services that wait for none' 15
else
    row '1,000 services beside docker compose' 'skipped' '' '' "$(cat "$root/.peers/docker-compose.missing" 2>/dev/null || echo 'run .ci/peers')"
fi
