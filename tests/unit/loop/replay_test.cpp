#include "runtime/loop/replay.h"

#include <doctest/doctest.h>

#include "runtime/deliver/outbox.h"
#include "tests/unit/engine/outage_run.h"

using namespace tocsin;
using namespace tocsin::testing;
using Lines = std::vector<std::string>;

namespace {

class ListSource final : public loop::RecordSource {
 public:
  bool Next(history::Record& record) override {
    if (next_ == records.size()) return false;
    record = records[next_++];
    return true;
  }
  std::vector<history::Record> records;

 private:
  std::size_t next_ = 0;
};

struct ReplayRun {
  history::SeriesTable table;
  ListSource source;

  void Sample(values::Instant stamp, double value, const std::string& region = "eu") {
    history::Record record;
    record.sample.series = *table.Intern("up", Labels({{"job", "registry"}, {"dc", region}}));
    record.sample.stamp = stamp;
    record.sample.value = value;
    source.records.push_back(record);
  }
  void Event(values::Instant at, const std::string& name) {
    history::Record record;
    record.kind = history::Record::Kind::kEvent;
    record.event.at = at;
    record.event.name = name;
    record.event.alert = "registry_down";
    record.event.labels = Labels({{"region", "eu"}});
    record.event.by = "alice";
    source.records.push_back(record);
  }
  loop::ReplayResult Run(const loop::ReplayOptions& options = {}) {
    loop::ManualClock clock;
    loop::Replay replay(run.program, run.engine, table, source, clock);
    auto result = replay.Run(options, [this](const loop::ReplayProgress& now) { progress = now; });
    CHECK(clock.now() == result.end);
    return result;
  }
  OutageRun run;
  loop::ReplayProgress progress;
};

}  // namespace

TEST_SUITE_BEGIN("loop: replay");
TEST_CASE("ticks run from the first sample to the last record") {
  ReplayRun replay;
  for (int i = 0; i < 5; ++i) replay.Sample(100'000 + i * 10'000, 0);
  replay.Sample(140'000, 0, "mars");
  const auto result = replay.Run();
  CHECK(result.first_tick == 105'000);
  CHECK(result.ticks == 3);  // 105, 120, 135
  CHECK(result.end == 140'000);
  CHECK(result.samples == 6);
  CHECK(result.samples_unread == 1);
  CHECK(replay.run.engine.stats().samples == 5);
  CHECK(replay.run.engine.stats().samples_late == 0);
  CHECK(replay.run.Taken("registry_down") == Lines{"110 pending", "140 firing"});
}

TEST_CASE("it runs on without records, and an event at a deadline is in time") {
  ReplayRun replay;
  for (int i = 0; i <= 24; ++i) replay.Sample(15'000 * (i + 1), 0);
  replay.source.records.erase(replay.source.records.begin() + 23, replay.source.records.end());
  replay.Event(350'000, "acknowledge");
  replay.Event(350'000, "acknowledge");
  replay.Event(360'000, "sing");
  loop::ReplayOptions options;
  options.to = 3'600'000;
  const auto result = replay.Run(options);
  CHECK(result.ticks == 240);
  CHECK(result.end == 3'605'000);
  CHECK(result.events == 3);
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].problem == engine::EventProblem::kUnknownEvent);
  CHECK(replay.run.Sent()[1] == "2150 page alice phone");
  CHECK(replay.run.Of(engine::DecisionKind::kIgnored).size() == 1);
  CHECK(replay.progress.fraction == 1);
  CHECK(replay.progress.ticks == 240);
}

TEST_CASE("what is before `from` is left out") {
  ReplayRun replay;
  for (int i = 0; i < 20; ++i) replay.Sample(15'000 * (i + 1), 0);
  loop::ReplayOptions options;
  options.from = 61'000;
  options.to = 200'000;
  const auto result = replay.Run(options);
  CHECK(result.first_tick == 75'000);
  CHECK(result.ticks == 9);
  CHECK(replay.run.Taken("registry_down") == Lines{"80 pending", "110 firing"});
}

TEST_CASE("nothing at all is run on nothing") {
  ReplayRun replay;
  const auto result = replay.Run();
  CHECK(result.ticks == 0);
  CHECK_FALSE(result.first_tick);
}
TEST_SUITE_END();

TEST_SUITE_BEGIN("deliver: outbox");
TEST_CASE("a repeated identity is held back and shown") {
  deliver::CountingOutbox outbox;
  Recorder recorder;
  deliver::SendingSink sink(recorder, outbox);
  engine::Decision send;
  send.kind = engine::DecisionKind::kSend;
  send.identity = "a";
  sink.Take(send);
  sink.Take(send);
  send.identity = "b";
  sink.Take(send);
  engine::Decision transition;
  sink.Take(transition);
  CHECK(outbox.sent() == 2);
  CHECK(outbox.repeats() == 1);
  CHECK(recorder.all.size() == 4);
}
TEST_SUITE_END();
