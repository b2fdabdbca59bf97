#include <doctest/doctest.h>

#include "compiler/study/test_expect.h"
#include "compiler/study/test_run.h"
#include "compiler/study/test_world.h"
#include "tests/unit/engine/outage_policy.h"

namespace tocsin::study {
namespace {

TEST_CASE("tests: the labels of a row are read back from their text") {
  const auto back = [](std::vector<values::Label> labels) {
    const values::LabelSet set = *values::LabelSet::Make(std::move(labels));
    CHECK(LabelsOfKey(set.Text()) == set);
  };
  back({});
  back({{"region", "eu"}});
  back({{"a", ""}, {"b", "x,y=\"}"}, {"c", "back\\slash\nline"}, {"d", "\xc3\xa9"}});
}

TEST_CASE("tests: a program fed by signals reads each signal by its own name and labels") {
  const ir::Program program = testing::OutagePolicy();
  const ir::Program fed = FedBySignals(program);
  REQUIRE(fed.signals.size() == program.signals.size());
  for (const ir::Signal& signal : fed.signals) {
    CHECK(signal.metric == signal.name);
    CHECK(signal.where.empty());
    CHECK(signal.scale == 1);
    for (const ir::SourceLabel& label : signal.labels)
      CHECK(label.from == fed.labels[label.label.index].name);
  }
}

TEST_CASE("tests: a test begins before 0s by all that its policy looks back, and a tick") {
  ir::Program program = testing::OutagePolicy();
  values::Duration longest = 0;
  for (const ir::Kernel& kernel : program.kernels) {
    for (const ir::HoldSlot& hold : kernel.holds) longest = std::max(longest, hold.duration_ms);
  }
  REQUIRE(longest > 0);
  const values::Duration lead = LeadOf(program);
  CHECK(lead >= longest + program.resolution_ms);
  CHECK(lead % program.resolution_ms == 0);
  for (ir::Kernel& kernel : program.kernels) {
    for (ir::HoldSlot& hold : kernel.holds) hold.duration_ms += 10 * values::kHourMs;
  }
  CHECK(LeadOf(program) >= lead + 10 * values::kHourMs);
}

TEST_CASE("tests: an expectation is about the time that its word says") {
  World world;
  world.end = 600'000;
  const auto of = [&](std::string keyword, values::Duration time) {
    check::Clause clause;
    clause.keyword = std::move(keyword);
    clause.hold_ms = time;
    return ExpectationOf(clause, world);
  };
  const auto is = [](const TimeSpan& span, values::Duration first, values::Duration last) {
    return span.first == first && span.last == last;
  };
  CHECK(is(of("within", 5000).states, 0, 5000));
  CHECK(is(of("before", 5000).messages, 0, 4999));
  CHECK(is(of("after", 5000).states, 5001, 600'000));
  CHECK(is(of("expect", 0).messages, 0, 600'000));
  CHECK(is(of("at", 5000).states, 5000, 5000));
  CHECK(is(of("at", 5000).messages, 0, 5000));
}

}  // namespace
}  // namespace tocsin::study
