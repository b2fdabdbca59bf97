#!/bin/sh
# recording_test.sh BIN: records a real Prometheus while a real registry dies and an exporter falls
# silent, in the short form of the example, and runs the example's alerts over what it recorded.
# With 77 it says that a program it needs is missing; `./dev test real` installs them.
set -eu
bin=$1
. "$(dirname "$0")/../support/temporary.sh"
needs curl redis-server redis-cli redis-benchmark prometheus promtool \
  prometheus-redis-exporter prometheus-node-exporter zstd
logs="recorder decisions"

# The example's policy with the times of a short recording: a sample each second, a tick every
# second. The exporter of ap is silent for 18 s: longer than the 3 s for which a sample speaks and
# the 8 s after which silence is trouble.
mkdir "$dir/policy"
cp examples/01_registry_outage/policy/people.tocsin "$dir/policy/"
cat >"$dir/policy/policy.tocsin" <<'END'
policy registry_watch "Registry on call, in a hurry" { resolution: 1s  grace: 1s }

label region : [eu, us, ap, sa]
signal registry_up : bool by (region) {
  source: prometheus("redis_up", region: "dc", where: job == "registry")
  stale:  3s
}
table level
| name     | title      | inform   | via |
|----------|------------|----------|-----|
| critical | "Critical" | duty_mgr | sms |

alert registry_down {
  level:   critical
  opens:   P1
  no_data: fire(after: 8s)
  says:    "Registry in {region} is down"
  when     not registry_up for 4s
}
END
"$bin/tocsin" check "$dir/policy"

# Ports of its own, so that a recording for the example can run at the same time.
REDIS_PORT=26379 EXPORTER_PORT=29121 NODE_PORT=29100 PROMETHEUS_PORT=29090 \
  examples/01_registry_outage/record.sh --before 0.2 --outage 0.3 --after 0.8 --interval 1s \
  --out "$dir/short.om.zst" >"$dir/recorder" 2>&1 &
running=$!
seconds=0
while kill -s 0 "$running" 2>/dev/null; do
  [ $seconds -lt 300 ] || fail "the recording did not end within 5 minutes"
  seconds=$((seconds + 1))
  sleep 1
done
wait "$running" || fail "record.sh failed"
running=
cat "$dir/recorder"

simulate() {
  policy=$1; shift
  "$bin/tocsin" simulate "$policy" --history "$dir/short.om.zst" --format json "$@"
}
"$bin/tocsin" build "$dir/policy" -o "$dir/policy.module"
simulate "$dir/policy" >"$dir/decisions"
simulate "$dir/policy" --engine jit >"$dir/jit"
simulate "$dir/policy.module" --engine linked >"$dir/linked"
for engine in jit linked; do
  cmp "$dir/decisions" "$dir/$engine" || fail "$engine decides otherwise than the interpreter"
done

# step REGION FROM TO [BECAUSE]: the alert of this region took this step, once.
step() {
  found=$(grep '"machine":"registry_down"' "$dir/decisions" |
    grep -F "{region=\\\"$1\\\"}" | grep -F "\"from\":\"$2\",\"to\":\"$3\"" |
    grep -c -F "${4:-}") || :
  [ "$found" = 1 ] || fail "$1: $2 -> $3 ${4:-}: $found times, expected once"
}
step eu pending firing
step eu clearing inactive
step ap inactive firing 'no data for 8s'
step ap clearing inactive
for region in us sa; do
  ! grep '"machine":"registry_down"' "$dir/decisions" | grep -F "{region=\\\"$region\\\"}" |
    grep -qF '"to":"firing"' || fail "$region fired, and nothing was wrong there"
done
for region in eu ap; do
  for action in page notify over; do
    grep '"type":"send"' "$dir/decisions" | grep -F "{region=\\\"$region\\\"}" |
      grep -qF "\"action\":\"$action\"" || fail "nobody was told: $action for $region"
  done
done
tail -1 "$dir/decisions" | grep -qF '"repeats":0' || fail "a message was sent twice"
echo "eu fired and was over, ap fired by its silence and was over, us and sa were quiet"
