// What happened in a test, as expectations ask for it: the states of each alert's rows over time,
// and who was told what. Instants are counted from 0s.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/study/test_run.h"

namespace tocsin::study {

struct StateChange {
  values::Duration at = 0;
  std::string state;
  std::string because;
  ir::Place place;
};

struct AlertRow {
  std::string alert;
  std::string key;  // {region="eu"}
  values::LabelSet labels;
  std::vector<StateChange> changes;

  std::string Name() const { return labels.empty() ? alert : alert + key; }
  // The last change up to an instant; null before the first, where the row is inactive.
  const StateChange* At(values::Duration at) const;
};

struct Message {
  values::Duration at = 0;
  std::string action;  // "page", "notify", "over"; of what is asked for outside its name
  std::string person;  // empty: it is asked for
  std::string channel;
  std::vector<std::string> tiers;  // for which the person was asked
  std::string row;                 // registry_down{region="eu"}
  std::string purpose;
  std::string text;
  std::string because;
  ir::Place place;
};

struct Story {
  std::vector<AlertRow> rows;        // that were ever in another state than inactive, as they came
  std::vector<Message> messages;     // in order
  std::vector<std::string> refused;  // what the engine would not take, and why
};

Story StoryOf(const ir::Program& program, const World& world, const TestRun& run);

}  // namespace tocsin::study
