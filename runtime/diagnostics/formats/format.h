// A report as text, in the format that is wanted: one file for each format, which defines one row;
// a table made at build time collects them. Every format shows every finding of the report and says
// how many more there are.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "runtime/diagnostics/report.h"

namespace tocsin::diagnostics {

struct FormatRow {
  std::string_view name;   // of `--format`
  std::string_view about;  // what it is for
  std::string (*render)(const Report& report);
};

// All rows, by name; from the generated table.
std::span<const FormatRow* const> Formats();

// Null where there is no such format.
inline const FormatRow* FindFormat(std::string_view name) {
  const auto formats = Formats();
  const auto found = std::ranges::find(formats, name, &FormatRow::name);
  return found == formats.end() ? nullptr : *found;
}

}  // namespace tocsin::diagnostics
