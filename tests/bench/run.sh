#!/usr/bin/env bash
# Measures triage-service against the floor: a gRPC server that answers the same
# bytes without reading the request. Both answer the same h2load in the same
# run, in turn; the median round counts. `./dev bench` calls this, with
# everything built.
#
# usage: tests/bench/run.sh [ROUNDS [CALLS]]
#   ROUNDS  how often each server is measured; 5
#   CALLS   how many calls each measurement makes; 100000

set -eu
cd "$(dirname "$0")/../.."
rounds=${1:-5}
calls=${2:-100000}
connections=8
streams=16
home=build/bench
results=$home/results.txt
export PLUMBLINE_BIN_DIR=${PLUMBLINE_BIN_DIR:-build/release/bin}
. deploy/local/pair.sh

# Keeps one real call, and gives its response to the floor.
start_floor() {
  "$bin/capture_assess" --server="$triage" \
    --token_file="$home/assessor.token" \
    --request_frame="$home/request.frame" --response="$home/response.bin"
  start_program floor "$bin/floor_server" --response="$home/response.bin"
}

# The real server again, without a log line for each call.
start_quiet_triage() {
  start_program quiet "$bin/triage-service" --listen_address=127.0.0.1:0 \
    --tokens="$home/tokens.txtpb" --trust_policy="$home/trust_policy.txtpb" \
    --content_address="$PLUMBLINE_CONTENT_SERVER" \
    --content_token_file="$home/reader.token" --channels=back-pain/stable \
    --state_dir="$home/quiet" --replica_id=quiet --log_level=error
  triage=$(address_of quiet) until_true "$start_timeout_s" \
    "the quiet triage-service has no content" assess tests/bench/intake.json
}

# CPU that a process has used, in microseconds.
cpu_us_of() {
  awk -v hz="$(getconf CLK_TCK)" '{ printf "%.0f", ($14 + $15) * 1e6 / hz }' \
    "/proc/$1/stat"
}

# load NAME CALLS: calls that server; h2load's report goes to standard output.
load() {
  h2load -n "$2" -c "$connections" -m "$streams" -d "$home/request.frame" \
    -H 'content-type: application/grpc' -H 'te: trailers' \
    -H "authorization: Bearer $(cat "$home/assessor.token")" \
    "http://$(address_of "$1")/plumbline.triage.v1.TriageService/Assess"
}

# require_answers NAME REPORT CALLS: gRPC's errors are HTTP's successes, so what
# tells that calls succeeded is the size of what came: a response, the prefix of
# its frame, and up to 16 bytes less or more for its times.
require_answers() {
  awk -v calls="$3" -v bytes="$(stat -c %s "$home/response.bin")" '
    /^requests:/ { whole = ($8 == calls) }
    /^traffic:/ { n = split($0, part, /[()]/); each = part[n - 1] / calls }
    END { exit !(whole && each > bytes - 11 && each < bytes + 21) }' "$2" ||
    die "$1 did not answer every call as captured; see $2"
}

# measure ROUND NAME: one line in the results: round, name, calls/s, CPU per
# call in microseconds.
measure() {
  local report=$home/h2load-$2-$1.txt used
  used=$(cpu_us_of "${pids[$2]}")
  load "$2" "$calls" >"$report"
  used=$(($(cpu_us_of "${pids[$2]}") - used))
  require_answers "$2" "$report" "$calls"
  awk -v round="$1" -v name="$2" -v used="$used" -v calls="$calls" '
    /^finished in/ { print round, name, $4, used / calls }' "$report" |
    tee -a "$results" |
    awk '{ printf "%5d  %-15s %9.0f calls/s  %7.1f us CPU a call\n",
                  $1, $2, $3, $4 }'
}

median() {
  sort -n | awk '{ value[NR] = $1 } END {
    printf "%.2f", (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

# share NAME: what part of the floor it reaches. The floor is the first of each
# round.
share() {
  printf '%-15s %s of the floor in calls/s, %s in server CPU a call\n' "$1" \
    "$(awk -v name="$1" '$2 == "floor" { floor = $3 }
         $2 == name { print $3 / floor }' "$results" | median)" \
    "$(awk -v name="$1" '$2 == "floor" { floor = $4 }
         $2 == name { print floor / $4 }' "$results" | median)"
}

start_pair
publish_pathway >"$home/published.txt"
start_quiet_triage

step "Assess against the floor: $(nproc) cores, $connections connections of \
$streams streams, $calls calls a round"
printf 'load average before: %s\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
start_floor
for name in floor triage-service quiet; do
  load "$name" $((calls / 10)) >/dev/null
done
for ((round = 1; round <= rounds; round++)); do
  for name in floor triage-service quiet; do
    measure "$round" "$name"
  done
done
step "Median of $rounds rounds; quiet: triage-service that logs no calls"
share triage-service
share quiet

stop_services
step "One decision in process"
"$bin/evaluate_bench" --benchmark_min_time=0.3

step "The gate, by the size of the pathway"
"$bin/gate_bench" --benchmark_filter='/1/|/2/|/5/'
