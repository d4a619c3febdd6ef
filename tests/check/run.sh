#!/usr/bin/env bash
# Holds Plumbline against programs that are not ours: a linter of contracts, a
# gRPC client that knows nothing but the contracts, and an implementation of
# CEL. `./dev check` calls this, with the programs built.
#
# Prints a line for each check and ends with "N passed, N failed". Exits with 0
# only if none failed.

set -eu
cd "$(dirname "$0")/../.."
. tests/check/programs.sh
home=$work/run
. deploy/local/pair.sh

# What programs of other people import and Debian packages: google/rpc/*.proto.
google_rpc_root() {
  local root
  root=$(dpkg -L golang-github-gogo-googleapis-dev |
    sed -n 's,/google/rpc/status\.proto$,,p')
  [ -n "$root" ] || die "google/rpc/status.proto is missing: ./dev setup"
  printf '%s' "$root"
}

install_programs
start_pair
publish_pathway >"$home/published.txt"

step "Checks"
export GOOGLE_RPC_ROOT PLUMBLINE_TRIAGE_SERVER=$triage
GOOGLE_RPC_ROOT=$(google_rpc_root)
PLUMBLINE_TOKENS=$home node --test-reporter="./tests/check/reporter.js" \
  tests/check/checks.js
