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
# GNU date prints the milliseconds that the log needs to be compared with the samples.
log() { echo "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ) $*"; }

before=5 outage=32 after=8 interval=15s out=registry_outage.om.zst
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --before | --outage | --after | --interval | --out)
      [ $# -ge 2 ] || fail "$1 needs a value; see -h"
      eval "${1#--}=\$2"; shift 2 ;;
    *) fail "unknown argument \`$1\`; see -h" ;;
  esac
done
# minutes FIELD FACTOR: seconds for a share of a phase, or an error that names the option.
minutes() {
  eval "value=\$$1"
  echo "$value" | grep -Eqx '[0-9]+(\.[0-9]+)?|\.[0-9]+' || fail "--$1 takes minutes, not \`$value\`"
  awk "BEGIN { printf \"%.3f\", $value * 60 * $2 }"
}
before_s=$(minutes before 1) outage_s=$(minutes outage 1)
lead_s=$(minutes after 0.125) silent_s=$(minutes after 0.375) rest_s=$(minutes after 0.5)

need() { command -v "$1" >/dev/null || fail "\`$1\` is missing; install the Debian package $2"; }
need curl curl
need redis-server redis-server
need redis-benchmark redis-tools
need prometheus prometheus
need promtool prometheus
need prometheus-redis-exporter prometheus-redis-exporter
need prometheus-node-exporter prometheus-node-exporter
case $out in *.zst) need zstd zstd ;; esac

regions="eu us ap sa"
redis_port=${REDIS_PORT:-16379} exporter_port=${EXPORTER_PORT:-19121}
node_port=${NODE_PORT:-19100} prometheus_port=${PROMETHEUS_PORT:-19090}
# A foreign process on one of our ports would be recorded as if it were ours, so all must be free;
# 7 is curl's exit status for a refused connection.
for port in "$node_port" "$prometheus_port" \
  $(awk "BEGIN { for (i = 0; i < 4; i++) print $redis_port + i, $exporter_port + i }"); do
  status=0; curl -s -m 2 -o "/dev/null" "http://127.0.0.1:$port/" || status=$?
  [ $status -eq 7 ] || fail "port $port is taken; choose others with the variables in -h"
done

dir=$(mktemp -d) pids=
clean_up() {
  trap - EXIT
  for pid in $pids; do kill "$pid" 2>/dev/null || :; done
  wait
  rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM

# start NAME PROGRAM...: runs it in the background and remembers its process id as pid_NAME.
start() {
  name=$1; shift
  "$@" >"$dir/$name.log" 2>&1 &
  eval "pid_$name=$!"; pids="$pids $!"
}
# stop NAME SIGNAL: ends it and waits, so that its port is free again and its id is not reused.
stop() {
  eval "pid=\$pid_$1"
  kill -s "$2" "$pid"; wait "$pid" 2>/dev/null || :
  pids=$(for p in $pids; do [ "$p" = "$pid" ] || echo "$p"; done)
}
# The shell delays signals while a foreground program runs, but not while it waits for one behind.
pause() { start pause sleep "$1"; wait "$pid_pause"; }
ready() {
  tries=0
  until curl -sf -m 2 "$1" | grep -q "$2"; do
    tries=$((tries + 1)); [ $tries -lt 120 ] || fail "no \`$2\` from $1 after 60 s"
    pause 0.5
  done
}
port_of() { n=$1; for r in $regions; do [ "$r" = "$2" ] && break; n=$((n + 1)); done; echo "$n"; }
# Idle connections, a different number in each region, make redis_connected_clients worth reading.
start_registry() {
  port=$(port_of "$redis_port" "$1")
  start "redis_$1" redis-server --bind 127.0.0.1 --port "$port" --save '' --dir "$dir"
  until curl -s -m 2 "telnet://127.0.0.1:$port" </dev/null; do pause 0.1; done
  start "clients_$1" redis-benchmark -I -h 127.0.0.1 -p "$port" -c $((port - redis_port + 5))
}
start_exporter() {
  port=$(port_of "$exporter_port" "$1")
  start "exporter_$1" prometheus-redis-exporter -redis-only-metrics \
    -web.listen-address "127.0.0.1:$port" \
    -redis.addr "redis://127.0.0.1:$(port_of "$redis_port" "$1")"
  ready "http://127.0.0.1:$port/metrics" '^redis_up 1'
}

for region in $regions; do start_registry "$region"; start_exporter "$region"; done
start node prometheus-node-exporter --web.listen-address "127.0.0.1:$node_port" \
  --collector.disable-defaults --collector.loadavg --collector.meminfo
ready "http://127.0.0.1:$node_port/metrics" '^node_load1 '
# A fixed `instance` keeps the ports of this run out of the recording, and `keep` keeps it small.
{
  cat <<END
global: { scrape_interval: $interval, scrape_timeout: $interval }
scrape_configs:
  - job_name: node
    static_configs: [{ targets: ['127.0.0.1:$node_port'], labels: { instance: node } }]
    metric_relabel_configs: &chosen
      - source_labels: [__name__]
        regex: redis_up|redis_connected_clients|node_load1|node_memory_MemAvailable_bytes
        action: keep
  - job_name: registry
    metric_relabel_configs: *chosen
    static_configs:
END
  for region in $regions; do
    echo "      - targets: ['127.0.0.1:$(port_of "$exporter_port" "$region")']"
    echo "        labels: { instance: $region, dc: $region }"
  done
} >"$dir/prometheus.yml"
promtool check config "$dir/prometheus.yml" >"$dir/check.log" 2>&1 || fail "$(cat "$dir/check.log")"
start prometheus prometheus --config.file="$dir/prometheus.yml" --storage.tsdb.path="$dir/tsdb" \
  --web.listen-address="127.0.0.1:$prometheus_port" --log.level=warn
ready "http://127.0.0.1:$prometheus_port/-/ready" Ready

log "recording starts"
pause "$before_s"
stop redis_eu KILL; log "registry eu killed"
pause "$outage_s"
start_registry eu; log "registry eu restarted"
pause "$lead_s"
stop exporter_ap TERM; log "exporter ap stopped"
pause "$silent_s"
start_exporter ap; log "exporter ap restarted"
pause "$rest_s"
stop prometheus TERM; log "recording ends"
