#!/bin/sh
# Records a real Prometheus while a real registry dies and comes back. Four redis-servers stand for
# the registry's regions; each has its exporter, and everything listens on 127.0.0.1 only.
set -eu

usage() {
  cat <<'END'
usage: record.sh [--before M] [--outage M] [--after M] [--interval D] [--out FILE]
  --before M    minutes in which all is well                      (default 5)
  --outage M    minutes for which the eu registry is dead         (default 32)
  --after M     minutes after its restart; from 1/8 to 4/8 of them the ap exporter is stopped
                                                                  (default 8)
  --interval D  how often Prometheus scrapes, in its own notation (default 15s)
  --out FILE    OpenMetrics text, compressed if FILE ends in .zst (default registry_outage.om.zst)
Minutes may be fractions. Every event is printed on standard output with its instant in UTC.
First ports, from the environment: REDIS_PORT=16379 EXPORTER_PORT=19121 (four of each),
NODE_PORT=19100, PROMETHEUS_PORT=19090.
END
}
fail() { echo "record.sh: $*" >&2; exit 1; }
# The samples are stamped in milliseconds, which only GNU date prints.
log() { echo "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ) $*"; }

before=5 outage=32 after=8 interval=15s out=registry_outage.om.zst
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --before | --outage | --after | --interval | --out) ;;
    *) fail "unknown argument \`$1\`; see -h" ;;
  esac
  [ $# -ge 2 ] || fail "$1 needs a value; see -h"
  eval "${1#--}=\$2"; shift 2
done
for phase in before outage after; do
  value=; eval "value=\$$phase"
  echo "$value" | grep -Eqx '[0-9]+(\.[0-9]+)?' || fail "--$phase takes minutes, not \`$value\`"
done
case $out in *.zst) zstd=zstd:zstd ;; *) zstd= ;; esac
[ -d "$(dirname "$out")" ] || fail "no directory for \`$out\`"
for need in curl:curl redis-server:redis-server redis-cli:redis-tools redis-benchmark:redis-tools \
  prometheus:prometheus promtool:prometheus prometheus-redis-exporter:prometheus-redis-exporter \
  prometheus-node-exporter:prometheus-node-exporter $zstd; do
  command -v "${need%:*}" >/dev/null ||
    fail "\`${need%:*}\` is missing; install the Debian package ${need#*:}"
done

node="127.0.0.1:${NODE_PORT:-19100}" prometheus="127.0.0.1:${PROMETHEUS_PORT:-19090}"
regions="eu us ap sa"
port() { case $2 in eu) n=0 ;; us) n=1 ;; ap) n=2 ;; sa) n=3 ;; esac; echo $(($1 + n)); }
redis_port() { port "${REDIS_PORT:-16379}" "$1"; }
exporter() { echo "127.0.0.1:$(port "${EXPORTER_PORT:-19121}" "$1")"; }
# A foreign process on one of our ports would be recorded as if it were ours, so all must be free;
# 7 is curl's exit status for a refused connection.
for address in $node $prometheus \
  $(for r in $regions; do exporter "$r"; echo "127.0.0.1:$(redis_port "$r")"; done); do
  status=0; curl -s -m 2 -o /dev/null "http://$address/" || status=$?
  [ $status -eq 7 ] || fail "$address is taken; choose another port with the variables in -h"
done

dir=$(mktemp -d)
clean_up() {
  trap '' HUP INT TERM; trap - EXIT
  jobs -p >"$dir/pids"
  xargs kill <"$dir/pids" 2>/dev/null || :
  wait
  rm -rf "$dir"
}
trap clean_up EXIT; trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM

# start NAME PROGRAM...: runs it behind, and remembers its process id as pid_NAME.
start() { name=$1; shift; "$@" >"$dir/$name.log" 2>&1 & eval "pid_$name=$!"; }
# stop NAME SIGNAL: waits too, so that the port is free again when the thing is restarted.
stop() { eval "pid=\$pid_$1"; kill -s "$2" "$pid" 2>/dev/null || :; wait "$pid" 2>/dev/null || :; }
# The shell delays signals while a program runs in front, but not while it waits for one behind.
pause() { sleep "$1" & wait $!; }
minutes() { pause "$(awk "BEGIN { print 60 * $1 }")"; }
eventually() {
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1)); [ $tries -lt 200 ] || fail "in vain for 40 s: $*"
    pause 0.2
  done
}
page_has() { curl -sf -m 2 "http://$1" | grep "$2"; }
# Idle clients, a different number in each region, make redis_connected_clients worth reading.
start_registry() {
  p=$(redis_port "$1")
  start "registry_$1" redis-server --bind 127.0.0.1 --port "$p" --save '' --dir "$dir"
  eventually redis-cli -p "$p" ping
  start "clients_$1" redis-benchmark -I -p "$p" -c "$(port 6 "$1")"
}
start_exporter() {
  start "exporter_$1" prometheus-redis-exporter -redis-only-metrics \
    -web.listen-address "$(exporter "$1")" -redis.addr "redis://127.0.0.1:$(redis_port "$1")"
  eventually page_has "$(exporter "$1")/metrics" '^redis_up 1'
}

metrics="redis_up redis_connected_clients node_load1 node_memory_MemAvailable_bytes"
# A fixed `instance` keeps the ports of this run out of the recording, and `keep` keeps it small.
{
  cat <<END
global: { scrape_interval: $interval, scrape_timeout: $interval }
scrape_configs:
  - job_name: node
    metric_relabel_configs: &chosen
      - source_labels: [__name__]
        regex: $(echo "$metrics" | tr ' ' '|')
        action: keep
    static_configs: [{ targets: ["$node"], labels: { instance: node } }]
  - job_name: registry
    metric_relabel_configs: *chosen
    static_configs:
END
  for r in $regions; do
    echo "      - { targets: [\"$(exporter "$r")\"], labels: { instance: $r, dc: $r } }"
  done
} >"$dir/prometheus.yml"
promtool check config "$dir/prometheus.yml" >"$dir/check.log" 2>&1 || fail "$(cat "$dir/check.log")"

for r in $regions; do start_registry "$r"; start_exporter "$r"; done
start node prometheus-node-exporter --web.listen-address "$node" \
  --collector.disable-defaults --collector.loadavg --collector.meminfo
eventually page_has "$node/metrics" '^node_load1 '
start prometheus prometheus --config.file="$dir/prometheus.yml" --storage.tsdb.path="$dir/tsdb" \
  --web.listen-address="$prometheus" --log.level=warn
eventually page_has "$prometheus/-/ready" Ready

log "recording starts"
minutes "$before"
stop registry_eu KILL; log "registry eu killed"; stop clients_eu TERM
minutes "$outage"
start_registry eu; log "registry eu restarted"
minutes "$after / 8"
stop exporter_ap TERM; log "exporter ap stopped"
minutes "$after * 3 / 8"
start_exporter ap; log "exporter ap restarted"
minutes "$after / 2"
log "recording ends"; stop prometheus TERM

# The dump has one sample a line, `{labels} value milliseconds`, and each series in time order;
# OpenMetrics wants, besides, that the series of a metric stand together. NaN is Prometheus's own
# mark for a series that went away; here the samples simply stop, as they did on the wire.
promtool tsdb dump "$dir/tsdb" >"$dir/dump" 2>"$dir/dump.log" || fail "$(cat "$dir/dump.log")"
awk -v metrics="$metrics up" '
  {
    match($0, /__name__="[^"]*", /)
    name = substr($0, RSTART + 10, RLENGTH - 13)
    labels = "{" substr($0, RSTART + RLENGTH); sub(/ [^ ]+ [^ ]+$/, "", labels)
    gsub(/", /, "\",", labels)
    if ($(NF - 1) == "NaN" || (name == "up" && labels !~ /job="registry"/)) next
    seconds = substr($NF, 1, length($NF) - 3) "." substr($NF, length($NF) - 2)
    samples[name] = samples[name] name labels " " $(NF - 1) " " seconds "\n"
  }
  END {
    count = split(metrics, order, " ")
    for (i = 1; i <= count; i++) {
      name = order[i]
      if (!(name in samples)) exit 1
      print "# TYPE " name " gauge"
      if (name ~ /_bytes$/) print "# UNIT " name " bytes"
      printf "%s", samples[name]
    }
    print "# EOF"
  }' "$dir/dump" >"$dir/recording.om" || fail "a metric has no samples; was the run too short?"
# Importing it into an empty Prometheus is the strictest check of the format there is.
promtool tsdb create-blocks-from openmetrics "$dir/recording.om" "$dir/import" \
  >"$dir/import.log" 2>&1 || fail "promtool refuses the recording: $(cat "$dir/import.log")"
if [ "$zstd" ]; then zstd -q -19 "$dir/recording.om"; mv "$dir/recording.om.zst" "$out"
else mv "$dir/recording.om" "$out"; fi
