#!/usr/bin/env bash
# Proves that a fresh Debian 12 machine and a checkout are enough: makes a bare
# root, copies the checkout into it, runs ./dev run and ./dev test there, and
# says how long each took. Needs root, mmdebstrap and the Debian archive.
#
# usage: tests/check/bare_debian.sh [FOLDER]
#   FOLDER  where to make the root; a temporary folder by default. It must not
#           exist, and is removed at the end.

set -eu
checkout=$(cd "$(dirname "$0")/../.." && pwd)
top=${1:-}
parent=""

die() {
  printf 'bare_debian: %s\n' "$*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || die "needs root"
[ -z "$top" ] || [ ! -e "$top" ] || die "$top exists"
command -v mmdebstrap >/dev/null || die "needs mmdebstrap"
if [ -z "$top" ]; then
  parent=$(mktemp -d)
  top=$parent/root
fi

clean_up() {
  ! mountpoint -q "$top/proc" || umount "$top/proc"
  rm -rf --one-file-system "$top"
  [ -z "$parent" ] || rmdir "$parent"
}
trap clean_up EXIT

# in_root COMMAND...: runs it in the checkout, with a bare environment.
in_root() {
  local start=$SECONDS
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LANG=C.UTF-8 \
    chroot "$top" sh -c 'cd /plumbline && exec "$@"' sh "$@" ||
    die "$* failed after $((SECONDS - start)) s"
  times="$times$* took $((SECONDS - start)) s
"
}

times=""
mmdebstrap --variant=minbase bookworm "$top"
mkdir "$top/plumbline"
tar -C "$checkout" --exclude=./build --exclude=./.git --exclude=node_modules \
  -cf - . | tar -C "$top/plumbline" -xf -
cp /etc/resolv.conf "$top/etc/resolv.conf"
mount -t proc proc "$top/proc"

in_root ./dev run
in_root ./dev test
printf '\n%s cores\n%s' "$(nproc)" "$times"
