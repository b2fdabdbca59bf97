#include "compiler/study/tests.h"

#include <algorithm>

#include "compiler/study/decision_json.h"
#include "compiler/study/test_explain.h"
#include "compiler/study/test_vacuous.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/engine/interpreter.h"
#include "runtime/native/native.h"

namespace tocsin::study {
namespace {

namespace codes = diagnostics::codes;

constexpr std::size_t kMostRefused = 3;

// The first decision that one engine made and the other did not, or empty.
std::string Difference(const ir::Program& program, const TestRun& interpreted,
                       const TestRun& compiled) {
  const std::size_t most = std::max(interpreted.decisions.size(), compiled.decisions.size());
  for (std::size_t i = 0; i < most; ++i) {
    const auto text = [&](const TestRun& run) {
      return i < run.decisions.size() ? DecisionJson(program, run.decisions[i])
                                      : std::string("nothing more");
    };
    const std::string first = text(interpreted), second = text(compiled);
    if (first != second) return fmt::format("interpreted: {}\ncompiled: {}", first, second);
  }
  return "";
}

}  // namespace

std::vector<const check::Decl*> TestsOf(const check::Policy& policy) {
  std::vector<const check::Decl*> tests;
  for (const check::Decl& decl : policy.decls) {
    if (decl.world && decl.world->package == 0) tests.push_back(&decl);
  }
  return tests;
}

Tester::Tester(const diagnostics::SourceSet& sources, const check::Policy& policy,
               const ir::Program& program)
    : sources_(sources),
      policy_(policy),
      program_(std::make_unique<const ir::Program>(FedBySignals(program))) {}

std::expected<Tester, std::string> Tester::Make(const diagnostics::SourceSet& sources,
                                                const check::Policy& policy,
                                                const ir::Program& program, bool interpret,
                                                bool compile) {
  Tester tester(sources, policy, program);
  tester.interpret_ = interpret;
  if (compile) {
    auto execution = MakeExecution(*tester.program_, {}, EngineKind::kJit, native::Best());
    if (!execution) return std::unexpected(execution.error());
    tester.compiled_ = std::move(execution->executor);
  }
  return tester;
}

TestResult Tester::Run(const check::Decl& test) const {
  TestResult result;
  result.test = &test;
  result.expectations = test.clauses.size();
  const auto world = WorldOf(policy_, test, *program_, result.findings);
  if (!world) return result;
  if (!CanHappen({sources_, policy_, *program_, *world}, test, result.findings)) return result;
  const TestPeople people(policy_, test, *program_);
  TestRun run;
  if (interpret_) {
    const auto executor = engine::MakeInterpreter(*program_);
    run = RunTest(policy_, *program_, *executor, *world, people);
  }
  if (compiled_ != nullptr) {
    TestRun compiled = RunTest(policy_, *program_, *compiled_, *world, people);
    if (interpret_) result.disagreement = Difference(*program_, run, compiled);
    run = std::move(compiled);
  }
  Ask(test, *world, std::move(run), result);
  return result;
}

void Tester::Ask(const check::Decl& test, const World& world, TestRun run,
                 TestResult& result) const {
  diagnostics::Sink& sink = result.findings;
  result.ticks = run.ticks;
  if (run.cut_off) {
    sink.Emit(codes::kTestTooLong, test.span, "more decisions", kMostTestDecisions);
    return;
  }
  const Story story = StoryOf(*program_, world, run);
  result.messages = story.messages.size();
  for (std::size_t i = 0; i < std::min(story.refused.size(), kMostRefused); ++i)
    sink.Emit(codes::kTestRefused, test.span, diagnostics::Shown(story.refused[i], 400));
  std::vector<Expectation> failed;
  for (const check::Clause& clause : test.clauses) {
    const Expectation expectation = ExpectationOf(clause, world);
    if (!Holds(policy_, story, expectation)) failed.push_back(expectation);
  }
  const TestContext context{sources_, policy_, *program_, world};
  TestValues values;
  diagnostics::Sink asking;
  for (const Expectation& expectation : failed)
    Explain(context, story, expectation, values, asking);
  if (!values.empty()) {
    const auto executor = engine::MakeInterpreter(*program_);
    RunTest(policy_, *program_, *executor, world, TestPeople(policy_, test, *program_), &values);
  }
  for (const Expectation& expectation : failed) Explain(context, story, expectation, values, sink);
}

}  // namespace tocsin::study
