// Runs the `test` blocks of a policy in virtual time: what each gives and supposes becomes inputs
// of the engine that a daemon runs, and what it expects is asked of the decisions. A test depends
// on nothing but the policy and itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/typed.h"
#include "compiler/study/simulate.h"
#include "compiler/study/test_run.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::study {

struct TestResult {
  const check::Decl* test = nullptr;
  std::size_t expectations = 0;
  std::uint64_t ticks = 0;
  std::uint64_t messages = 0;
  diagnostics::Sink findings;  // none: everything expected holds
  std::string disagreement;    // of the engines, which is a bug of ours; empty where they agree

  bool holds() const { return findings.all().empty() && disagreement.empty(); }
};

// The tests of the policy itself, not those of what it imports, in the order written.
std::vector<const check::Decl*> TestsOf(const check::Policy& policy);

class Tester {
 public:
  // All are of one compilation, which must outlive the tester. It interprets, runs the code that
  // LLVM makes, or does both and holds one against the other. What is missing for it is the error.
  static std::expected<Tester, std::string> Make(const diagnostics::SourceSet& sources,
                                                 const check::Policy& policy,
                                                 const ir::Program& program, bool interpret,
                                                 bool compile);

  // May be called from several threads at once.
  TestResult Run(const check::Decl& test) const;

 private:
  Tester(const diagnostics::SourceSet& sources, const check::Policy& policy,
         const ir::Program& program);
  void Ask(const check::Decl& test, const World& world, TestRun run, TestResult& result) const;

  const diagnostics::SourceSet& sources_;
  const check::Policy& policy_;
  std::unique_ptr<const ir::Program> program_;  // fed by signals; where it lies does not change
  bool interpret_ = true;
  std::unique_ptr<engine::Executor> compiled_;
};

}  // namespace tocsin::study
