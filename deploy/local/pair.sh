# A content-service and a triage-service on loopback, with throw-away keys and
# tokens. To be sourced at the root of the checkout by a script that has set
# `home`, the folder for keys, tokens, logs and data: what is in it is removed.
# Both services stop when that script ends. One script at a time has a folder:
# start_pair fails where another one runs there.
#
#   home=build/run
#   . deploy/local/pair.sh
#   start_pair
#   publish_pathway
#   as assessor assess --server "$triage" ...
#
# Sets `triage` and PLUMBLINE_CONTENT_SERVER, host and port of each, and `pids`.

bin=${PLUMBLINE_BIN_DIR:-build/bin}
plumb=$bin/plumb
pathway=content-service/pathways/back-pain
start_timeout_s=30
declare -A pids=()

die() {
  printf '%s: %s\n' "$0" "$*" >&2
  exit 1
}

# die_of NAME WHAT: dies with what that program wrote last.
die_of() {
  printf '%s: the end of %s:\n' "$0" "$home/$1.log" >&2
  tail -n 5 "$home/$1.log" >&2
  die "$2"
}

# step TEXT: what happens next, for whoever watches.
step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
if [ ! -t 1 ]; then
  step() { printf '\n== %s\n' "$*"; }
fi

stop_services() {
  local pid
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  pids=()
}
trap stop_services EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# until_true SECONDS WHAT COMMAND...: repeats the command, quietly, until it
# succeeds; gives up with WHAT after so many seconds.
until_true() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || die "$what within the time; see $home"
    sleep 0.1
  done
}

# Keeps other scripts out of $home until this one ends, however it does. The
# lock is beside the folder, which is removed.
lock_home() {
  mkdir -p "$(dirname "$home")"
  exec 9>"$home.lock"
  flock -n 9 || die "$home is in use: ./dev run or ./dev up runs there already"
}

# One principal a role, one key a role that signs: thresholds are 1.
make_identities() {
  local role
  rm -rf "$home"
  mkdir -p "$home"
  {
    printf 'audience: "demo"\n'
    for role in author approver publisher operator; do
      "$plumb" keys generate "$home/$role-key.pem" --role "$role"
    done
  } >"$home/trust_policy.txtpb"
  for role in reader author approver publisher operator assessor clinician
  do
    "$plumb" token create "$home/$role.token" --principal "$role@demo.example" \
      --role "$role"
  done >"$home/tokens.txtpb"
}

# start_program NAME COMMAND...: starts it, logs to $home/NAME.log, and waits
# until it has written its port to $home/NAME.port. In a session of its own: ^C
# is for this script, which stops its programs once, and lets them finish.
start_program() {
  local name=$1 deadline=$((SECONDS + start_timeout_s))
  shift
  setsid "$@" --port_file="$home/$name.port" 2>"$home/$name.log" 9>&- &
  pids[$name]=$!
  until [ -s "$home/$name.port" ]; do
    kill -0 "${pids[$name]}" 2>/dev/null || die_of "$name" "$name did not start"
    [ "$SECONDS" -lt "$deadline" ] ||
      die_of "$name" "$name does not listen after $start_timeout_s s"
    sleep 0.1
  done
}

# await_services: as long as all of them run. Dies with the one that ended.
await_services() {
  local name code=0
  wait -n "${pids[@]}" || code=$?
  for name in "${!pids[@]}"; do
    kill -0 "${pids[$name]}" 2>/dev/null ||
      die_of "$name" "$name ended by itself, with code $code"
  done
}

# start_service NAME FLAGS...: starts a service on a free port.
start_service() {
  local name=$1
  shift
  start_program "$name" "$bin/$name" --listen_address=127.0.0.1:0 \
    --tokens="$home/tokens.txtpb" --trust_policy="$home/trust_policy.txtpb" "$@"
}

address_of() { printf '127.0.0.1:%s' "$(cat "$home/$1.port")"; }

# as ROLE COMMAND...: runs plumb as that principal.
as() {
  local role=$1
  shift
  PLUMBLINE_TOKEN_FILE="$home/$role.token" "$plumb" "$@"
}

start_pair() {
  lock_home
  step "Keys, tokens and a trust policy, for this run only: $home/"
  make_identities
  start_service content-service --database_path="$home/content.db"
  PLUMBLINE_CONTENT_SERVER=$(address_of content-service)
  export PLUMBLINE_CONTENT_SERVER
  start_service triage-service --content_address="$PLUMBLINE_CONTENT_SERVER" \
    --content_token_file="$home/reader.token" --channels=back-pain/stable \
    --state_dir="$home/triage" --replica_id=demo
  triage=$(address_of triage-service)
}

# assess FILE: what triage-service says about these answers.
assess() {
  as assessor assess --pathway "$pathway" --server "$triage" --answers "$1"
}

publish_pathway() {
  step "The author drafts the pathway and submits it to the gate"
  as author draft create "$pathway" --id first --note "First release"
  as author draft submit back-pain/first --key "$home/author-key.pem"
  step "Another person approves it"
  as approver draft approve back-pain/first --key "$home/approver-key.pem"
  step "It is published as release 1"
  as publisher draft publish back-pain/first --key "$home/publisher-key.pem"
  step "The operator points the channel 'stable' to it, for every replica"
  as operator channel move back-pain/stable --create --release back-pain/1 \
    --reason "First release" --key "$home/operator-key.pem" \
    --wait "$start_timeout_s"
  as operator fleet back-pain
  until_true "$start_timeout_s" "triage-service has no content" \
    assess deploy/local/intakes/1-muscle-strain.json
}
