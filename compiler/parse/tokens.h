// The pieces of a source text with their places, for whoever lays it out or colours it. In order,
// nothing but spaces left out; a whole text with its quotes and interpolations is one token. Works
// on texts with mistakes, too.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/diagnostics/source.h"

namespace tocsin::parse {

enum class TokenKind : std::uint8_t {
  kName,
  kKeyword,
  kNumber,  // numbers, quantities, dates
  kTime,    // times of day and their spans
  kText,
  kOpen,          // ( [
  kOpenTouching,  // ( and { that touch the name before them
  kOpenBlock,     // { of a block
  kClose,         // ) ] and } of a selection
  kCloseBlock,    // } of a block
  kComma,
  kSemicolon,
  kColon,
  kDot,
  kRange,
  kOperator,
  kRowStart,
  kBar,
  kRowEnd,
  kRule,  // the line under a table's header
  kComment,
  kOther,  // reported by the parser
};

struct Token {
  TokenKind kind = TokenKind::kOther;
  diagnostics::Span span;
  std::string_view text;
};

// Empty where the text is not UTF-8 or too large.
std::vector<Token> Tokenize(diagnostics::SourceId source, const diagnostics::SourceSet& sources);

}  // namespace tocsin::parse
