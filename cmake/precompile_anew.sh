#!/bin/sh
# Runs a compiler, or ccache, that writes a precompiled header, without the old
# one in its way: g++ would read it in place of the headers that have changed,
# and ccache would then find an old result for them.
#
# usage: precompile_anew.sh COMMAND... -o FILE ...
set -eu

before=""
for argument in "$@"; do
  [ "$before" != -o ] || rm -f "$argument"
  before=$argument
done
exec "$@"
