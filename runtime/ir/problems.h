// What the parts of Verify() share: where they put what is wrong, and the questions they all ask.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "runtime/base/limits.h"
#include "runtime/ir/program.h"

namespace tocsin::ir {

class Problems {
 public:
  template <class... Args>
  void Add(fmt::format_string<Args...> text, Args&&... args) {
    if (found_.size() < base::kMaxDiagnostics) {
      found_.push_back(fmt::format(text, std::forward<Args>(args)...));
    }
  }
  // Adds the problem where the condition does not hold; whether it does.
  template <class... Args>
  bool Expect(bool condition, fmt::format_string<Args...> text, Args&&... args) {
    if (!condition) Add(text, std::forward<Args>(args)...);
    return condition;
  }
  bool empty() const { return found_.empty(); }
  std::size_t size() const { return found_.size(); }
  std::vector<std::string> Take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

template <class Tag, class T>
bool Within(base::Id<Tag> id, const std::vector<T>& store) {
  return id.index < store.size();
}
// Valid ids only where there is one at all.
template <class Tag, class T>
bool WithinOrNone(base::Id<Tag> id, const std::vector<T>& store) {
  return !id.valid() || Within(id, store);
}

// Every name of a list is there and differs from the others. `what` is one of them ("state"),
// `owner` whose they are and may be empty ("machine `p1_climb`: ").
template <class List, class NameOf>
void ExpectNames(const List& list, NameOf name_of, std::string_view owner, std::string_view what,
                 Problems& problems) {
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string& name = name_of(list[i]);
    problems.Expect(!name.empty(), "{}{} {} has no name", owner, what, i);
    problems.Expect(seen.insert(name).second, "{}the {} `{}` is there twice", owner, what, name);
  }
}
inline const std::string& Itself(const std::string& name) { return name; }

void VerifyValues(const Program& program, Problems& problems);
// The parts below may rely on what the parts above them found sound.
void VerifyData(const Program& program, Problems& problems);
void VerifySeries(const Program& program, Problems& problems);
void VerifyMachines(const Program& program, Problems& problems);

}  // namespace tocsin::ir
