// For people: a frame for each finding, what was accepted, and a closing line.

#include "runtime/diagnostics/formats/format.h"
#include "runtime/diagnostics/render_terminal.h"

namespace tocsin::diagnostics {
namespace {

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
  if (!count.empty()) out += count + "\n";
  return out;
}

}  // namespace

extern const FormatRow format_terminal;
const FormatRow format_terminal{"terminal", "for people; the default", Render};

}  // namespace tocsin::diagnostics
