#!/bin/sh
# instructions.sh PROGRAM [--update]: how many instructions the ticks of a small W1 take, for each
# kind of rule, at the level of AVX2 (which valgrind knows and AVX-512 is not). Held against
# instructions.txt: more than 3 % above it is a failure, and so is so much less that the kept number
# guards nothing. They are counted, not timed, so they are the same on a busy machine.
set -eu
program=$1 update=${2:-}
here=$(dirname "$0")
kept=$here/instructions.txt
grep -q avx2 /proc/cpuinfo || { echo "skipped: this processor has no AVX2"; exit 77; }
command -v valgrind >/dev/null ||
  { echo "valgrind is missing: ./dev test deep installs it"; exit 1; }

count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    --toggle-collect='tocsin::engine::Engine::Tick(long)' \
    "$program" ticks --engine avx2 --services 4 --instances 10 --kind "$1" 2>&1 >/dev/null |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

new='' failed=
for kind in cpu_high error_ratio latency_max cpu_avg latency_p99 throughput_drop svc_error_ratio \
  region_p99 cpu_and_latency svc_throughput_low; do
  seen=$(count $kind)
  [ "$seen" ] && [ "$seen" -gt 0 ] || { echo "$kind: valgrind counted nothing"; exit 1; }
  new="$new$kind $seen
"
  [ "$update" ] && continue
  before=$(sed -n "s/^$kind //p" "$kept")
  verdict=
  [ "$seen" -le $((before / 100 * 103)) ] || { verdict=': MORE'; failed=yes; }
  [ "$seen" -ge $((before / 100 * 80)) ] || { verdict=': much less, keep it'; failed=yes; }
  echo "$kind: $seen instructions, kept $before$verdict"
done
if [ "$update" ]; then
  printf '%s' "$new" >"$kept"
elif [ "$failed" ]; then
  echo "to keep what is counted now: $0 $program --update"
  exit 1
fi
