#!/usr/bin/env bash
# Takes the shipped pathway through its whole life on this machine: two services
# on loopback, throw-away keys and tokens under build/run/, draft, gate,
# approval, publication, channel move; then assesses the intakes beside this
# file. `./dev run` and `./dev up` call it.
#
# usage: deploy/local/run.sh [--stay]
#   --stay  instead of assessing intakes, keep the pair running until ^C

set -eu
cd "$(dirname "$0")/../.."
home=build/run
. deploy/local/pair.sh

# The line that says who the patient is.
about() { sed -n 's/^ *"about": "\(.*\)",$/\1/p' "$1"; }

# Each result in full, then the first line of each.
assess_intakes() {
  local intake result summary=""
  for intake in deploy/local/intakes/*.json; do
    step "$(about "$intake")"
    result=$(assess "$intake")
    printf '%s\n' "$result"
    summary="$summary
${result%%$'\n'*}
  $(about "$intake")"
  done
  step "In short"
  printf '%s\n' "${summary#?}"
}

explain_how_to_call() {
  cat <<END

content-service  $PLUMBLINE_CONTENT_SERVER
triage-service   $triage
Tokens, keys, logs and data are in $home/. For example:

  ./dev plumb assess --pathway $pathway --server $triage \\
    --token-file $home/assessor.token \\
    --answers deploy/local/intakes/5-left-blank.json
  ./dev plumb interview --pathway $pathway --server $triage \\
    --token-file $home/assessor.token
  ./dev plumb explain --counterfactuals --pathway $pathway --server $triage \\
    --token-file $home/clinician.token \\
    --answers deploy/local/intakes/5-left-blank.json
  ./dev plumb fleet back-pain --server $PLUMBLINE_CONTENT_SERVER \\
    --token-file $home/operator.token

^C stops both.
END
}

case "${1:-}" in
  '' | --stay) ;;
  *) die "takes --stay or nothing, not '$1'" ;;
esac

start_pair
publish_pathway
if [ "${1:-}" = --stay ]; then
  explain_how_to_call
  await_services
else
  step "Patients arrive; triage-service answers"
  assess_intakes
  printf '\nDone: both services stop. ./dev up keeps them running.\n'
fi
