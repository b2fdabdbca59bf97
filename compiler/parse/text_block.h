// The text between `"""` as it is meant: without the line break after the opening quotes, without
// the indentation that all its lines and the closing quotes have in common, and without the lines
// on which only loops and choices begin or end.
#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/syntax.h"

namespace tocsin::parse {

enum class PieceKind : std::uint8_t { kRaw, kEscaped, kInserted, kFor, kIf, kElseIf, kElse, kEnd };

// A piece of a string as it was written, one after the other.
struct TextPiece {
  PieceKind kind = PieceKind::kRaw;
  std::string text;        // Raw: as in the file, so its line breaks count. Escaped: what it means
  syntax::ExprId value;    // Inserted, For, If, ElseIf
  syntax::Name variable;   // For
  diagnostics::Span span;  // with the braces
  bool alone = false;      // a control whose line holds nothing else, and so is left out

  bool is_control() const { return kind >= PieceKind::kFor; }
};

void StripTextBlock(std::vector<TextPiece>& pieces);

}  // namespace tocsin::parse
