#!/bin/sh
# Plants each fault of faults.txt in a copy of the project, builds, and runs the test that must see
# it. A fault that no test sees fails the run: the test is weaker than it looks.
set -eu
cd "$(dirname "$0")/../.."
list=tests/mutation/faults.txt
copy=build/mutation/source
mkdir -p $copy

sync_copy() {
  git ls-files -z -co --exclude-standard >build/mutation/files
  # Only what differs is written, so that a build does no more than the fault asks for.
  rm -rf build/mutation/fresh && mkdir -p build/mutation/fresh
  # shellcheck disable=SC2016  # the inner shell's
  xargs -0 sh -c 'for f; do [ ! -f "$f" ] || cp --parents -p "$f" build/mutation/fresh/; done' x \
    <build/mutation/files
  (cd build/mutation/fresh && find . -type f) | while read -r file; do
    cmp -s "build/mutation/fresh/$file" "$copy/$file" && continue
    mkdir -p "$copy/$(dirname "$file")"
    cp "build/mutation/fresh/$file" "$copy/$file"
  done
  (cd $copy && find . \( -path ./build -o -path ./.git \) -prune -o -type f -print) |
    while read -r file; do [ -e "build/mutation/fresh/$file" ] || rm "$copy/$file"; done
}
build() { cmake --build $copy/build/release --parallel "$(nproc)" >build/mutation/build.log 2>&1; }
check() {
  (cd $copy && ctest --preset release --parallel "$(nproc)" -R "$1") >build/mutation/test.log 2>&1
}

sync_copy
# Some tests ask git which files there are.
[ -d $copy/.git ] || git -C $copy init -q
if ! (cd $copy && cmake --preset release >../configure.log 2>&1); then
  cat build/mutation/configure.log
  exit 1
fi
if ! build; then
  tail -40 build/mutation/build.log
  echo "the project does not build without a fault"
  exit 1
fi

planted=0 survived=0
grep -v '^ *\(#\|$\)' $list >build/mutation/faults || :
while IFS='|' read -r file expression test; do
  file=$(echo "$file" | xargs) test=$(echo "$test" | xargs)
  expression=${expression# } expression=${expression% }
  planted=$((planted + 1))
  cp "$copy/$file" build/mutation/kept
  sed -i "$expression" "$copy/$file"
  changed=$(diff build/mutation/kept "$copy/$file" | grep -c '^>' || :)
  if [ "$changed" -ne 1 ]; then
    echo "$file: $expression: changes $changed lines instead of one"
    survived=$((survived + 1))
  elif ! build; then
    tail -5 build/mutation/build.log
    echo "$file: $expression: does not build, so it says nothing about the tests"
    survived=$((survived + 1))
  elif check "$test"; then
    echo "$file: $expression: SURVIVED $test"
    survived=$((survived + 1))
  elif grep -q 'No tests were found' build/mutation/test.log; then
    echo "$file: $expression: there is no test $test"
    survived=$((survived + 1))
  else
    echo "$file: $expression: seen by $test"
  fi
  cp build/mutation/kept "$copy/$file"
done <build/mutation/faults
echo "$planted faults planted, $survived not seen"
[ "$survived" -eq 0 ]
