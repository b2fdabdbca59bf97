#!/bin/sh
# run.sh PROGRAM SECONDS [OPTION...]: replays the kept corpus, then looks for new inputs. What is
# found goes to the build folder; an input that shows a fault is worth keeping in
# tests/fuzz/corpus/. Further options are libFuzzer's: `-runs=100000`.
set -eu
program=$1 seconds=$2
shift 2
name=$(basename "$program")
here=$(cd "$(dirname "$0")" && pwd)
found=$(dirname "$program")/../corpus/$name
faults=$(dirname "$program")/../faults/$name
mkdir -p "$found" "$faults"
# The targets that read policies share their words, and begin with the policies of the goldens.
dictionary=$here/$name.dict seeds=
case $name in
  parse_fuzz | format_fuzz | check_fuzz)
    dictionary=$here/policy.dict
    seeds=$(dirname "$program")/../seeds
    mkdir -p "$seeds"
    for golden in "$here"/../golden/*/*.tocsin "$here"/../../stdlib/kinds/*.tocsin \
      "$here"/../../examples/*/policy/*.tocsin; do
      # Without the command and the pins that only a golden has, and without what it expects.
      sed -e '/^#====/,$d' -e '/^#! run/d' -e 's/ *#! .*//' "$golden" \
        >"$seeds/$(basename "$(dirname "$golden")")_$(basename "$golden")"
    done
    ;;
esac
[ ! -e "$dictionary" ] || set -- "-dict=$dictionary" "$@"
kept=
[ ! -d "$here/corpus/$name" ] || kept=$here/corpus/$name
# Each kept input by itself first: libFuzzer leaves out those that add no coverage.
if [ "$kept" ] && ! "$program" -rss_limit_mb=3000 "$kept"/* >"$faults/replay.log" 2>&1; then
  tail -60 "$faults/replay.log"
  exit 1
fi
exec "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 -max_len=16384 \
  -print_final_stats=1 -verbosity=1 "-artifact_prefix=$faults/" "$@" \
  "$found" ${kept:+"$kept"} ${seeds:+"$seeds"}
