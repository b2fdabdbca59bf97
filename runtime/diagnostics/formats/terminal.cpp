// For people: a frame for each finding, what was accepted, and a closing line.

#include <algorithm>

#include "runtime/diagnostics/formats/format.h"
#include "runtime/diagnostics/mend.h"
#include "runtime/diagnostics/render_terminal.h"

namespace tocsin::diagnostics {
namespace {

std::size_t SafeFixes(std::span<const Diagnostic> findings, const SourceSet& sources) {
  const auto safe = [&](const Diagnostic& d) {
    return !PlanFixes({&d, 1}, sources, false).empty();
  };
  return static_cast<std::size_t>(std::ranges::count_if(findings, safe));
}

std::string Render(const Report& report) {
  std::vector<Diagnostic> reported;
  std::string accepted;
  for (const Finding& finding : report.findings) {
    if (finding.acceptance == nullptr) {
      reported.push_back(*finding.diagnostic);
    } else {
      accepted += ShortLine(finding, *report.sources) + "\n";
    }
  }
  std::string out = RenderTerminal(reported, *report.sources, report.terminal);
  if (!accepted.empty()) out += accepted + "\n";
  std::string count = CountLine(report);
  if (report.errors + report.warnings == 0 && !report.clean.empty()) {
    count = report.clean + (count.empty() ? "" : "; " + count);
  }
  if (const std::size_t safe = SafeFixes(reported, *report.sources); safe > 0) {
    count += fmt::format("; `--fix` mends {}", safe);
  }
  if (!count.empty()) out += count + "\n";
  return out;
}

}  // namespace

extern const FormatRow format_terminal;
const FormatRow format_terminal{"terminal", "for people; the default", Render};

}  // namespace tocsin::diagnostics
