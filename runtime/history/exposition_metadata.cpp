#include "runtime/history/exposition_metadata.h"

#include <algorithm>
#include <array>

namespace tocsin::history {
namespace {

constexpr std::array<std::string_view, 8> kTypes = {
    "unknown", "gauge", "counter", "stateset", "info", "histogram", "gaugehistogram", "summary"};

}  // namespace

bool ScanMetadata(Scanner& scanner, Metadata& metadata) {
  using Kind = Metadata::Kind;
  constexpr std::string_view kExpected = "`# TYPE`, `# HELP`, `# UNIT` or `# EOF`";
  if (!scanner.Take('#') || !scanner.Take(' ')) return scanner.Unexpected("a blank after `#`");
  const std::size_t begin = scanner.at();
  const std::string_view word = scanner.TakeWord();
  if (word == "EOF") {
    if (!scanner.at_end()) return scanner.Unexpected("the end of the line after `# EOF`");
    metadata = {Kind::kEnd, {}, {}};
    return true;
  }
  if (word != "TYPE" && word != "HELP" && word != "UNIT") {
    scanner.set_at(begin);
    return scanner.Unexpected(kExpected);
  }
  metadata.kind = word == "TYPE" ? Kind::kType : word == "HELP" ? Kind::kHelp : Kind::kUnit;
  if (!scanner.Take(' ')) return scanner.Unexpected("a blank and the name of a metric");
  metadata.metric = scanner.TakeName(true);
  if (metadata.metric.empty()) return scanner.Unexpected("the name of a metric");
  if (!scanner.Take(' ')) return scanner.Unexpected("a blank after the name of the metric");
  const std::size_t text_begin = scanner.at();
  metadata.text = scanner.line().substr(text_begin);
  if (metadata.kind == Kind::kType &&
      std::find(kTypes.begin(), kTypes.end(), metadata.text) == kTypes.end()) {
    return scanner.Unexpected(
        "`unknown`, `gauge`, `counter`, `stateset`, `info`, `histogram`, `gaugehistogram` or "
        "`summary`");
  }
  if (metadata.kind == Kind::kUnit) {
    scanner.TakeName(true);
    if (!scanner.at_end()) return scanner.Unexpected("the end of the line after the unit");
  }
  return true;
}

}  // namespace tocsin::history
