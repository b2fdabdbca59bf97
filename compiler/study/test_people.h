// Whoever a test supposes to answer: a page to them becomes an acknowledgement so much later.
// Nobody else answers. Several pages before somebody answered are answered once.
#pragma once

#include <limits>
#include <map>
#include <set>
#include <string>

#include "compiler/check/typed.h"
#include "runtime/engine/decision.h"

namespace tocsin::study {

class TestPeople {
 public:
  static constexpr values::Instant kNever = std::numeric_limits<values::Instant>::max();

  struct Answer {
    std::string alert;
    std::string key;  // of its row
    std::string person;
    auto operator<=>(const Answer&) const = default;
  };

  TestPeople(const check::Policy& policy, const check::Decl& test, const ir::Program& program);

  void Take(const engine::Decision& decision);
  // When somebody answers next; kNever where nobody does.
  values::Instant Next() const { return due_.empty() ? kNever : due_.begin()->first; }
  Answer TakeFirst();

 private:
  std::optional<values::Duration> AnswersAfter(const engine::Decision& page) const;

  const ir::Program& program_;
  std::map<std::string, std::optional<values::Duration>, std::less<>> persons_;
  std::map<std::string, std::optional<values::Duration>, std::less<>> tiers_;
  std::multimap<values::Instant, Answer> due_;  // those of one instant as they were paged
  std::set<Answer> owed_;
};

}  // namespace tocsin::study
