// The grammar as a part of the reference: each rule as a production, in which what refers to
// another leads to it.

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/doc/escape.h"
#include "compiler/doc/grammar.h"
#include "compiler/doc/reference_parts.h"
#include "compiler/doc/texts.h"

namespace tocsin::doc {
namespace {

// The text of a production, as it is put together.
class Production {
 public:
  explicit Production(const Grammar& grammar) : grammar_(grammar) {}

  // What only a mistake is made of is left out.
  // On one line where all of it is short.
  void Lines(std::string_view name, const std::vector<Grammar::Alternative>& alternatives) {
    constexpr std::size_t kShort = 72;
    std::vector<const Grammar::Alternative*> shown;
    bool one_line = true;
    for (const Grammar::Alternative& alternative : alternatives) {
      if (Readable(alternative.sequence)) shown.push_back(&alternative);
      one_line = one_line && alternative.where.empty();
    }
    if (shown.size() > 1 && one_line) {
      Production trial(grammar_);
      trial.Alternatives(name, shown, " |", " ");
      one_line = trial.block_.text.size() <= kShort;
    }
    if (shown.size() < 2 || one_line) return Alternatives(name, shown, " |", " ");
    Alternatives(name, shown, "\n  |", "\n    ");
  }

  Block Take() { return std::move(block_); }

 private:
  void Add(std::string_view text) { block_.text += text; }

  void Alternatives(std::string_view name, const std::vector<const Grammar::Alternative*>& shown,
                    std::string_view between, std::string_view first) {
    Add(fmt::format("{} =", name));
    for (const Grammar::Alternative* alternative : shown) {
      Add(alternative == shown.front() ? first : between);
      if (alternative != shown.front()) Add(" ");
      Add(alternative->sequence);
      if (!alternative->where.empty()) Add(fmt::format("  # {}", alternative->where));
    }
  }

  void Add(const GrammarSequence& sequence) {
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      if (i > 0) Add(" ");
      Add(sequence[i]);
    }
  }

  bool Readable(const GrammarSequence& sequence) const {
    return std::ranges::all_of(sequence, [&](const auto& element) { return Readable(element); });
  }
  bool Readable(const GrammarElement& element) const {
    if (element.sort == GrammarElement::Sort::kNamed)
      return grammar_.Read(element.text).has_value();
    if (element.sort != GrammarElement::Sort::kGroup) return true;
    return std::ranges::any_of(element.choices,
                               [&](const auto& choice) { return Readable(choice); });
  }

  void Add(const GrammarElement& element) {
    switch (element.sort) {
      case GrammarElement::Sort::kWritten:
        Add(fmt::format("'{}'", element.text));
        break;
      case GrammarElement::Sort::kCharacters:
        Add(element.text == "." ? "any" : element.text);
        break;
      case GrammarElement::Sort::kGroup: {
        Add("(");
        bool first = true;
        for (const GrammarSequence& choice : element.choices) {
          if (!Readable(choice)) continue;
          if (!std::exchange(first, false)) Add(" | ");
          Add(choice);
        }
        Add(")");
        break;
      }
      case GrammarElement::Sort::kNamed:
        AddNamed(*grammar_.Read(element.text));
        break;
    }
    if (element.repeated != 0) Add(std::string_view(&element.repeated, 1));
  }

  void AddNamed(const Grammar::Reading& reading) {
    std::string text = reading.text;
    if (!reading.written.empty()) {
      text = fmt::format("'{}'", fmt::join(reading.written, "' | '"));
      if (reading.written.size() > 1) text = "(" + text + ")";
    }
    if (!reading.anchor.empty())
      block_.parts.push_back({block_.text.size(), text.size(), reading.anchor});
    Add(text);
  }

  const Grammar& grammar_;
  Block block_{.kind = Block::Kind::kCode};
};

void Names(const GrammarSequence& sequence, std::set<std::string>& names) {
  for (const GrammarElement& element : sequence) {
    if (element.sort == GrammarElement::Sort::kNamed) names.insert(element.text);
    for (const GrammarSequence& choice : element.choices) Names(choice, names);
  }
}

// The rules that refer to one.
Line UsersOf(const Grammar& grammar, std::string_view name) {
  std::vector<Line> users;
  for (const GrammarRule& rule : grammar.rules()) {
    std::set<std::string> names;
    for (const GrammarSequence& sequence : rule.alternatives) Names(sequence, names);
    if (rule.name != name && names.contains(std::string(name)))
      users.push_back({LinkTo("grammar-" + rule.name, rule.name, Piece::Style::kCode)});
  }
  return Joined(users);
}

void AddRule(const Grammar& grammar, const GrammarRule& rule, Blocks& blocks) {
  blocks.push_back(Heading(4, "grammar-" + rule.name, {Text(rule.name)}));
  if (!rule.before.empty()) blocks.push_back(Paragraph(Marked(rule.before)));
  std::vector<Grammar::Alternative> alternatives;
  for (const GrammarSequence& sequence : rule.alternatives) alternatives.push_back({sequence, ""});
  Production production(grammar);
  production.Lines(rule.name, alternatives);
  blocks.push_back(production.Take());
  Line used = {Text("Used in ")};
  const Line users = UsersOf(grammar, rule.name);
  Append(used, users);
  if (!users.empty()) blocks.push_back(Note(used));
}

void AddToken(const Grammar& grammar, const GrammarRule& token, const TokenWord& word,
              Blocks& blocks) {
  blocks.push_back(Heading(4, "grammar-" + word.word, {Text(word.word)}));
  Production production(grammar);
  production.Lines(word.word, grammar.AlternativesOf(token.type));
  blocks.push_back(production.Take());
  std::vector<Line> examples;
  for (const std::string& example : word.examples) examples.push_back({Code(example)});
  Line line = {Text(examples.size() == 1 ? "For example " : "For example: ")};
  Append(line, Joined(examples));
  if (!examples.empty()) blocks.push_back(Note(line));
}

// Tokens whose meaning depends on their neighbours, which their comments tell.
Block ScannerTokens(const Grammar& grammar) {
  std::vector<std::vector<Line>> rows;
  for (const GrammarRule& token : grammar.tokens()) {
    const auto reading = token.by_scanner ? grammar.Read(token.name) : std::nullopt;
    if (!reading) continue;
    Piece written = Code(reading->text);
    written.anchor = reading->anchor;
    const std::size_t after = token.behind.find('`', token.behind.find('`') + 1) + 1;
    rows.push_back(
        {{written}, {Text(token.behind.substr(token.behind.find_first_not_of(' ', after)))}});
  }
  return Table({{Text("sign")}, {Text("is one")}}, std::move(rows));
}

// The words and signs of each group, and after them what is no fixed text.
void AddTokens(const Grammar& grammar, Blocks& blocks) {
  Line fixed;
  std::size_t titled = 0;
  Blocks others;
  std::vector<Line> remarks;
  const auto flush = [&] {
    if (fixed.size() > titled) blocks.push_back(Paragraph(std::exchange(fixed, {})));
    if (!remarks.empty()) blocks.push_back(List(std::exchange(remarks, {})));
  };
  for (const GrammarRule& token : grammar.tokens()) {
    if (token.by_scanner) continue;
    if (!token.before.empty()) {
      flush();
      std::string_view title = token.before;
      if (title.ends_with('.')) title.remove_suffix(1);
      fixed = Marked(title);
      fixed.push_back(Text(":"));
      titled = fixed.size();
    }
    if (const auto text = FixedText(token)) {
      if (!token.section.empty()) continue;
      fixed.push_back(Text(" "));
      fixed.push_back(Code(*text));
      if (token.behind.empty()) continue;
      Line remark = {Code(*text), Text(": ")};
      Append(remark, Marked(token.behind));
      remarks.push_back(std::move(remark));
    } else if (const TokenWord word = WordOf(token); !word.word.empty()) {
      AddToken(grammar, token, word, others);
    }
  }
  flush();
  blocks.push_back(Paragraph({Text("Some signs mean different things where they stand:")}));
  blocks.push_back(ScannerTokens(grammar));
  blocks.push_back(Paragraph({Text("The parts of what follows touch one another.")}));
  Append(blocks, std::move(others));
}

}  // namespace

Blocks GrammarPart() {
  const Grammar grammar(EmbeddedText("TocsinParser.g4"), EmbeddedText("TocsinLexer.g4"));
  Blocks blocks = {
      Heading(2, "grammar", {Text("Grammar")}),
      Paragraph(Marked(
          "How a policy is written, whatever its kinds. What stands in quotes is written as it "
          "is; `a?` is `a` or nothing, `a*` any number of them, `a+` one or more, "
          "`a | b` one of both, `[a-z]` one of these characters and `~[a-z]` one other. "
          "Blanks, line breaks and comments may stand anywhere but within words and "
          "signs."))};
  std::string section;
  for (const GrammarRule& rule : grammar.rules()) {
    if (rule.section != section) {
      section = rule.section;
      std::string anchor = "grammar-in-" + Plain(section.substr(0, section.find(',')));
      blocks.push_back(Heading(3, anchor, {Text(section)}));
    }
    AddRule(grammar, rule, blocks);
  }
  blocks.push_back(Heading(3, "grammar-in-words", {Text("Words and signs")}));
  AddTokens(grammar, blocks);
  return blocks;
}

}  // namespace tocsin::doc
