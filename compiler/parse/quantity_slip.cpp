#include "compiler/parse/quantity_slip.h"

#include <algorithm>
#include <array>

#include "compiler/parse/lexemes.h"
#include "runtime/values/units.h"

namespace tocsin::parse {
namespace {

std::string_view TextOf(const Lexeme& lexeme, std::string_view text) {
  return text.substr(lexeme.begin, lexeme.end - lexeme.begin);
}

// Whether the word before `next`, which may be a unit, begins something of its own: a field, an
// arm, a declaration.
bool BeginsSomething(const Lexeme& next) {
  switch (next.type) {
    case TocsinLexer::COLON:
    case TocsinLexer::ARROW:
    case TocsinLexer::CALL:
    case TocsinLexer::SEL:
    case TocsinLexer::DOT:
    case TocsinLexer::ASG:
    case TocsinLexer::WHEN:
    case TocsinLexer::OTHERWISE:
    case TocsinLexer::LB:
    case TocsinLexer::TRI:
    case TocsinLexer::QUOTE:
    case TocsinLexer::ID:
      return !next.first;
    default:
      return false;
  }
}

// `15 min`, `15 m`, `5 %`.
std::optional<QuantitySlip> UnitApart(const std::vector<Lexeme>& in, std::size_t at,
                                      std::string_view text) {
  const Lexeme& word = in[at + 1];
  if (in[at].type != TocsinLexer::NUM || word.first || word.begin == in[at].end) return {};
  const std::string_view unit = TextOf(word, text);
  const bool percent = word.type == TocsinLexer::BAD && unit == "%";
  if (!percent && (word.type != TocsinLexer::ID || BeginsSomething(in[at + 2]))) return {};
  const std::string_view known = values::UnitMeant(unit);
  const std::string meant =
      std::string(TextOf(in[at], text)) + std::string(known.empty() ? unit : known);
  if (!values::ParseQuantity(meant)) return {};
  return QuantitySlip{word.end, 1, meant};
}

// `1h 30m`: two durations stand beside each other nowhere.
std::optional<QuantitySlip> PartsApart(const std::vector<Lexeme>& in, std::size_t at,
                                       std::string_view text) {
  std::string meant(TextOf(in[at], text));
  std::size_t last = at;
  while (last + 1 < in.size() && in[last + 1].type == TocsinLexer::QTY && !in[last + 1].first)
    meant += TextOf(in[++last], text);
  if (in[at].type != TocsinLexer::QTY || last == at) return {};
  const auto whole = values::ParseQuantity(meant);
  if (!whole || whole->unit != values::Unit::kDuration) return {};
  return QuantitySlip{in[last].end, last - at, meant};
}

// `80msand`.
std::optional<QuantitySlip> WordGlued(const Lexeme& lexeme, std::string_view text) {
  static constexpr std::array<std::string_view, 9> kWords = {
      "and", "or", "for", "do", "then", "else", "where", "until", "matching"};
  if (lexeme.type != TocsinLexer::QTY) return {};
  const std::string_view written = TextOf(lexeme, text);
  for (const std::string_view word : kWords) {
    if (!written.ends_with(word)) continue;
    const std::string_view quantity = written.substr(0, written.size() - word.size());
    if (values::ParseQuantity(quantity))
      return QuantitySlip{lexeme.end, 0, std::string(quantity) + " " + std::string(word)};
  }
  return {};
}

}  // namespace

std::optional<QuantitySlip> FindQuantitySlip(const std::vector<Lexeme>& in, std::size_t at,
                                             std::string_view text) {
  if (at + 2 < in.size()) {
    if (auto slip = UnitApart(in, at, text)) return slip;
    if (auto slip = PartsApart(in, at, text)) return slip;
  }
  return WordGlued(in[at], text);
}

}  // namespace tocsin::parse
