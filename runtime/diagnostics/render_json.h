// Findings for programs: one JSON object a line. The names and the order of the fields do not
// change; a field without a value is there, as null or an empty list.
#pragma once

#include <span>
#include <string>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::diagnostics {

// code, name, severity, message, file, line, column, end_line, end_column, label, labels, notes,
// help, fixes. Lines and columns count from 1, columns in code points; the end is after the last
// character.
std::string RenderJson(std::span<const Diagnostic> all, const SourceSet& sources);

}  // namespace tocsin::diagnostics
