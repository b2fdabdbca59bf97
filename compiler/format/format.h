// The one layout of Tocsin. Takes a tree without mistakes and gives its text back with the same
// tokens in the same order and every comment; only spaces and line breaks differ, and the lines
// under table headers are as wide as their tables. Formatting what was formatted changes nothing.
#pragma once

#include <optional>
#include <string>

#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/source.h"

namespace tocsin::format {

inline constexpr std::size_t kMaxColumns = 100;

// `tree` must be complete: a text with mistakes is not laid out. Nothing where indentation and the
// columns of tables would make the text larger than base::kMaxSourceBytes.
std::optional<std::string> Format(const syntax::Tree& tree, const diagnostics::SourceSet& sources);

}  // namespace tocsin::format
