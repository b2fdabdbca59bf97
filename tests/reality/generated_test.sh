#!/bin/sh
# generated_test.sh BIN: the generated recording of examples/03_every_rule is what its generator
# writes today, another seed writes another, and the second opinion agrees over those, too.
set -eu
bin=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
zstd -dcq examples/03_every_rule/every_rule.om.zst >"$dir/kept"
"$bin/every_rule_history" >"$dir/made"
cmp "$dir/kept" "$dir/made"
for seed in 2 3 4 5; do
  echo "seed $seed"
  "$bin/every_rule_history" $seed >"$dir/other.om"
  if cmp -s "$dir/made" "$dir/other.om"; then echo "it is that of seed 1"; exit 1; fi
  "$bin/reality_tests" "$bin" . 03_every_rule "$dir/other.om"
done
