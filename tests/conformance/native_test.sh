#!/bin/sh
# native_test.sh BIN: what the command does with native code and, its library taken away, without.
set -eu
bin=$1
example=examples/01_registry_outage
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset TOCSIN_LLVM
NO_COLOR=1; export NO_COLOR

fail() { echo "native_test: $*" >&2; exit 1; }
tocsin() { "$bin/tocsin" "$@"; }
# The program alone, as on a machine where LLVM is not installed.
mkdir "$dir/alone"
cp "$bin/tocsin" "$dir/alone/"
alone() { "$dir/alone/tocsin" "$@"; }
# simulate PROGRAM POLICY ARGUMENT...: over the example's recording
simulate() {
  program=$1 policy=$2; shift 2
  "$program" simulate "$policy" --history "$example/registry_outage.om.zst" \
    --history "$example/acknowledged.jsonl" "$@"
}
same() { cmp -s "$1" "$2" || fail "$3"; }
# statistic NAME FILE
statistic() { sed -n "s/^  $1  *\([0-9][0-9]*\)$/\1/p" "$2"; }

echo "the program does not name LLVM"
ldd "$bin/tocsin" >"$dir/libraries"
! grep -i llvm "$dir/libraries" || fail "the program is linked with LLVM"

echo "a module is the same, byte for byte, when it is built again"
tocsin build $example/policy -o "$dir/first.module" >"$dir/out"
tocsin build $example/policy -o "$dir/second.module" >"$dir/out"
same "$dir/first.module" "$dir/second.module" "the modules differ"

echo "compiled, nothing is interpreted"
simulate tocsin $example/policy --format json >"$dir/interpreted"
simulate tocsin $example/policy --format json --engine jit --stats >"$dir/jit" 2>"$dir/stats"
same "$dir/interpreted" "$dir/jit" "compiled code decides otherwise"
for what in conditions transitions; do
  [ "$(statistic "$what interpreted" "$dir/stats")" = 0 ] || fail "$what were interpreted"
  [ "$(statistic "$what native" "$dir/stats")" -gt 0 ] || fail "no $what ran natively"
done

echo "the kernels compare several rows at once"
tocsin dump asm $example/policy --level avx2 >"$dir/assembly"
grep -Eq '\bvcmp[a-z_]*pd\b' "$dir/assembly" || fail "no packed comparison in the code for avx2"
grep -Eq '%?ymm[0-9]' "$dir/assembly" || fail "no register of four numbers in the code for avx2"

echo "without the library: check, fmt, interpreted and linked"
alone check $example/policy
alone fmt --check $example/policy
simulate alone $example/policy --format json >"$dir/alone_interpreted"
same "$dir/interpreted" "$dir/alone_interpreted" "interpreted, it decides otherwise"
simulate alone "$dir/first.module" --format json --engine linked >"$dir/alone_linked"
same "$dir/interpreted" "$dir/alone_linked" "linked, it decides otherwise"

echo "without the library: compiling is refused, and nothing else is done instead"
status=0
simulate alone $example/policy --engine jit >"$dir/refused" 2>"$dir/finding" || status=$?
[ $status -eq 1 ] || fail "exit code $status, expected 1"
grep -q '^error\[E1201\]' "$dir/finding" || fail "no E1201: $(cat "$dir/finding")"
[ ! -s "$dir/refused" ] || fail "a timeline all the same: $(head -5 "$dir/refused")"
