// Lexemes and sets of expected lexemes in an author's words.
#pragma once

#include <string>
#include <string_view>

#include "antlr4-runtime.h"
#include "compiler/parse/lexemes.h"

namespace tocsin::parse {

// "`foo`", "text", "a row of a table", "the end of the file".
std::string Words(const Lexeme& lexeme, std::string_view text);

// "`,` or `)`", "a name", "an expression".
std::string Words(const antlr4::misc::IntervalSet& expected);

// A word that begins a clause.
bool IsLanguageWord(std::string_view name);

// A word of the language that is a name after the kind of what it names: `field until "..."`.
bool IsNameAfterKind(std::string_view name);

// The word of the language that `name` is in capitals, or empty.
std::string_view InSmallLetters(std::string_view name);

// The word of the language that `name` may be a slip of, or empty. `at_top` asks for words that
// begin a top-level thing.
std::string_view NearestWord(std::string_view name, bool at_top);

}  // namespace tocsin::parse
