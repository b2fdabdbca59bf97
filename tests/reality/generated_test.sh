#!/bin/sh
# generated_test.sh BIN: the generated recording of examples/03_every_rule is what its generator
# writes today, and another seed writes another.
set -eu
bin=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
zstd -dcq examples/03_every_rule/every_rule.om.zst >"$dir/kept"
"$bin/every_rule_history" >"$dir/made"
cmp "$dir/kept" "$dir/made"
"$bin/every_rule_history" 2 >"$dir/second"
! cmp -s "$dir/made" "$dir/second"
