#include "compiler/parse/stream.h"

#include <algorithm>

namespace tocsin::parse {

LexemeStream::LexemeStream(const std::vector<Lexeme>& lexemes) {
  tokens_.reserve(lexemes.size());
  for (const Lexeme& lexeme : lexemes) tokens_.emplace_back(lexeme.type, tokens_.size());
}

// The token `distance` ahead, where 1 is the next, or EOF past the end; of a negative distance, the
// one so far behind, or null where there is none.
antlr4::Token* LexemeStream::LT(ssize_t distance) {
  if (distance < 0) {
    const auto back = static_cast<std::size_t>(-distance);
    return back <= at_ ? &tokens_[at_ - back] : nullptr;
  }
  const std::size_t ahead = at_ + static_cast<std::size_t>(distance) - (distance > 0 ? 1 : 0);
  return &tokens_[std::min(ahead, tokens_.size() - 1)];
}

void LexemeStream::consume() { seek(at_ + 1); }

void LexemeStream::seek(std::size_t index) { at_ = std::min(index, tokens_.size() - 1); }

}  // namespace tocsin::parse
