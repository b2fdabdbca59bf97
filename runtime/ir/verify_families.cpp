#include "runtime/ir/verify_families.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace tocsin::ir {
namespace {

// Machines that one row may have, whatever the ways that lead to them: what a module may ask of the
// memory.
constexpr std::uint64_t kMaxMachinesOfRow = 10'000;

class FamilyCheck {
 public:
  FamilyCheck(const Program& program, Problems& problems)
      : program_(program), problems_(problems), parents_(program.machines.size()) {}

  void Run() {
    CheckChildren();
    if (problems_.empty()) CheckDuties();
    if (!problems_.empty()) return;
    CheckLabels();
    CheckSizes();
  }

 private:
  void CheckChildren() {
    for (std::size_t i = 0; i < program_.machines.size(); ++i) {
      const Machine& machine = program_.machines[i];
      std::vector<MachineId> seen = machine.children;
      std::sort(seen.begin(), seen.end());
      problems_.Expect(std::adjacent_find(seen.begin(), seen.end()) == seen.end(),
                       "machine `{}`: the same child twice", machine.name);
      for (const MachineId id : machine.children) {
        if (!problems_.Expect(Within(id, program_.machines),
                              "machine `{}`: no machine has the number {}", machine.name,
                              id.index)) {
          continue;
        }
        const Machine& child = program_.machines[id.index];
        problems_.Expect(child.key != KeyKind::kRow,
                         "machine `{}`: its child `{}` is one for each row", machine.name,
                         child.name);
        if (problems_.Expect(id.index > i, "machine `{}`: its child `{}` does not come after it",
                             machine.name, child.name)) {
          parents_[id.index].push_back(i);
        }
      }
    }
  }
  // A duty is a child of whoever has it, listed among the children or not. Machines for each person
  // have none, so that all that a duty can stem from is known once the children are.
  void CheckDuties() {
    for (std::size_t i = 0; i < program_.machines.size(); ++i) {
      std::vector<std::pair<DutyOf, MachineId>> duties;
      for (const Effect& effect : program_.machines[i].effects) {
        if (effect.duty != DutyOf::kNobody) {
          duties.emplace_back(effect.duty, effect.duty_machine);
        }
      }
      std::sort(duties.begin(), duties.end());
      duties.erase(std::unique(duties.begin(), duties.end()), duties.end());
      for (const auto& [whose, duty] : duties) {
        if (whose == DutyOf::kSelf) {
          AddDuty(i, duty);
        } else if (whose == DutyOf::kParent) {
          for (const std::size_t parent : parents_[i]) AddDuty(parent, duty);
        } else {
          for (const std::size_t row : RowsAbove(i)) AddDuty(row, duty);
        }
      }
    }
    for (auto& parents : parents_) {
      std::sort(parents.begin(), parents.end());
      parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
    }
  }
  // The machines for each row that a machine can stem from, itself included. Parents come before
  // their children, so that one pass from the machine upwards finds them all.
  std::vector<std::size_t> RowsAbove(std::size_t machine) const {
    std::vector<bool> above(program_.machines.size());
    above[machine] = true;
    std::vector<std::size_t> rows;
    for (std::size_t i = machine + 1; i-- > 0;) {
      if (!above[i]) continue;
      if (program_.machines[i].key == KeyKind::kRow) rows.push_back(i);
      for (const std::size_t parent : parents_[i]) above[parent] = true;
    }
    return rows;
  }
  void AddDuty(std::size_t parent, MachineId duty) {
    if (problems_.Expect(duty.index > parent, "machine `{}`: its duty `{}` does not come after it",
                         program_.machines[parent].name, program_.machines[duty.index].name)) {
      parents_[duty.index].push_back(parent);
    }
  }

  // A text may name a label where every row that the machine can stem from has it. Machines that
  // nothing starts stem from none and say nothing.
  void CheckLabels() {
    std::vector<std::optional<std::vector<LabelId>>> labels(program_.machines.size());
    for (std::size_t i = 0; i < program_.machines.size(); ++i) {
      const Machine& machine = program_.machines[i];
      if (machine.key == KeyKind::kRow) {
        labels[i] = program_.spaces[machine.space.index].labels;
        std::sort(labels[i]->begin(), labels[i]->end());
      }
      for (const std::size_t parent : parents_[i]) Narrow(labels[i], labels[parent]);
      if (!labels[i]) continue;
      if (machine.headline.valid()) CheckText(machine, machine.headline, *labels[i], nullptr);
      if (machine.link.valid()) CheckText(machine, machine.link, *labels[i], nullptr);
      for (const Effect& effect : machine.effects)
        CheckText(machine, effect.text, *labels[i], &effect);
    }
  }
  static void Narrow(std::optional<std::vector<LabelId>>& labels,
                     const std::optional<std::vector<LabelId>>& parent) {
    if (!parent) return;
    if (!labels) {
      labels = parent;
      return;
    }
    std::erase_if(*labels, [&](LabelId id) {
      return !std::binary_search(parent->begin(), parent->end(), id);
    });
  }
  // `effect` is null of what a machine is called, which is told of nobody and at no time.
  void CheckText(const Machine& machine, TextId text, const std::vector<LabelId>& labels,
                 const Effect* effect) {
    for (const TextPart& part : program_.texts[text.index].parts) {
      const bool of_message = part.kind >= TextPartKind::kId && part.kind < TextPartKind::kEach;
      const bool of_rows = part.kind >= TextPartKind::kEach;
      problems_.Expect(effect != nullptr || !of_message,
                       "machine `{}`: text {} is no message, but says to whom or when",
                       machine.name, text.index);
      problems_.Expect(effect == nullptr || !NeedsBegin(part) || effect->began != kNoField,
                       "machine `{}`: text {} says when it all began, which is not known",
                       machine.name, text.index);
      problems_.Expect(!of_rows || (effect == nullptr && machine.members.valid()),
                       "machine `{}`: text {} is about rows that it does not stand for",
                       machine.name, text.index);
      if (of_rows && machine.members.valid()) CheckOfRow(machine, text, part);
      if (part.kind != TextPartKind::kLabel) continue;
      const bool found = std::any_of(labels.begin(), labels.end(), [&](LabelId id) {
        return program_.labels[id.index].name == part.text;
      });
      problems_.Expect(found, "machine `{}`: text {} names the label `{}`, which its rows lack",
                       machine.name, text.index, part.text);
    }
  }

  void CheckOfRow(const Machine& machine, TextId text, const TextPart& part) {
    const SpaceId space = program_.truths[machine.members.index].space;
    const auto& labels = program_.spaces[space.index].labels;
    const bool found = std::any_of(labels.begin(), labels.end(), [&](LabelId id) {
      return program_.labels[id.index].name == part.text;
    });
    problems_.Expect(part.kind != TextPartKind::kRowLabel || found,
                     "machine `{}`: text {} names the label `{}`, which its members lack",
                     machine.name, text.index, part.text);
    problems_.Expect(part.kind != TextPartKind::kRowValue || machine.members_value.valid(),
                     "machine `{}`: text {} shows values that its members lack", machine.name,
                     text.index);
  }

  void CheckSizes() {
    std::vector<std::uint64_t> sizes(program_.machines.size(), 1);
    for (std::size_t i = program_.machines.size(); i-- > 0;) {
      if (program_.machines[i].key == KeyKind::kRow) {
        problems_.Expect(sizes[i] <= kMaxMachinesOfRow,
                         "machine `{}`: one row may have more than {} machines below it",
                         program_.machines[i].name, kMaxMachinesOfRow);
      }
      for (const std::size_t parent : parents_[i]) {
        sizes[parent] = std::min(sizes[parent] + sizes[i], kMaxMachinesOfRow + 1);
      }
    }
  }

  const Program& program_;
  Problems& problems_;
  std::vector<std::vector<std::size_t>> parents_;
};

}  // namespace

void VerifyFamilies(const Program& program, Problems& problems) {
  FamilyCheck(program, problems).Run();
}

}  // namespace tocsin::ir
