// A line for each finding, as compilers write them, and the count in a last line where there are
// any: for editors and for `grep`.

#include "runtime/diagnostics/formats/format.h"

namespace tocsin::diagnostics {
namespace {

std::string Render(const Report& report) {
  std::string out;
  for (const Finding& finding : report.findings) out += ShortLine(finding, *report.sources) + "\n";
  const std::string count = CountLine(report);
  return count.empty() ? out : out + count + "\n";
}

}  // namespace

extern const FormatRow format_short;
const FormatRow format_short{
    "short", "a line for each finding: `FILE:LINE:COLUMN: error[CODE]: ...`", Render};

}  // namespace tocsin::diagnostics
