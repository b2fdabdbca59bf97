// What is declared for others to name and nobody names: by itself it does nothing.

#include <algorithm>
#include <array>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

// An inventory, such as people, signals or labels, may well have more than is named; and functions
// may be about entities, of which no rule can be written yet.
constexpr std::array<std::string_view, 5> kForOthers = {"let", "message", "escalation", "calendar",
                                                        "audience"};

void Run(Context& context) {
  const check::Policy& policy = context.policy;
  for (std::size_t i = 0; i < policy.decls.size(); ++i) {
    const check::Decl& decl = policy.decls[i];
    // What an imported folder has is for whoever needs it.
    const bool imported = decl.name.find('.') != std::string::npos;
    if (policy.named[i] || imported || !decl.schema->builtin ||
        std::ranges::find(kForOthers, decl.schema->name) == kForOthers.end())
      continue;
    context.sink.Emit(codes::kUnused, decl.span, decl.schema->name, decl.name)
        .Help("name it where it was meant, or take it out");
  }
}

}  // namespace

extern const AnalysisRow analysis_unused;
const AnalysisRow analysis_unused{"unused", Run};

}  // namespace tocsin::analyze
