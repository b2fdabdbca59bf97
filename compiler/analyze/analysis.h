// Questions about a whole policy that means something, but may be unwise. One file for each
// question, which defines one row; a table made at build time collects them. An analysis only adds
// findings.
#pragma once

#include <span>
#include <string_view>

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
