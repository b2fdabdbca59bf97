#!/bin/sh
# formats_test.sh BIN: lets validators that others wrote judge what `check` says in SARIF and JUnit
# of every golden policy, those among them that cannot be read. The validators are installed into
# BIN/../validators, as tests/validators/package-lock.json has them. With 77 it says that a program
# it needs is missing; `./dev test real` installs them.
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
