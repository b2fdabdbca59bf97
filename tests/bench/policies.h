// Policies made up for measuring, and the stages from their text to a program, one by one.
#pragma once

#include <deque>
#include <string>

#include "compiler/check/check.h"
#include "compiler/core/core.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/ir/program.h"

namespace tocsin::bench {

// `alerts` alerts by host, each of another shape: four comparisons of signals with constants, and
// how they are joined. At most 2048.
std::string DistinctRules(std::size_t alerts);
// The same number of alerts, of one shape and with different thresholds.
std::string RulesOfOneShape(std::size_t alerts);
// One alert on a quotient of two signals, held for two minutes.
std::string OneRule();

// The stages, each of which needs those before. A finding is a mistake in the benchmark, and ends
// the program.
class Front {
 public:
  explicit Front(const std::string& policy);
  void Parse();
  void Check();
  void Expand();
  ir::Program Lower() const;

 private:
  void NoFindings() const;

  diagnostics::SourceSet sources_;
  diagnostics::Sink sink_;
  diagnostics::SourceId policy_;
  std::deque<syntax::Tree> standard_;
  std::deque<syntax::Tree> trees_;
  check::SchemaSet schemas_;
  check::Policy typed_;
  core::Policy core_;
};

ir::Program Compile(const std::string& policy);

}  // namespace tocsin::bench
