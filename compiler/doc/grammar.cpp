#include "compiler/doc/grammar.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"

namespace tocsin::doc {

TokenWord WordOf(const GrammarRule& token) {
  const std::string_view behind = token.behind;
  const std::size_t colon = std::min(behind.find(':'), behind.size());
  TokenWord word{std::string(behind.substr(0, colon)), {}};
  if (word.word.find(' ') != std::string::npos) return {};
  std::string_view rest = behind.substr(std::min(colon + 1, behind.size()));
  while (!rest.empty()) {
    const std::size_t begin = std::min(rest.find_first_not_of(' '), rest.size());
    rest.remove_prefix(begin);
    const std::size_t end = std::min(rest.find("  "), rest.size());
    if (end > 0) word.examples.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return word;
}

std::optional<std::string> FixedText(const GrammarRule& token) {
  if (token.alternatives.size() != 1 || token.alternatives[0].size() != 1) return std::nullopt;
  const GrammarElement& only = token.alternatives[0][0];
  if (only.sort != GrammarElement::Sort::kWritten || only.repeated != 0) return std::nullopt;
  return only.text;
}

namespace {

constexpr std::string_view kMistake = "a mistake";

// "`{` that touches ...": what is written for a token that the scanner makes.
std::string Quoted(std::string_view comment) {
  const std::size_t open = comment.find('`');
  if (open == comment.npos) return {};
  const std::size_t close = comment.find('`', open + 1);
  return close == comment.npos ? std::string()
                               : std::string(comment.substr(open + 1, close - open - 1));
}

}  // namespace

Grammar::Grammar(std::string_view parser, std::string_view lexer)
    : rules_(ReadGrammar(parser)), tokens_(ReadGrammar(lexer)) {
  std::erase_if(tokens_, [](const GrammarRule& token) { return token.behind == kMistake; });
}

std::optional<Grammar::Reading> Grammar::Read(std::string_view name) const {
  if (name == "EOF") return Reading{"end-of-file", "", {}};
  if (std::ranges::find(rules_, name, &GrammarRule::name) != rules_.end())
    return Reading{std::string(name), "grammar-" + std::string(name), {}};
  Reading reading;
  bool fixed = true;
  for (const GrammarRule& token : tokens_) {
    if (token.type != name) continue;
    if (token.by_scanner) {
      const std::string written = Quoted(token.behind);
      if (written.empty()) continue;
      return Reading{written, "grammar-" + token.name, {written}};
    }
    const auto text = FixedText(token);
    fixed = fixed && text;
    if (text && std::ranges::find(reading.written, *text) == reading.written.end())
      reading.written.push_back(*text);
    if (!text && reading.text.empty()) reading.text = WordOf(token).word;
  }
  if (fixed && !reading.written.empty()) return reading;
  if (reading.text.empty()) return std::nullopt;
  return Reading{reading.text, "grammar-" + reading.text, {}};
}

std::vector<Grammar::Alternative> Grammar::AlternativesOf(std::string_view token) const {
  std::vector<Alternative> alternatives;
  for (const GrammarRule& rule : tokens_) {
    if (rule.type != token) continue;
    for (const GrammarSequence& sequence : rule.alternatives)
      alternatives.push_back({sequence, rule.section});
  }
  return alternatives;
}

}  // namespace tocsin::doc
