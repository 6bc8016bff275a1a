# shellcheck shell=bash
# shellcheck disable=SC2154,SC2016  # root, rehearse and scratch are those of .ci/bench; errors quote with backticks
# Carrying out runs: what the journal costs, what a step that prints without end costs, what a long history costs.

# project STEPS-FILE: a project in the folder `project`, one environment, one runbook called `work`.
project() {
    mkdir -p project/environments project/runbooks
    printf 'environment: bench\nowner: bench\nsecrets: {TOKEN: {env: BENCH_TOKEN}}\n' >project/environments/bench.yaml
    { printf 'runbook: work\nowner: bench\nsteps:\n'; cat "$1"; } >project/runbooks/work.yaml
}

# steps COUNT COMMAND [LINE]: so many steps that run a command.
steps() {
    local number
    for number in $(seq "$1"); do
        printf '  - {id: s%s, name: Step %s, owner: bench, expect: it works, rollback: {none: reads only}, run: "%s"%s}\n' \
            "$number" "$number" "$2" "${3:-}"
    done
}

# held WHAT FIGURE SPREAD LIMIT CONDITION: a row; the condition is Python's.
held() {
    local verdict=missed
    if python3 -c "import sys; sys.exit(0 if $5 else 1)"; then verdict=held; else : >"$scratch/missed"; fi
    row "$1" "$2" "$3" "$4" "$verdict"
}

just=$root/.venv/bin/just
export BENCH_TOKEN=s3cret-of-this-bench

# means COMMAND…: the mean of each in milliseconds. In turns, because a machine that others use, too, is not as fast in one
# second as in the next.
means() {
    local turn
    for turn in 1 2 3 4; do
        hyperfine --shell=none --style=none --warmup 2 --min-runs 8 --export-json "$scratch/turn$turn.json" -- "$@" \
            >"$scratch/hyperfine.log" 2>&1 || { cat "$scratch/hyperfine.log" >&2; exit 1; }
    done
    python3 -c '
import json, statistics, sys
turns = [[result["mean"] for result in json.load(open(path))["results"]] for path in sys.argv[1:]]
print(*("%.2f" % (statistics.mean(means) * 1000) for means in zip(*turns)))' "$scratch"/turn[1-4].json
}

# pair FOLDER: the means of `just` and of rehearse in a folder.
pair() {
    (cd "$1" && means "$just --justfile justfile all" 'rehearse -C project run work -e bench -q')
}

# 100 steps of `true`, each journaled durably, against a runner that keeps nothing. Both start `sh` a hundred times: just
# as `sh -cu true` for each line of a recipe, we as `sh -euc true`. An end and the start behind it are one fsync.
steps 100 true >hundred
project hundred
{
    printf 'all:'
    printf ' s%s' $(seq 100)
    printf '\n'
    for number in $(seq 100); do printf 's%s:\n    @true\n' "$number"; done
} >justfile
read -r peer ours < <(pair .)
ratio=$(python3 -c "print('%.2f' % ($ours / $peer))")
held '100 steps of `true`, times just' "$ratio" "$ours/$peer ms" 1.5 "$ratio <= 1.5"
# What of it is the disk: the same where nothing has to be waited for, and what one line costs here.
memory=$(mktemp -d /dev/shm/rehearse-bench.XXXXXX 2>/dev/null || true)
if [ -n "$memory" ]; then
    cp -r project justfile "$memory"
    rm -rf "$memory/project/.rehearse"
    read -r peer_there ours < <(pair "$memory")
    rm -rf "$memory"
    row '  in memory, without a disk' "$(python3 -c "print('%.2f' % ($ours / $peer_there))")" "$ours/$peer_there ms" '' ''
fi
# What nobody can do without: the same shells, started by a loop that keeps one line of each on the disk and does nothing else.
least=$(python3 - <<'PYTHON'
import os, time
line = b"x" * 740 + b"\n"
times = []
for turn in range(5):
    file = os.open("lines", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    begin = time.monotonic()
    for _ in range(100):
        os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-euc", "true"], os.environ), 0)
        os.write(file, line)
        os.fsync(file)
    times.append(time.monotonic() - begin)
    os.close(file)
    os.remove("lines")
print("%.2f" % (sum(times) / len(times) * 1000))
PYTHON
)
row '  a bare loop of sh, a line and its fsync' "$(python3 -c "print('%.2f' % ($least / $peer))")" "$least/$peer ms" '' ''

# A step that prints 2 GB, with a secret to be looked for in all of it.
rm -rf project
steps 1 'yes | head -c 2G' ', secrets: [TOKEN]' >printing
project printing
read -r rate memory < <(python3 - <<'PYTHON'
import resource, subprocess, time
begin = time.monotonic()
subprocess.run(["rehearse", "-C", "project", "run", "work", "-e", "bench", "-q"], check=True)
took = time.monotonic() - begin
print("%.0f %.0f" % (2 * 1024**3 / 1e6 / took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))
PYTHON
)
held 'a step that prints 2 GB, redacted' "$rate MB/s" '' '>= 300' "$rate >= 300"
held 'its memory' "$memory MB" '' 64 "$memory <= 64"

# 10,000 records: copies of one run, each under a name and a time of its own. The system takes 3 ms to name them all.
rm -rf project
steps 3 true >three
project three
cp -r project new
rehearse -C project run work -e bench -q
python3 - <<'PYTHON'
import datetime, os, shutil
runs = "project/.rehearse/runs"
run = next(name for name in os.listdir(runs) if not name.startswith("."))
record = open(f"{runs}/{run}/run.json").read()
line = next(line for line in open("project/.rehearse/history") if line.strip())
listed = open("project/.rehearse/history", "a")
start = datetime.datetime(2020, 1, 1)
for number in range(9_999):
    copy = (start + datetime.timedelta(minutes=number)).strftime("%Y%m%dT%H%M%SZ") + run[16:]
    os.makedirs(f"{runs}/{copy}/steps", 0o700)
    shutil.copy(f"{runs}/{run}/journal.jsonl", f"{runs}/{copy}/journal.jsonl")
    with open(f"{runs}/{copy}/run.json", "w") as file: file.write(record.replace(run, copy))
    listed.write(line.replace(run, copy))
PYTHON
measure 'history of 10,000 runs' 100 rehearse -C project history
read -r first later < <(means 'rehearse -C new run work -e bench -q' 'rehearse -C project run work -e bench -q')
ratio=$(python3 -c "print('%.2f' % ($later / $first))")
held 'one more run, times the first' "$ratio" "$later/$first ms" 1.25 "$ratio <= 1.25 or $later - $first < 5"
