#!/bin/sh
# broker_test.sh BIN: makes the recording of the overloaded broker in a hurry, a minute of its story
# in three seconds, and runs the policy's alerts over it that what happens so fast can set off.
# With 77 it says that a program it needs is missing; `./dev test real` installs them.
set -eu
bin=$1
. "$(dirname "$0")/../support/temporary.sh"
needs curl /usr/lib/rabbitmq/bin/rabbitmq-server epmd prometheus promtool \
  prometheus-node-exporter prometheus-blackbox-exporter unshare ip zstd
logs="recorder decisions"
/usr/bin/python3 -c 'import pika, prometheus_client' 2>/dev/null || {
  echo "skipped: python3-pika or python3-prometheus-client is not installed"
  exit 77
}
unshare --mount --pid --net --fork true 2>/dev/null ||
  unshare --user --map-root-user --mount --pid --net --fork true 2>/dev/null || {
  echo "skipped: no namespaces can be made here"
  exit 77
}

examples/02_overloaded_broker/record.sh --minute 3 --interval 1s --out "$dir/short.om.zst" \
  >"$dir/recorder" 2>&1 &
running=$!
wait "$running" || fail "record.sh failed"
running=
cat "$dir/recorder"

# The policy with the times of a short recording: a tick every second, and a sample speaks for 4 s.
mkdir "$dir/policy"
cp examples/02_overloaded_broker/policy/people.tocsin "$dir/policy"
sed -e 's/resolution: 5s  grace: 2s/resolution: 1s  grace: 1s/' -e 's/stale: 15s/stale: 4s/' \
  -e 's/for 15s/for 2s/' examples/02_overloaded_broker/policy/policy.tocsin \
  >"$dir/policy/policy.tocsin"
"$bin/tocsin" check "$dir/policy"
simulate() {
  "$bin/tocsin" simulate "$dir/policy" --history "$dir/short.om.zst" --format json "$@"
}
simulate >"$dir/decisions"
simulate --engine jit >"$dir/jit"
cmp "$dir/decisions" "$dir/jit" || fail "compiled it decides otherwise than the interpreter"
tail -1 "$dir/decisions" | grep -qF '"signals_unseen":[]' || fail "a signal was not recorded"
for alert in registry_down session_manager_down transport_failure multiple_systems_down \
  new_errors; do
  grep "\"machine\":\"$alert\"" "$dir/decisions" | grep -qF '"to":"firing"' ||
    fail "$alert did not fire"
done
grep '"machine":"registry_down"' "$dir/decisions" | grep -qF '"from":"clearing","to":"inactive"' ||
  fail "the broker came back, and the alert was not over"
echo "what was broken fired"
