#include "compiler/lower/lower.h"

#include <algorithm>

#include "compiler/lower/names.h"
#include "runtime/base/limits.h"
#include "runtime/ir/verify.h"

namespace tocsin::lower {

ir::SpaceId Context::Space(const std::vector<std::string>& names) {
  if (const auto found = spaces.find(names); found != spaces.end()) return found->second;
  ir::Space space;
  std::uint64_t rows = 1;
  for (const std::string& name : names) {
    const ir::LabelId label = labels[name];
    const ir::Label& domain = program.labels[label.index];
    space.labels.push_back(label);
    rows = std::min<std::uint64_t>(rows * (domain.closed ? domain.values.size() : domain.bound),
                                   base::kMaxRows);
  }
  space.row_bound = static_cast<std::uint32_t>(rows);
  program.spaces.push_back(std::move(space));
  const ir::SpaceId id(program.spaces.size() - 1);
  spaces.emplace(names, id);
  return id;
}

ir::NumberColumnId Context::AddNumber(std::string name, ir::SpaceId space) {
  const ir::NumberColumnId id(program.numbers.size());
  numbers.Add(name, id);
  program.numbers.push_back({std::move(name), space});
  return id;
}

ir::TruthColumnId Context::AddTruth(std::string name, ir::SpaceId space) {
  const ir::TruthColumnId id(program.truths.size());
  truths.Add(name, id);
  program.truths.push_back({std::move(name), space});
  return id;
}

ir::TextId Context::Text(const ir::Text& text) {
  const auto same = [&](const ir::Text& other) {
    return std::ranges::equal(text.parts, other.parts,
                              [](const ir::TextPart& a, const ir::TextPart& b) {
                                return a.kind == b.kind && a.text == b.text && a.unit == b.unit;
                              });
  };
  const auto found = std::ranges::find_if(program.texts, same);
  if (found != program.texts.end())
    return ir::TextId(static_cast<std::size_t>(found - program.texts.begin()));
  program.texts.push_back(text);
  return ir::TextId(program.texts.size() - 1);
}

ir::Program Lower(const core::Policy& policy) {
  Context context{policy, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  LowerRecords(context);
  LowerSeries(context);
  LowerMachines(context);
  const std::vector<std::string> problems = ir::Verify(context.program);
  TOCSIN_CHECK(problems.empty(), problems.empty() ? "" : problems.front());
  return std::move(context.program);
}

}  // namespace tocsin::lower
