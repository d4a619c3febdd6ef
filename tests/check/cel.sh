#!/usr/bin/env bash
# What `./dev check` does about the expression language, alone and at length.
# Run ./dev build first.
#
# usage: tests/check/cel.sh write
#        tests/check/cel.sh agree COUNT [SEED]
#   write   makes the conformance cases and their table anew
#   agree   compares so many intakes of the shipped pathway, and so many pairs
#           of a random expression and an intake, with an independent CEL

set -eu
cd "$(dirname "$0")/../.."
. tests/check/programs.sh

install_programs
case "${1:-}" in
  write) node tests/check/cel_conformance.js ;;
  agree)
    shift
    cmake --build --preset release --target cel_evaluations >&2
    node tests/check/cel_agreement.js "$@"
    ;;
  *)
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
