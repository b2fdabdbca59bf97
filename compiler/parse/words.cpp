#include "compiler/parse/words.h"

#include <vector>

#include "TocsinParser.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

std::string Words(const Lexeme& lexeme, std::string_view text) {
  switch (lexeme.type) {
    case TocsinLexer::EOF:
      return "the end of the file";
    case TocsinLexer::QUOTE:
    case TocsinLexer::TRI:
      return "text";
    case TocsinLexer::ROW:
      return "a row of a table";
    case TocsinLexer::EOR:
      return "the end of the row";
    default:
      return fmt::format("`{}`",
                         diagnostics::Shown(text.substr(lexeme.begin, lexeme.end - lexeme.begin)));
  }
}

std::string Words(const antlr4::misc::IntervalSet& expected) {
  if (expected.contains(static_cast<std::size_t>(TocsinLexer::NUM))) return "an expression";
  std::vector<std::string> words;
  for (const ssize_t element : expected.toList()) {
    const auto type = static_cast<std::size_t>(element);
    switch (type) {
      case TocsinLexer::ID:
        words.push_back("a name");
        break;
      case TocsinLexer::QUOTE:
        words.push_back("text in quotes");
        break;
      case TocsinLexer::ROW:
        words.push_back("a row `| ... |`");
        break;
      case TocsinLexer::EOR:
        words.push_back("a `|` at the end of the row");
        break;
      case TocsinLexer::CALL:
        words.push_back("`(`");
        break;
      case TocsinLexer::SEL:
      case TocsinLexer::TRI:
      case TocsinLexer::ERR:
      case TocsinLexer::EOF:
        break;
      default: {
        const std::string literal =
            grammar::TocsinParser(nullptr).getVocabulary().getLiteralName(type);
        if (literal.size() > 2)
          words.push_back(fmt::format("`{}`", literal.substr(1, literal.size() - 2)));
      }
    }
  }
  if (words.empty()) return "something else";
  constexpr std::size_t kMostShown = 4;
  if (words.size() > kMostShown) words.resize(kMostShown);
  std::string joined = words[0];
  for (std::size_t i = 1; i < words.size(); ++i)
    joined += fmt::format("{}{}", i + 1 == words.size() ? " or " : ", ", words[i]);
  return joined;
}

std::string NearestWord(std::string_view name, bool at_top) {
  if (name.size() < 2) return "";
  if (at_top) return name == "table" ? "" : diagnostics::Nearest(name, {"table"});
  static const std::vector<std::string> kWords = {"when",   "clear",  "unless", "on",
                                                  "at",     "after",  "every",  "within",
                                                  "before", "expect", "table"};
  return diagnostics::Nearest(name, kWords);
}

}  // namespace tocsin::parse
