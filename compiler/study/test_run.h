// A test in virtual time: the engine over what the test gives, with whoever answers. Each sample is
// taken at its own instant, each tick T decided at T + grace, each timer when it is due; at one
// instant answers come first, then samples, the tick and the timers.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/study/test_people.h"
#include "compiler/study/test_world.h"
#include "runtime/engine/engine.h"

namespace tocsin::study {

inline constexpr std::size_t kMostTestDecisions = 200'000;

struct TestRun {
  std::vector<engine::Decision> decisions;  // about the rows that the test is about
  std::uint64_t ticks = 0;
  bool cut_off = false;  // there were more decisions than are kept
};

// What `value` of rows of alerts was, at the instants at which somebody asked for it while a test
// was explained: asked first, and known after the test was run once more.
class TestValues {
 public:
  struct Question {
    values::Instant at;
    std::size_t machine;
    values::LabelSet row;
    auto operator<=>(const Question&) const = default;
  };

  // Nothing where it was absent, or is not known yet.
  std::optional<double> Of(const Question& question);
  // Answers what was asked about instants before `now`. Time does not go back.
  void AnswerBefore(values::Instant now, const engine::Engine& engine);
  bool empty() const { return answers_.empty(); }

 private:
  std::map<Question, std::optional<double>> answers_;
  std::optional<Question> last_;  // that was answered
};

// `program` is fed by signals; nobody has answered yet. `values` may be null.
TestRun RunTest(const check::Policy& policy, const ir::Program& program, engine::Executor& executor,
                const World& world, TestPeople people, TestValues* values = nullptr);

// The labels of a decision's row, from their canonical text.
values::LabelSet LabelsOfKey(std::string_view key);

}  // namespace tocsin::study
