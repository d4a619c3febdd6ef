#!/usr/bin/env bash
# Holds Plumbline against programs that are not ours: a linter of contracts, and
# a gRPC client that knows nothing but the contracts. They come from npm into
# build/check/, pinned by package-lock.json. `./dev check` calls this, with the
# programs built.
#
# Prints a line for each check and ends with "N passed, N failed". Exits with 0
# only if none failed.

set -eu
cd "$(dirname "$0")/../.."
work=build/check
home=$work/run
. deploy/local/pair.sh

# install_programs: once for each state of the lock file.
install_programs() {
  local installed=$work/installed-lock.json
  ! cmp -s tests/check/package-lock.json "$installed" || return 0
  step "Installing independent programs into $work/"
  mkdir -p "$work"
  cp tests/check/package.json tests/check/package-lock.json \
    tests/check/.npmrc "$work/"
  (cd "$work" && npm ci --prefer-offline)
  cp tests/check/package-lock.json "$installed"
}

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
export NODE_PATH=$work/node_modules
export GOOGLE_RPC_ROOT PLUMBLINE_TRIAGE_SERVER=$triage
GOOGLE_RPC_ROOT=$(google_rpc_root)
PLUMBLINE_TOKENS=$home node --test-reporter="./tests/check/reporter.js" \
  tests/check/checks.js
