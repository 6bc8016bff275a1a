# shellcheck shell=bash
# Two environments of 1,000 services each, compared by name; and of 10,000, which must take ten times as long and no more.
# Beside it deepdiff, on the same two renderings, its comparison alone: neither its start nor its reading counts.

# project SERVICES: two environments with one template, in which one value makes each service differ.
project() {
    mkdir -p environments templates
    python3 - "$1" <<'PYTHON'
import sys

count = int(sys.argv[1])
for name, workers in [("staging", 1), ("production", 4)]:
    with open(f"environments/{name}.yaml", "w") as file:
        file.write(f"environment: {name}\ncompose: {{project: many, files: [compose.yaml]}}\n")
        file.write(f"values: {{TAG: \"1.4.2\", WORKERS: {workers}}}\n")
with open("environments/parity.yaml", "w") as file:
    file.write("rules:\n  - {name: workers, path: '**', allow: changed, where: left <= right, reason: smaller, owner: me}\n")
with open("templates/compose.yaml", "w") as file:
    file.write("services:\n")
    for number in range(count):
        file.write(f"""  service-{number}:
    image: registry.example.com/app-{number % 50}:${{TAG}}
    command: [serve, --port, "{8000 + number}", --name, service-{number}]
    environment: {{WORKERS: "${{WORKERS}}", NAME: service-{number}, LOG_LEVEL: info}}
    ports: ["127.0.0.1:{10000 + number}:8000"]
    volumes: ["data-{number % 20}:/data", "./conf/{number}:/etc/app:ro"]
    labels: {{team: team-{number % 7}, tier: backend}}
    healthcheck: {{test: [CMD, curl, -f, http://localhost:8000/health], interval: 30s, timeout: 3s, retries: 3}}
    depends_on: [{f"service-{number - 1}" if number else ""}]
""")
    file.write("volumes:\n")
    for number in range(20):
        file.write(f"  data-{number}: {{}}\n")
PYTHON
}

# beside_deepdiff: what deepdiff takes for the same pair, and how many times as long as we do.
beside_deepdiff() {
    # shellcheck disable=SC2154  # of .ci/bench, which reads this file
    local python=$root/.venv/bin/python result=$scratch/result.json
    "$python" -c 'import deepdiff' 2>/dev/null || { row 'deepdiff, the comparison alone' 'not there' '' '' ''; return; }
    rehearse render staging --format json -o staging.json
    rehearse render production --format json -o production.json
    "$python" - "$result" <<'PYTHON'
import json
import sys
import time

import deepdiff

left, right = (json.load(open(f"{name}.json")) for name in ("staging", "production"))
times = []
for _ in range(3):
    start = time.perf_counter()
    found = deepdiff.DeepDiff(left, right)
    times.append(time.perf_counter() - start)
ours = json.load(open(sys.argv[1]))["results"][0]["mean"]
best = min(times)
print(f"{f'deepdiff {deepdiff.__version__}, the comparison alone':<44} {best * 1000:>7.0f} ms {'':>10} {'':>10}  "
      f"{best / ours:.1f} times our whole command ({len(found['values_changed'])} differences)")
PYTHON
}

mkdir small large
(
    cd small || exit
    project 1000
    measure 'diff of two environments, 1,000 services' 150 rehearse diff staging production --format brief
    beside_deepdiff
)
(
    cd large || exit
    project 10000
    measure 'diff of two environments, 10,000 services' 1500 rehearse diff staging production --format brief
)
