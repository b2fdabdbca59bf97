#!/bin/sh
# Records a real Prometheus while a real RabbitMQ is driven, overloaded, filled, broken, repaired.
# Everything runs in namespaces of its own: no port of the machine is taken, the small disk that is
# filled exists only here, and all of it is gone when the script ends, however it ends.
set -eu

usage() {
  cat <<'END_OF_USAGE'
usage: record.sh [--minute S] [--interval D] [--out FILE]
  --minute S    how many seconds a minute of the story takes                         (default 60)
  --interval D  how often Prometheus scrapes, in its own notation                    (default 5s)
  --out FILE    OpenMetrics text, compressed if FILE ends in .zst
                                                        (default overloaded_broker.om.zst)
Every event is printed on standard output with its instant in UTC.
END_OF_USAGE
}
fail() { echo "record.sh: $*" >&2; exit 1; }
# The samples are stamped in milliseconds, which only GNU date prints.
log() { echo "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ) $*"; }

minute=60 interval=5s out=overloaded_broker.om.zst
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --minute | --interval | --out) ;;
    *) fail "unknown argument \`$1\`; see -h" ;;
  esac
  [ $# -ge 2 ] || fail "$1 needs a value; see -h"
  eval "${1#--}=\$2"; shift 2
done
echo "$minute" | grep -Eqx '[0-9]+(\.[0-9]+)?' || fail "--minute takes seconds, not \`$minute\`"
case $out in *.zst) zstd=zstd:zstd ;; *) zstd= ;; esac
[ -d "$(dirname "$out")" ] || fail "no directory for \`$out\`"
rabbitmq=/usr/lib/rabbitmq/bin python=/usr/bin/python3
for need in curl:curl $rabbitmq/rabbitmq-server:rabbitmq-server epmd:erlang-base \
  prometheus:prometheus promtool:prometheus prometheus-node-exporter:prometheus-node-exporter \
  prometheus-blackbox-exporter:prometheus-blackbox-exporter unshare:util-linux ip:iproute2 $zstd; do
  command -v "${need%:*}" >/dev/null ||
    fail "\`${need%:*}\` is missing; install the Debian package ${need#*:}"
done
for module in pika prometheus_client; do
  $python -c "import $module" 2>/dev/null ||
    fail "\`$module\` is missing; install the Debian package python3-$(echo $module | tr _ -)"
done

# --- outside: a directory, and namespaces in which this script runs again ------------------------
if [ -z "${RECORD_DIR:-}" ]; then
  RECORD_DIR=$(mktemp -d); export RECORD_DIR
  inside=
  # With its first process every other of the namespace ends, and with the last one its disk.
  clean_up() {
    trap '' HUP INT TERM; trap - EXIT
    [ -z "$inside" ] || kill -s KILL "$inside" 2>/dev/null || :
    wait
    rm -rf "$RECORD_DIR"
  }
  trap clean_up EXIT; trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
  user=; [ "$(id -u)" = 0 ] || user="--user --map-root-user"
  # shellcheck disable=SC2086  # a list of words
  unshare $user --mount --pid --net --fork --mount-proc --kill-child \
    "$0" --minute "$minute" --interval "$interval" --out "$out" &
  inside=$!
  status=0; wait $inside || status=$?
  inside=
  exit $status
fi

# --- inside --------------------------------------------------------------------------------------
dir=$RECORD_DIR here=$(dirname "$0")
fail() { echo "record.sh: $*" >&2; tail -n 3 "$dir"/log/*.log >&2; exit 1; }
ip link set lo up
mkdir "$dir/data" "$dir/log" "$dir/home"
mount -t tmpfs -o size=400m data "$dir/data"
# The network is the namespace's own, so that all ports are free.
amqp=5672 mqtt=1883 stomp=61613 exporter=15692 node=9100 probe=9115 prometheus=9090
east=9201 west=9202

start() { name=$1; shift; "$@" >"$dir/log/$name.log" 2>&1 & eval "pid_$name=$!"; }
# stop SIGNAL NAME...: waits too.
stop() {
  signal=$1; shift
  for name in "$@"; do
    eval "pid=\$pid_$name"; kill -s "$signal" "$pid" 2>/dev/null || :; wait "$pid" 2>/dev/null || :
  done
}
minutes() { sleep "$(awk "BEGIN { print $minute * $1 }")"; }
eventually() {
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1)); [ $tries -lt 300 ] || fail "in vain for 60 s: $*"
    sleep 0.2
  done
}
page_has() { curl -sf -m 2 "http://127.0.0.1:$1" | grep "$2"; }
drive() { name=$1; shift; start "$name" "$here/driver.py" "$amqp" "$@"; }
# What fills in minutes of the story must be sent faster when those are shorter.
hurried() { awk "BEGIN { print $1 * 60 / $minute }"; }

export HOME="$dir/home" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME=broker@localhost \
  RABBITMQ_MNESIA_BASE="$dir/data" RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_CONF_ENV_FILE=/dev/null \
  RABBITMQ_CONFIG_FILE="$dir/rabbitmq" RABBITMQ_ADVANCED_CONFIG_FILE="$dir/advanced" \
  RABBITMQ_ENABLED_PLUGINS_FILE="$dir/plugins" RABBITMQ_PID_FILE="$dir/broker.pid"
cat >"$dir/rabbitmq.conf" <<END
listeners.tcp.default = 127.0.0.1:$amqp
mqtt.listeners.tcp.default = 127.0.0.1:$mqtt
stomp.listeners.tcp.1 = 127.0.0.1:$stomp
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = $exporter
disk_free_limit.absolute = 60MB
vm_memory_high_watermark.absolute = 400MB
vm_memory_high_watermark_paging_ratio = 0.99
END
echo '[rabbitmq_prometheus,rabbitmq_mqtt,rabbitmq_stomp].' >"$dir/plugins"
start_broker() {
  start broker $rabbitmq/rabbitmq-server
  eventually page_has "$exporter/metrics" '^rabbitmq_connections '
}
control() {
  command=$1; shift
  "$rabbitmq/$command" -q "$@" >>"$dir/log/control" 2>&1 ||
    fail "$command $*: $(tail -5 "$dir/log/control")"
}

cat >"$dir/prometheus.yml" <<END
global: { scrape_interval: $interval, scrape_timeout: $interval }
scrape_configs:
  - job_name: broker
    metric_relabel_configs:
      - source_labels: [__name__]
        regex: erlang_vm_allocators|erlang_mnesia_tablewise_.*|telemetry_.*|process_.*
        action: drop
    static_configs: [{ targets: ["127.0.0.1:$exporter"], labels: { instance: broker } }]
  - job_name: queues
    metrics_path: /metrics/detailed
    params: { family: [queue_coarse_metrics, queue_consumer_count] }
    metric_relabel_configs:
      - { source_labels: [queue], regex: sessions|orders|archive|pictures, action: keep }
    static_configs: [{ targets: ["127.0.0.1:$exporter"], labels: { instance: broker } }]
  - job_name: node
    metric_relabel_configs:
      - { source_labels: [__name__], regex: node_.*, action: keep }
      - { source_labels: [__name__], regex: node_(filesystem_device_error|scrape_.*), action: drop }
      - { source_labels: [mountpoint], regex: "$dir/data", target_label: mountpoint,
          replacement: /data }
      - { source_labels: [mountpoint], regex: "|/data", action: keep }
    static_configs: [{ targets: ["127.0.0.1:$node"], labels: { instance: node } }]
  - job_name: gateway
    metric_relabel_configs:
      - { source_labels: [__name__], regex: gateway_.*, action: keep }
      - { source_labels: [__name__], regex: .*_created, action: drop }
    static_configs:
      - { targets: ["127.0.0.1:$east"], labels: { instance: east } }
      - { targets: ["127.0.0.1:$west"], labels: { instance: west } }
  - job_name: transport
    metrics_path: /probe
    params: { module: [tcp] }
    metric_relabel_configs:
      - { source_labels: [__name__], regex: probe_(success|duration_seconds), action: keep }
    relabel_configs:
      - { source_labels: [__address__], target_label: __param_target }
      - { target_label: __address__, replacement: "127.0.0.1:$probe" }
    static_configs:
      - { targets: ["127.0.0.1:$amqp"], labels: { instance: amqp } }
      - { targets: ["127.0.0.1:$mqtt"], labels: { instance: mqtt } }
      - { targets: ["127.0.0.1:$stomp"], labels: { instance: stomp } }
END
echo 'modules: { tcp: { prober: tcp, timeout: 2s } }' >"$dir/probe.yml"
promtool check config "$dir/prometheus.yml" >"$dir/check.log" 2>&1 || fail "$(cat "$dir/check.log")"

# sessions SECONDS COUNT: so many who answer, each after so long.
sessions() {
  for n in $(seq "$2"); do drive "session_$n" worker sessions "$1"; done
}
stop_sessions() {
  for n in $(seq "$1"); do stop TERM "session_$n"; done
}
orders() {
  for n in 1 2; do drive "order_$n" worker orders 0.01; done
}
archive() {
  drive archivist worker archive 0
  drive archive publisher archive 1 65536
}

start epmd epmd -address 127.0.0.1
start_broker
drive gateway_east gateway $east 20
drive gateway_west gateway $west 20
drive users_a users 20
drive users_b users 20
sessions 0.004 2
orders
drive orders publisher orders 30 1024
archive
start node prometheus-node-exporter --web.listen-address "127.0.0.1:$node" \
  --collector.disable-defaults --collector.loadavg --collector.meminfo --collector.cpu \
  --collector.filesystem --collector.filesystem.mount-points-exclude='^$' \
  --collector.diskstats --collector.netdev
start probe prometheus-blackbox-exporter --config.file "$dir/probe.yml" \
  --web.listen-address "127.0.0.1:$probe"
for port in $east $west; do
  eventually page_has "$port/metrics" '^gateway_requests_total{result="ok"} [1-9]'
done
eventually page_has "$node/metrics" '^node_load1 '
start prometheus prometheus --config.file="$dir/prometheus.yml" --storage.tsdb.path="$dir/tsdb" \
  --web.listen-address="127.0.0.1:$prometheus" --log.level=warn
eventually page_has "$prometheus/-/ready" Ready

log "the recording starts: all is well"
minutes 4
stop_sessions 2; sessions 0.11 8; log "each answer of the session manager takes 110 ms"
minutes 2
stop_sessions 8; sessions 0.004 2; log "the session manager is quick again"
minutes 2
stop TERM order_1 order_2; log "nobody works on orders"
minutes 3
orders; log "two workers take orders again"
minutes 2
stop KILL users_a; log "20 users lose their connections"
minutes 1.5
drive users_a users 20; log "the 20 users are back"
minutes 1.5
stop_sessions 2; log "the session manager stops"
minutes 2
sessions 0.004 2; log "the session manager is back"
minutes 2
control rabbitmq-plugins disable rabbitmq_mqtt; log "nobody listens for MQTT"
minutes 1
control rabbitmqctl suspend_listeners; log "nobody listens for anything; connections stay"
minutes 1
control rabbitmqctl resume_listeners; control rabbitmq-plugins enable rabbitmq_mqtt
log "all transports listen again"
minutes 2
stop TERM archivist archive; drive archive publisher archive "$(hurried 45)" 65536
log "the archive fills the disk, and nobody empties it"
minutes 3
stop TERM archive; control rabbitmqctl purge_queue archive; archive; log "the archive is emptied"
minutes 2
drive pictures publisher pictures "$(hurried 35)" 65536; log "pictures fill the memory"
minutes 3
stop TERM pictures; control rabbitmqctl purge_queue pictures; log "the pictures are thrown away"
minutes 2
kill -s KILL "$(cat "$dir/broker.pid")"; stop TERM broker; log "the broker is killed with SIGKILL"
minutes 2.5
start_broker; log "the broker answers again"
minutes 4
log "the recording ends"; stop TERM prometheus

# The dump has one sample a line, `{labels} value milliseconds`, and each series in time order;
# OpenMetrics wants, besides, that the series of a metric stand together. NaN is Prometheus's own
# mark for a series that went away; here the samples simply stop, as they did on the wire.
promtool tsdb dump "$dir/tsdb" >"$dir/dump" 2>"$dir/dump.log" || fail "$(cat "$dir/dump.log")"
awk '
  {
    match($0, /__name__="[^"]*", /)
    name = substr($0, RSTART + 10, RLENGTH - 13)
    labels = "{" substr($0, RSTART + RLENGTH); sub(/ [^ ]+ [^ ]+$/, "", labels)
    gsub(/", /, "\",", labels)
    if ($(NF - 1) == "NaN" || name ~ /^scrape_/) next
    seconds = substr($NF, 1, length($NF) - 3) "." substr($NF, length($NF) - 2)
    if (!(name in samples)) order[count++] = name
    samples[name] = samples[name] name labels " " $(NF - 1) " " seconds "\n"
  }
  END {
    if (!("up" in samples)) exit 1
    for (i = 0; i < count; i++) {
      family = order[i]
      type = sub(/_total$/, "", family) ? "counter" : "unknown"
      print "# TYPE " family " " type
      printf "%s", samples[order[i]]
    }
    print "# EOF"
  }' "$dir/dump" >"$dir/recording.om" || fail "nothing was scraped; was the run too short?"
# Importing it into an empty Prometheus is the strictest check of the format there is.
promtool tsdb create-blocks-from openmetrics "$dir/recording.om" "$dir/import" \
  >"$dir/import.log" 2>&1 || fail "promtool refuses the recording: $(cat "$dir/import.log")"
if [ "$zstd" ]; then zstd -q -19 "$dir/recording.om"; mv "$dir/recording.om.zst" "$out"
else mv "$dir/recording.om" "$out"; fi
