#include "compiler/parse/words.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "TocsinParser.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

std::string Words(const Lexeme& lexeme, std::string_view text) {
  switch (lexeme.type) {
    case TocsinLexer::EOF:
      return "end of the file";
    case TocsinLexer::QUOTE:
    case TocsinLexer::TRI:
      return "text";
    case TocsinLexer::ROW:
      return "row of a table";
    case TocsinLexer::EOR:
      return "end of the row";
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
      case TocsinLexer::LB:
        words.push_back("`{`");
        break;
      case TocsinLexer::RB:
        words.push_back("`}`");
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

namespace {

constexpr std::string_view kClauseWords[] = {"when",  "clear", "unless", "on",     "at",
                                             "after", "every", "within", "before", "expect"};

// One letter too many, too few or wrong, or two neighbours swapped: Damerau's slips.
bool IsSlipOf(std::string_view name, std::string_view word) {
  std::size_t same = 0;
  while (same < name.size() && same < word.size() && name[same] == word[same]) ++same;
  const std::string_view rest = name.substr(same);
  const std::string_view wanted = word.substr(same);
  if (rest.empty() && wanted.empty()) return false;
  const auto after = [](std::string_view text, std::size_t count) {
    return text.size() < count ? std::string_view("\n") : text.substr(count);
  };
  const bool swapped =
      rest.size() > 1 && wanted.size() > 1 && rest[0] == wanted[1] && rest[1] == wanted[0];
  return after(rest, 1) == wanted || rest == after(wanted, 1) ||
         (!rest.empty() && !wanted.empty() && after(rest, 1) == after(wanted, 1)) ||
         (swapped && after(rest, 2) == after(wanted, 2));
}

}  // namespace

bool IsLanguageWord(std::string_view name) {
  return std::find(std::begin(kClauseWords), std::end(kClauseWords), name) !=
         std::end(kClauseWords);
}

bool IsNameAfterKind(std::string_view name) {
  static constexpr std::string_view kOthers[] = {"for",   "until", "while", "matching",
                                                 "retry", "by",    "per"};
  return IsLanguageWord(name) ||
         std::find(std::begin(kOthers), std::end(kOthers), name) != std::end(kOthers);
}

namespace {

std::vector<std::string> WordsOfLanguage() {
  std::vector<std::string> words;
  const auto& vocabulary = grammar::TocsinParser(nullptr).getVocabulary();
  for (std::size_t type = TocsinLexer::WHEN; IsWord(type); ++type) {
    const std::string literal = vocabulary.getLiteralName(type);
    words.push_back(literal.substr(1, literal.size() - 2));
  }
  return words;
}

}  // namespace

std::string_view InSmallLetters(std::string_view name) {
  static const std::vector<std::string> kWords = WordsOfLanguage();
  const auto same = [&](const std::string& word) {
    return std::ranges::equal(word, name, [](char small, char c) {
      return small == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
  };
  const auto word = std::ranges::find_if(kWords, same);
  return word == kWords.end() || *word == name ? std::string_view() : std::string_view(*word);
}

std::string_view NearestWord(std::string_view name, bool at_top) {
  // Slips of shorter words are other words.
  constexpr std::size_t kShortest = 4;
  if (name.size() + 1 < kShortest) return {};
  if (at_top) return IsSlipOf(name, "table") ? "table" : std::string_view();
  for (const std::string_view word : kClauseWords) {
    if (word.size() >= kShortest && IsSlipOf(name, word)) return word;
  }
  return IsSlipOf(name, "table") ? "table" : std::string_view();
}

}  // namespace tocsin::parse
