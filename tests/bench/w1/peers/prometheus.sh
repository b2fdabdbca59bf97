#!/bin/sh
# prometheus.sh PROGRAM [VARIANTS]: workload W1 by Prometheus, over blocks made of the same data.
# First the ticks that it counts are compared; then its processor time is shown: that of the server
# for one query_range a rule over the second hour. Rates differ from the language's by what
# Prometheus extrapolates, so they are held against the columnar program that does so, too.
set -eu
program=$1 variants=${2:-1}
for needed in prometheus promtool curl; do
  command -v $needed >/dev/null || { echo "prometheus: skipped, $needed is not installed"; exit 0; }
done
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
"$program" write "$folder" --variants "$variants"
promtool tsdb create-blocks-from openmetrics "$folder/data.om" "$folder/tsdb" >/dev/null
: >"$folder/empty.yml"
port=$((20000 + $$ % 20000))
prometheus --config.file="$folder/empty.yml" --storage.tsdb.path="$folder/tsdb" \
  --storage.tsdb.retention.time=100y --web.listen-address="127.0.0.1:$port" 2>"$folder/log" &
server=$!
tries=0
until curl -fs "http://127.0.0.1:$port/-/ready" >/dev/null; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || { cat "$folder/log"; exit 1; }
  sleep 0.1
done

# In hundredths of a second.
cpu() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
# The ticks at which an expression holds, of all rows together.
count() {
  curl -fsS "http://127.0.0.1:$port/api/v1/query_range" --data-urlencode "query=count($1)" \
    --data start=1795406400 --data end=1795409985 --data step=15 |
    grep -o '"[0-9]*"\]' | tr -d '"]' | awk '{ n += $1 } END { print n + 0 }'
}

failed=
total=0
sed -n "s/^ *- alert: //p" "$folder/rules.yml" >"$folder/names"
sed -n "s/^ *expr: '\(.*\)'$/\1/p" "$folder/rules.yml" >"$folder/expressions"
paste "$folder/names" "$folder/expressions" >"$folder/rules"
tab=$(printf '\t')
while IFS="$tab" read -r name expression; do
  before=$(cpu)
  seen=$(count "$expression")
  spent=$(($(cpu) - before))
  total=$((total + spent))
  exact=$(sed -n "s/^$name$tab\([0-9]*\).*/\1/p" "$folder/counts.tsv")
  extrapolated=$(sed -n "s/^$name$tab\([0-9]*\).*/\1/p" "$folder/counts_extrapolated.tsv")
  verdict=same
  [ "$exact" = "$extrapolated" ] || verdict="same but for extrapolation: $exact without"
  [ "$seen" = "$extrapolated" ] || { verdict="DIFFERENT: $extrapolated"; failed=yes; }
  echo "$name: $seen ticks, $((spent * 10)) ms; $verdict"
done <"$folder/rules"
echo "$(prometheus --version 2>&1 | sed -n 's/^prometheus, version \([^ ]*\).*/prometheus \1/p')," \
  "$(wc -l <"$folder/rules") rules: $((total * 10)) ms of processor time"
[ -z "$failed" ]
