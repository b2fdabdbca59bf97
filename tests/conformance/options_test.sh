#!/bin/sh
# options_test.sh BIN: options that together make no sense are refused, not passed over.
set -eu
bin=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
example=examples/01_registry_outage

# refused TEXT OPTION...: as a command line without sense, with a text that says why
refused() {
  text=$1; shift
  status=0
  "$bin/tocsin" simulate $example/policy --history $example/registry_outage.om.zst "$@" \
    >"$dir/out" 2>"$dir/err" || status=$?
  echo "simulate $*: exit code $status"
  cat "$dir/err"
  [ $status = 2 ]
  [ ! -s "$dir/out" ]
  grep -qe "$text" "$dir/err"
}
refused "is before" --from 2026-11-23T10:30:00Z --to 2026-11-23T10:12:00Z
refused "engine jit" --level avx2
refused "there are interpret, jit, linked" --engine interpreter
refused "there are terminal, json" --format jsonl

# A module does not take the place of its own text.
cp -r $example/policy "$dir/policy"
for file in "$dir"/policy/*.tocsin; do
  status=0
  "$bin/tocsin" build "$dir/policy" -o "$file" >"$dir/out" 2>"$dir/err" || status=$?
  [ $status = 2 ]
  cmp "$file" "$example/policy/${file##*/}"
done
