// What the parts of the lowering share: the program so far and the numbers that names got. Internal
// to the room.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/core/core.h"
#include "runtime/base/check.h"
#include "runtime/ir/program.h"

namespace tocsin::lower {

template <class Id>
class Numbers {
 public:
  void Add(std::string_view name, Id id) { numbers_.emplace(name, id); }
  Id operator[](std::string_view name) const {
    const auto found = numbers_.find(name);
    TOCSIN_CHECK(found != numbers_.end(),
                 "a name that the checker has resolved is unknown to the lowering");
    return found->second;
  }
  Id Find(std::string_view name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? Id() : found->second;
  }

 private:
  std::map<std::string, Id, std::less<>> numbers_;
};

struct Context {
  const core::Policy& core;
  ir::Program program;
  Numbers<ir::LabelId> labels;
  Numbers<ir::ChannelId> channels;
  Numbers<ir::PersonId> people;
  Numbers<ir::TierId> tiers;
  Numbers<ir::CalendarId> calendars;
  Numbers<ir::NumberColumnId> numbers;
  Numbers<ir::TruthColumnId> truths;
  Numbers<ir::MachineId> machines;
  Numbers<ir::SignalId> signals;
  std::map<std::vector<std::string>, ir::SpaceId> spaces;
  std::set<std::string> shown;  // the series that are values of machines
  // The truths that machines alone read. Such a series has no column of its own where another one
  // of its owner says the same, its contrary, or by being absent that it holds.
  struct Input {
    enum class Says : std::uint8_t { kSame, kContrary, kIsAbsent };
    ir::TruthColumnId column;
    Says says = Says::kSame;
  };
  std::set<std::string, std::less<>> inputs;
  std::map<std::string, Input, std::less<>> read_from;  // of the series above, once it is computed
  // What was made for one rule and serves others: by all that it is made of.
  std::map<std::string, ir::AnyColumn> shared;
  struct StateColumn {
    std::string machine;
    std::string state;
    ir::TruthColumnId result;
  };
  std::vector<StateColumn> states;  // to be resolved when machines have their numbers

  // The space over labels, which are sorted by name; made when first asked for.
  ir::SpaceId Space(const std::vector<std::string>& names);
  // None where the name is empty.
  ir::CalendarId CalendarNamed(const std::string& name) const {
    return name.empty() ? ir::CalendarId() : calendars[name];
  }
  ir::NumberColumnId AddNumber(std::string name, ir::SpaceId space);
  ir::TruthColumnId AddTruth(std::string name, ir::SpaceId space);
  // Where a machine reads a series.
  Input InputNamed(const std::string& name) const {
    const auto found = read_from.find(name);
    return found == read_from.end() ? Input{truths[name]} : found->second;
  }
  // Equal texts are kept once.
  ir::TextId Text(const ir::Text& text);
};

void LowerRecords(Context& context);
void LowerSeries(Context& context);
void LowerMachines(Context& context);

}  // namespace tocsin::lower
