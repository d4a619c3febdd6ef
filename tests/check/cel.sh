#!/usr/bin/env bash
# What `./dev check` does about the expression language, alone.
#
# usage: tests/check/cel.sh write
#   write   makes the conformance cases and their table anew

set -eu
cd "$(dirname "$0")/../.."
. tests/check/programs.sh

install_programs
case "${1:-}" in
  write) node tests/check/cel_conformance.js ;;
  *)
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
