#!/bin/sh
# vmalert.sh PROGRAM [VARIANTS]: workload W1 by VictoriaMetrics and vmalert; it replays both hours.
# First the ticks at which its alerts fire are compared, then the processor time of both is shown.
# Its rates take what a counter grew by before the first sample in the window, as the language's do.
set -eu
program=$1 variants=${2:-1}
for needed in victoria-metrics vmalert curl; do
  command -v $needed >/dev/null || { echo "vmalert: skipped, $needed is not installed"; exit 0; }
done
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || :; }; rm -rf "$folder"' EXIT
"$program" write "$folder" --variants "$variants"
port=$((20000 + $$ % 20000))
url=http://127.0.0.1:$port
victoria-metrics -storageDataPath="$folder/data" -httpListenAddr="127.0.0.1:$port" \
  -retentionPeriod=100y >"$folder/log" 2>&1 &
server=$!
tries=0
until curl -fs "$url/health" >/dev/null; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || { cat "$folder/log"; exit 1; }
  sleep 0.1
done
# Its instants are whole milliseconds.
sed '/^#/d; s/\.\([0-9][0-9][0-9]\)$/\1/' "$folder/data.om" |
  curl -fsS "$url/api/v1/import/prometheus" --data-binary @- -H 'Expect:'
curl -fsS "$url/internal/force_flush"

cpu() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
before=$(cpu)
# `times` says in its second line what the children of the shell took, of which there is one.
(
  vmalert -rule="$folder/rules.yml" -datasource.url="$url" -remoteWrite.url="$url" \
    -remoteRead.url="$url" -datasource.queryStep=15s -replay.timeFrom=2026-11-23T03:00:00Z \
    -replay.timeTo=2026-11-23T04:59:45Z -replay.rulesDelay=0s -httpListenAddr= \
    -remoteWrite.maxQueueSize=10000000 \
    >"$folder/vmalert.log" 2>&1 || { tail -n 1 "$folder/vmalert.log"; exit 1; }
  times >"$folder/time"
)
ms=$(sed -n '2s/[ms]/ /gp' "$folder/time" |
  awk '{ print int(($1 * 60 + $2 + $3 * 60 + $4) * 1000) }')
ms=$((ms + ($(cpu) - before) * 10))
curl -fsS "$url/internal/force_flush"

failed=
tab=$(printf '\t')
while IFS="$tab" read -r name active exact transitions; do
  seen=$(curl -fsS "$url/api/v1/query" --data time=1795409985 --data nocache=1 --data-urlencode \
    "query=sum(count_over_time(ALERTS{alertname=\"$name\",alertstate=\"firing\"}[3600s]))" |
    sed -n 's/.*,"\([0-9]*\)"\].*/\1/p')
  verdict=same
  [ "${seen:-0}" = "$exact" ] || { verdict="DIFFERENT: $exact"; failed=yes; }
  echo "$name: fires at ${seen:-0} ticks; $verdict"
done <"$folder/counts.tsv"
echo "victoria-metrics and vmalert, $(wc -l <"$folder/counts.tsv") rules, both hours: $ms ms" \
  "of processor time"
[ -z "$failed" ]
