#!/bin/sh
# The first minutes of a newcomer: a fresh Debian 12 with only git, a clone of the last commit,
# `./dev demo`, then `./dev test`. Prints what they took. Needs root, for debootstrap and chroot.
#   run.sh [--packages-only]   only installs what packages/build.txt names
set -eu
cd "$(dirname "$0")/../.."
project=$(pwd)
[ "$(id -u)" = 0 ] || { echo "$0 needs root"; exit 1; }
command -v debootstrap >/dev/null || { echo "$0 needs debootstrap"; exit 1; }
root=${TOCSIN_CHROOT:-/var/tmp/tocsin-chroot}

minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }
times=
timed() {
  name=$1; shift
  began=$(date +%s)
  "$@"
  times="$times$(printf '%-12s %s' "$name" "$(minutes $(($(date +%s) - began)))")
"
}

# mirror SUITE: the one that this machine's apt uses, whichever way it is written down.
mirror() {
  # shellcheck disable=SC2016  # the names are apt's
  apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v suite="$1" '$2 == suite && $3 == "main" { print $1; exit }'
}

clean_up() { ! mountpoint -q "$root/proc" || umount "$root/proc"; }
within() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb "$@"; }

bootstrap() {
  rm -rf --one-file-system "$root"
  site=$(mirror bookworm)
  [ "$site" ] || { echo "apt names no mirror for bookworm"; exit 1; }
  debootstrap --variant=minbase --include=ca-certificates,git bookworm "$root" "$site" \
    >build/debootstrap.log 2>&1 || { tail -20 build/debootstrap.log; exit 1; }
  # The same sources and proxy as this machine, but only Debian's own.
  rm -f "$root/etc/apt/sources.list"
  for suite in bookworm bookworm-updates bookworm-security; do
    site=$(mirror $suite)
    [ -z "$site" ] || echo "deb $site $suite main"
  done >"$root/etc/apt/sources.list"
  apt-config dump --format '%f "%v";%n' Acquire::http::Proxy Acquire::https::Proxy |
    grep -v '""' >"$root/etc/apt/apt.conf.d/90proxy" || :
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  cp /etc/hosts "$root/etc/hosts"
  mount -t proc proc "$root/proc"
}
clone() {
  # The project may be owned by whoever called sudo.
  git clone -q -u 'git -c safe.directory=* upload-pack' "file://$project" "$root/root/tocsin"
}

clean_up
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p build
timed debootstrap bootstrap
timed clone clone
if [ "${1:-}" = --packages-only ]; then
  timed packages within sh -c "cd /root/tocsin && apt-get update -q && apt-get install -y -q \
    --no-install-recommends \$(sed 's/#.*//' packages/build.txt)"
else
  timed './dev demo' within sh -c 'cd /root/tocsin && ./dev demo'
  timed './dev test' within sh -c 'cd /root/tocsin && ./dev test'
fi
printf '\n%s' "$times"
