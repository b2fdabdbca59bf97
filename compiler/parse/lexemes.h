// Classes of lexemes that several files of this room ask for.
#pragma once

#include "TocsinLexer.h"
#include "compiler/parse/lex.h"

namespace tocsin::parse {

using grammar::TocsinLexer;

inline bool StartsClause(std::size_t type) {
  return (type >= TocsinLexer::WHEN && type <= TocsinLexer::EXPECT) || type == TocsinLexer::TABLE ||
         type == TocsinLexer::ID;
}
inline bool IsWord(std::size_t type) {
  return type >= TocsinLexer::WHEN && type <= TocsinLexer::FALSE;
}
inline bool OpensBrace(std::size_t type) {
  return type == TocsinLexer::LB || type == TocsinLexer::SEL || type == TocsinLexer::IP;
}
inline bool OpensText(std::size_t type) {
  return type == TocsinLexer::QUOTE || type == TocsinLexer::TRI;
}
inline bool Opens(std::size_t type) {
  return OpensBrace(type) || type == TocsinLexer::LP || type == TocsinLexer::CALL ||
         type == TocsinLexer::LK;
}
inline bool Closes(std::size_t type) {
  return type == TocsinLexer::RB || type == TocsinLexer::RP || type == TocsinLexer::RK;
}
// The bracket that closes `opener`.
inline std::size_t CloserOf(std::size_t opener) {
  if (OpensBrace(opener)) return TocsinLexer::RB;
  return opener == TocsinLexer::LK ? TocsinLexer::RK : TocsinLexer::RP;
}
// A declaration is taken up again here after something went wrong: its kind stands at the very
// beginning of a line.
inline bool StartsDeclaration(const Lexeme& lexeme, const Lexeme& next) {
  if (!lexeme.column0) return false;
  if (lexeme.type == TocsinLexer::TABLE) return true;
  return lexeme.type == TocsinLexer::ID && (next.type == TocsinLexer::ID || OpensText(next.type));
}

}  // namespace tocsin::parse
