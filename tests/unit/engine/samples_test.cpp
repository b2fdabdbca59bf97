// What becomes of samples: freshness, stamps, bounds and refusals.
#include <doctest/doctest.h>

#include <limits>

#include "tests/unit/engine/outage_run.h"

using namespace tocsin;
using namespace tocsin::testing;
using engine::DecisionKind;
using Lines = std::vector<std::string>;

namespace {

// Gives the samples of one series and runs the ticks up to `last`.
struct SampleRun : OutageRun {
  void Give(values::Instant at, std::vector<std::pair<values::Instant, double>> stamped) {
    std::vector<engine::Sample> samples;
    const auto series = Series("up", {{"job", "registry"}, {"dc", "eu"}});
    for (const auto& [stamp, value] : stamped) samples.push_back({series, value, stamp});
    engine.TakeSamples(at, samples);
  }
};

}  // namespace

TEST_SUITE_BEGIN("engine: samples");
TEST_CASE("of two samples with one stamp the first that came counts, else the newest stamp") {
  SampleRun first_down;
  first_down.Give(10'000, {{9'000, 0}, {9'000, 1}, {8'000, 1}});
  first_down.RunTo(15'000);
  CHECK(first_down.Taken("registry_down") == Lines{"20 pending"});
  SampleRun first_up;
  first_up.Give(10'000, {{9'000, 1}, {9'000, 0}, {8'000, 0}});
  first_up.RunTo(15'000);
  CHECK(first_up.Taken("registry_down").empty());
}

TEST_CASE("a sample stamped after the tick waits for its own") {
  SampleRun run;
  run.Give(15'000, {{15'000, 1}, {15'001, 0}, {31'000, 1}});
  run.RunTo(15'000);
  CHECK(run.Taken("registry_down").empty());
  run.RunTo(30'000);
  CHECK(run.Taken("registry_down") == Lines{"35 pending"});
  run.RunTo(45'000);
  CHECK(run.Taken("registry_down") == Lines{"35 pending", "50 inactive"});
}

TEST_CASE("late samples and those too far ahead are counted, and said once for each series") {
  SampleRun run;
  run.Give(15'000, {{15'000, 1}});
  run.RunTo(15'000);
  run.Give(21'000, {{15'000, 0}, {14'000, 0}});
  run.Give(21'000, {{21'000 + 10 * kMinuteMs, 0}, {21'001 + 10 * kMinuteMs, 0}});
  run.Give(22'000, {{23'000 + 10 * kMinuteMs, 0}});
  CHECK(run.engine.stats().samples == 2);
  CHECK(run.engine.stats().samples_late == 2);
  CHECK(run.engine.stats().samples_ahead == 2);
  const auto refused = run.Of(DecisionKind::kRefused);
  REQUIRE(refused.size() == 2);
  CHECK(refused[0].because ==
        "a sample stamped 1970-01-01T00:00:15.000Z came when the tick 1970-01-01T00:00:15.000Z was "
        "decided already");
  CHECK(refused[0].key == R"(up{dc="eu",job="registry"})");
  CHECK(refused[1].because.find("further ahead than 10m") != std::string::npos);
  run.RunTo(60'000);
  CHECK(run.Taken("registry_down").empty());
}

TEST_CASE("a row is known while its sample is fresh, and a sample that is no number is no value") {
  OutageRun run;
  run.Latency("web", 0.9);
  run.RunTo(15'000);
  CHECK(run.Taken("host_slow") == Lines{"20 pending", "20 firing"});  // no hold: both at once
  const auto fired = run.Of(DecisionKind::kTransition)[1];
  CHECK(fired.has_value);
  CHECK(fired.value == 900);
  CHECK(run.Of(DecisionKind::kSend)[0].text == "web takes 900ms");
  run.Latency("web", std::numeric_limits<double>::quiet_NaN());
  run.RunTo(600'000);
  CHECK(run.Taken("host_slow").size() == 2);  // absent neither fires nor clears
  run.Latency("web", 0.1);
  run.RunTo(615'000);
  CHECK(run.Taken("host_slow").back() == "620 inactive");
}

TEST_CASE("series outside a closed domain, without a label or past a bound are refused once") {
  OutageRun run;
  CHECK(run.Series("up", {{"job", "registry"}, {"dc", "mars"}}) == engine::kNoSeries);
  CHECK(run.Series("up", {{"job", "registry"}, {"dc", "mars"}}) == engine::kNoSeries);
  CHECK(run.Series("up", {{"job", "registry"}}) == engine::kNoSeries);
  CHECK(run.Series("up", {{"job", "node"}, {"dc", "mars"}}) == engine::kNoSeries);  // not ours
  CHECK(run.Series("down", {}) == engine::kNoSeries);
  const auto a = run.Series("latency_seconds", {{"instance", "a"}});
  const auto b = run.Series("latency_seconds", {{"instance", "b"}});
  CHECK(a != b);
  CHECK(run.Series("latency_seconds", {{"instance", "a"}}) == a);
  CHECK(run.Series("latency_seconds", {{"instance", "c\nd"}}) == engine::kNoSeries);
  CHECK(run.engine.stats().series_refused == 3);
  CHECK(run.engine.stats().rows == 5);
  const auto refused = run.Of(DecisionKind::kRefused);
  REQUIRE(refused.size() == 3);
  CHECK(refused[0].because == "label `region` is `mars`, which is not one of us, eu, ap");
  CHECK(refused[0].key == R"(up{dc="mars",job="registry"})");
  CHECK(refused[1].because ==
        "it has no label `dc`, from which `region` of signal `registry_up` comes");
  CHECK(refused[2].because == "label `host` is `c d`, but already has the 2 values it may have");
}

TEST_CASE("rows that come later start absent, whatever kernels left in their lanes") {
  ir::Program program = OutagePolicy();
  program.labels[1].bound = 1000;
  program.spaces[1].row_bound = 1000;
  OutageRun run(program);
  for (int i = 0; i < 200; ++i) {  // past the first capacity, so that columns move
    run.Latency("host" + std::to_string(i), 0.1);
    run.RunTo(15'000 * (i + 1));
  }
  CHECK(run.engine.stats().rows == 203);
  CHECK(run.Taken("host_slow").empty());
  run.Latency("host64", 0.7);
  run.RunTo(15'000 * 201);
  CHECK(run.Of(DecisionKind::kTransition)[0].key == R"({host="host64"})");
}
TEST_SUITE_END();
