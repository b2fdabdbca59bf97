// The text between `"""` as it is meant: without the line break after the opening quotes, and
// without the indentation that all its lines and the closing quotes have in common.
#pragma once

#include <vector>

#include "compiler/syntax/syntax.h"

namespace tocsin::parse {

// Parts in order, text still as written but for escapes; `raw[i]` says that part i is text from the
// file, whose line breaks count (an escaped line break does not).
void StripTextBlock(std::vector<syntax::StringPart>& parts, const std::vector<bool>& raw);

}  // namespace tocsin::parse
