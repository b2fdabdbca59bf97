#!/bin/sh
# init_test.sh BIN: writes the signals of a real Prometheus down, which watches itself, and holds
# what it writes to have no findings. With 77 it says that a program it needs is missing.
set -eu
bin=$1
. "$(dirname "$0")/../support/temporary.sh"
needs curl prometheus
logs="log"

address=127.0.0.1:29091
cat >"$dir/prometheus.yml" <<END
global: { scrape_interval: 1s }
scrape_configs:
  - job_name: itself
    static_configs: [{ targets: ["$address"] }]
END
prometheus --config.file="$dir/prometheus.yml" --storage.tsdb.path="$dir/data" \
  --web.listen-address="$address" >"$dir/log" 2>&1 &
running=$!
seconds=0
until curl -sf "http://$address/api/v1/query?query=up" | grep -q '"itself"'; do
  kill -s 0 "$running" 2>/dev/null || fail "prometheus ended"
  [ $seconds -lt 60 ] || fail "prometheus has scraped nothing within a minute"
  seconds=$((seconds + 1))
  sleep 1
done

"$bin/tocsin" init "$dir/all" --from "http://$address/" --most 2000
"$bin/tocsin" check "$dir/all"
"$bin/tocsin" fmt --check "$dir/all"
"$bin/tocsin" test "$dir/all"
has() { tr -s ' \n' ' ' <"$dir/all/signals.tocsin" | grep -qF "$1" || fail "there is no \`$1\`"; }
has 'signal up : bool by (instance, job) { source: prometheus("up") }'
has 'signal process_resident_memory_bytes : bytes by'
has 'signal process_start_time_seconds : number by'
has 'signal process_cpu_seconds_total : duration by'
has 'signal prometheus_http_request_duration_seconds_bucket : count by (handler, instance, job, le)'
has 'signal prometheus_config_last_reload_successful : bool by'
signals=$(grep -c '^signal' "$dir/all/signals.tocsin")
[ "$signals" -gt 100 ] || fail "$signals signals only"

"$bin/tocsin" init "$dir/some" --from "http://$address" --match 'go_*' --match up --most 5
[ "$(grep -c '^signal' "$dir/some/signals.tocsin")" = 5 ] || fail "not five signals"
! "$bin/tocsin" init "$dir/none" --from "http://$address/nothing" 2>"$dir/said" || fail "no error"
grep -qF 'it answers with status 404' "$dir/said" || fail "no word of the status"
[ ! -e "$dir/none" ] || fail "something was written without signals"
echo "$signals signals of a Prometheus without findings"
