// The `#` lines of OpenMetrics text: `# TYPE name type`, `# HELP name text`, `# UNIT name unit`, `#
// EOF`.
#pragma once

#include <string>
#include <string_view>

#include "runtime/history/scanner.h"

namespace tocsin::history {

struct Metadata {
  enum class Kind : std::uint8_t { kType, kHelp, kUnit, kEnd };
  Kind kind = Kind::kEnd;
  std::string_view metric;
  std::string_view text;  // the type, the help with its escapes, the unit
};

// Reports what does not have that form.
bool ScanMetadata(Scanner& scanner, Metadata& metadata);

}  // namespace tocsin::history
