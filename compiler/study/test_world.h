// What a test gives, as the engine is fed it: the series with their values over time, when the test
// begins and ends, and which rows of alerts the test is about at all. Instants are counted from 0s,
// when trouble starts; the test begins far enough before that every window and every `for` is full.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/typed.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/values/labels.h"

namespace tocsin::study {

inline constexpr std::int64_t kMostTestTicks = 10'000'000;     // 4.7 years of 15 s
inline constexpr std::int64_t kMostTestSamples = 100'000'000;  // of all series together
inline constexpr values::Duration kAfterwardsMs = values::kHourMs;

// The same program, fed by signals and not by metrics: each signal reads the metric of its own
// name. So a test says what a signal is, whatever its samples are made from.
ir::Program FedBySignals(const ir::Program& program);

// How long before 0s a test begins: as long as all windows and holds that follow from each other,
// and a tick. A window over what follows only from signals that are not given is empty however long
// it is, so it does not count; without `given`, all signals are.
values::Duration LeadOf(const ir::Program& program, const std::set<std::string>* given = nullptr);

struct GivenSeries {
  check::DeclId signal;
  values::LabelSet labels;
  const std::vector<check::TestSeries::Step>* steps = nullptr;
};

struct World {
  values::Instant zero = 0;   // what 0s is: a tick
  values::Duration lead = 0;  // the first tick is at -lead
  values::Duration end = 0;   // the last instant that is run
  std::vector<GivenSeries> series;
};

// Reports a test that is too long, and gives nothing then. `test` is one of the policy's.
std::optional<World> WorldOf(const check::Policy& policy, const check::Decl& test,
                             const ir::Program& program, diagnostics::Sink& sink);

// The measured signals that a condition depends on, each once, in the order of their declarations.
std::vector<check::DeclId> SignalsOf(const check::Policy& policy, check::SeriesId condition);

// Whether a test gives something that a row of an alert depends on. The others are no part of it:
// they know nothing, and are not what the test is about.
bool IsAbout(const check::Policy& policy, const World& world, const check::Decl& alert,
             const values::LabelSet& row);

}  // namespace tocsin::study
