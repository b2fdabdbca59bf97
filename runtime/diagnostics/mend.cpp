#include "runtime/diagnostics/mend.h"

#include <algorithm>

namespace tocsin::diagnostics {
namespace {

const Fix* Choose(const Diagnostic& d, const SourceSet& sources, bool review) {
  for (const Fix& fix : d.fixes) {
    const bool allowed = fix.applicability == Applicability::kSafe ||
                         (review && fix.applicability == Applicability::kReview);
    if (allowed && fix.span.valid() && !sources.builtin(fix.span.source)) return &fix;
  }
  return nullptr;
}

}  // namespace

std::vector<PlannedFix> PlanFixes(std::span<const Diagnostic> all, const SourceSet& sources,
                                  bool review) {
  std::vector<PlannedFix> wanted, planned;
  for (const Diagnostic& d : all) {
    if (const Fix* fix = Choose(d, sources, review)) wanted.push_back({&d, fix});
  }
  std::ranges::stable_sort(wanted, {}, [](const PlannedFix& p) { return p.fix->span; });
  for (const PlannedFix& next : wanted) {
    const Span& span = next.fix->span;
    if (!planned.empty()) {
      const Span& last = planned.back().fix->span;
      if (last.source == span.source && span.begin <= last.end) continue;
    }
    planned.push_back(next);
  }
  return planned;
}

std::string Mended(const SourceSet& sources, SourceId source, std::span<const PlannedFix> fixes) {
  const std::string_view text = sources.text(source);
  std::string mended;
  std::size_t at = 0;
  for (const PlannedFix& planned : fixes) {
    const Fix& fix = *planned.fix;
    if (fix.span.source != source) continue;
    mended += text.substr(at, fix.span.begin - at);
    mended += fix.text;
    at = fix.span.end;
  }
  return mended += text.substr(at);
}

}  // namespace tocsin::diagnostics
