#include "compiler/format/spacing.h"

namespace tocsin::format {

using parse::Token;
using parse::TokenKind;

std::string SpaceBetween(const Token& left, const Place& left_place, const Token& right,
                         const Place& right_place) {
  const auto none = std::string();
  switch (right.kind) {
    case TokenKind::kOpenTouching:
    case TokenKind::kComma:
    case TokenKind::kSemicolon:
    case TokenKind::kClose:
    case TokenKind::kDot:
      return none;
    case TokenKind::kColon:
      return right_place.spaced_colon ? " " : none;
    case TokenKind::kCloseBlock:
      return left.kind == TokenKind::kOpenBlock ? none : " ";
    default:
      break;
  }
  if (left.kind == TokenKind::kRange || right.kind == TokenKind::kRange) {
    // `08:00 .. 16:00` is a range of two times; without spaces it would be one span.
    return left.kind == TokenKind::kTime || right.kind == TokenKind::kTime ? " " : none;
  }
  if (left.kind == TokenKind::kOpen || left.kind == TokenKind::kOpenTouching ||
      left.kind == TokenKind::kDot || left_place.unary) {
    return none;
  }
  return right_place.begins_clause && left.kind != TokenKind::kSemicolon ? "  " : " ";
}

bool StaysBeside(TokenKind kind) {
  return kind == TokenKind::kOpenBlock || kind == TokenKind::kOpenTouching ||
         kind == TokenKind::kComma || kind == TokenKind::kSemicolon || kind == TokenKind::kColon;
}

}  // namespace tocsin::format
