// Questions about a whole policy that means something, but may be unwise. One file for each
// question, which defines one row; a table made at build time collects them. An analysis only adds
// findings.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "compiler/analyze/conditions/alerts.h"
#include "compiler/check/typed.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::analyze {

namespace codes = diagnostics::codes;

struct Context {
  const check::Policy& policy;
  const ir::Program& program;  // what it compiles to
  std::int64_t day = 0;        // today in the policy's zone, since 1970-01-01
  const diagnostics::SourceSet& sources;
  diagnostics::Sink& sink;

  // What the conditions of alerts say, which the questions about them share.
  struct Conditions {
    Conditions(const check::Policy& policy, const diagnostics::SourceSet& sources)
        : all(policy, sources), alerts(conditions::Alerts(all, policy)) {}
    conditions::Conditions all;
    std::vector<conditions::Alert> alerts;
  };
  Conditions& Asked() {
    if (asked == nullptr) asked = std::make_unique<Conditions>(policy, sources);
    return *asked;
  }
  std::unique_ptr<Conditions> asked = nullptr;  // begun by the first that asks
};

struct AnalysisRow {
  std::string_view name;
  void (*run)(Context&);
};

// All rows, by name; from the generated table.
std::span<const AnalysisRow* const> Rows();

inline void Analyze(Context context) {
  for (const AnalysisRow* row : Rows()) row->run(context);
}

}  // namespace tocsin::analyze
