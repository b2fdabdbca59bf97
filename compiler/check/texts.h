// Strings of the untyped tree: plain ones, as titles must be, and templates.
#pragma once

#include <optional>
#include <string>

#include "compiler/syntax/syntax.h"

namespace tocsin::check {

// The text of a String expression without placeholders; nothing where the expression is invalid, no
// string, or has one.
std::optional<std::string> PlainText(const syntax::Tree& tree, syntax::ExprId id);

}  // namespace tocsin::check
