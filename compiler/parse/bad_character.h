// What to do about a character that begins no lexeme.
#pragma once

#include <string>
#include <string_view>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

// A quote that begins no text here.
bool IsQuote(char32_t c);

// The characters as a message names them: what cannot be told from a space by its number.
std::string BadShown(std::string_view bad);

// Adds help, and a fix where one thing only can be meant; `span` is that of the characters in
// `text`, which are no quotes.
void HelpWithBad(diagnostics::Diagnostic& finding, diagnostics::Span span, std::string_view text);

}  // namespace tocsin::parse
