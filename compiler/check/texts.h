// Strings of the untyped tree: plain ones, as titles must be, and templates.
#pragma once

#include <optional>
#include <string>

#include "compiler/syntax/syntax.h"

namespace tocsin::check {

// The text of a String expression without placeholders; nothing where the expression is invalid, no
// string, or has one.
std::optional<std::string> PlainText(const syntax::Tree& tree, syntax::ExprId id);

// `09:00` as minutes, and `24:00` where a day may end; -1 for what is no time of a day.
int MinuteOfDay(std::string_view text, bool end = false);

}  // namespace tocsin::check
