#!/bin/sh
# write_test.sh BIN: a file that is written takes the place of that file and of nothing else.
set -eu
bin=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "write_test: $*" >&2; exit 1; }
build() { "$bin/tocsin" build examples/01_registry_outage/policy --native none -o "$1"; }

echo "what is no file is not replaced by one"
mkfifo "$dir/pipe"
! build "$dir/pipe" >"$dir/out" 2>&1 || fail "a pipe was written to"
[ -p "$dir/pipe" ] || fail "a pipe was replaced"
grep -q 'E0106.*not a regular file' "$dir/out" || fail "another reason was given"

echo "a link stays, and what it names is replaced; with its permissions"
echo old >"$dir/named"
chmod 640 "$dir/named"
ln -s named "$dir/link"
build "$dir/link" >"$dir/out"
[ -L "$dir/link" ] || fail "the link was replaced"
[ "$(stat -c %a "$dir/named")" = 640 ] || fail "the permissions changed"
"$bin/tocsin" inspect "$dir/named" >"$dir/out" || fail "what the link names is no module"

echo "neighbours are left alone, and nothing is left behind"
mkdir "$dir/shop"
echo mine >"$dir/shop/module.new"
build "$dir/shop/module" >"$dir/out"
[ "$(ls "$dir/shop")" = "module
module.new" ] || fail "there are other files: $(ls "$dir/shop")"
[ "$(cat "$dir/shop/module.new")" = mine ] || fail "a neighbour was written to"

echo "several writing one file leave a whole one"
for _ in 1 2 3 4 5; do
  build "$dir/shared" >"$dir/out1" & first=$!
  build "$dir/shared" >"$dir/out2" & second=$!
  wait $first || fail "the first could not write"
  wait $second || fail "the second could not write"
  "$bin/tocsin" inspect "$dir/shared" >"$dir/out" || fail "half a module"
done
