#include "compiler/format/plan.h"

#include <algorithm>

#include "compiler/format/format.h"
#include "compiler/format/spacing.h"
#include "runtime/base/utf8.h"

namespace tocsin::format {

using parse::Token;
using parse::TokenKind;
using syntax::Action;
using syntax::Clause;
using syntax::Decl;
using syntax::ExprKind;

std::size_t Columns(std::string_view text) {
  if (const std::size_t line = text.rfind('\n'); line != text.npos) text.remove_prefix(line + 1);
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::Decode(text, at);
    columns += base::ColumnsOf(point.value);
    at += point.length;
  }
  return columns;
}

std::size_t LineBreaks(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return static_cast<std::size_t>(std::count(text.begin() + begin, text.begin() + end, '\n'));
}

namespace {

class Planner {
 public:
  Planner(const syntax::Tree& tree, const std::vector<Token>& tokens, std::string_view text)
      : tree_(tree),
        tokens_(tokens),
        text_(text),
        match_(tokens.size(), tokens.size()),
        is_clause_(tokens.size()) {
    plan_.places.resize(tokens.size());
    MatchBrackets();
    MarkTokens();
    Space();  // once with every block open, which is what widths are measured by
    SumWidths();
  }

  Plan Run() {
    for (const syntax::Item& item : tree_.items) {
      const auto span = item.decl.valid() ? tree_[item.decl].span : tree_[item.table].span;
      const std::size_t begin = At(span.begin);
      BeginLine(begin, 0);
      if (item.decl.valid()) {
        Walk(tree_[item.decl], 0, Fits(begin, Last(span), 0));
      } else {
        Rows(begin, Last(span), 0);
      }
    }
    Space();
    return std::move(plan_);
  }

 private:
  void MatchBrackets() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::kOpenBlock) open.push_back(i);
      if (tokens_[i].kind != TokenKind::kCloseBlock || open.empty()) continue;
      match_[i] = open.back();
      match_[open.back()] = i;
      open.pop_back();
    }
  }

  // What the tree knows of single tokens.
  void MarkTokens() {
    for (const syntax::Expr& expr : tree_.exprs) {
      if (expr.kind == ExprKind::kUnary && expr.op == syntax::Operator::kNegate) {
        plan_.places[At(expr.span.begin)].unary = true;
      }
    }
    for (const Decl& decl : tree_.decls) {
      if (decl.type.valid()) {
        std::size_t colon = At(tree_[decl.type].span.begin);
        while (tokens_[colon].kind != TokenKind::kColon) --colon;
        plan_.places[colon].spaced_colon = true;
      }
    }
    for (const Clause& clause : tree_.clauses) {
      const std::size_t begin = At(clause.span.begin);
      plan_.places[begin].begins_clause = is_clause_[begin] = true;
    }
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      const TokenKind before = tokens_[i - 1].kind;
      const bool first = before == TokenKind::kOpenBlock || before == TokenKind::kRowStart ||
                         before == TokenKind::kBar;
      if (first) plan_.places[i].begins_clause = false;
    }
  }

  void Space() {
    plan_.before.assign(tokens_.size(), "");
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      plan_.before[i] =
          SpaceBetween(tokens_[i - 1], plan_.places[i - 1], tokens_[i], plan_.places[i]);
    }
  }

  void SumWidths() {
    widths_.assign(1, 0);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      widths_.push_back(widths_.back() + plan_.before[i].size() + Columns(tokens_[i].text));
    }
  }

  // The author wrote the tokens from `begin` to `last` on one line, and one line holds them.
  bool Fits(std::size_t begin, std::size_t last, std::uint32_t level) const {
    if (LineBreaks(text_, tokens_[begin].span.begin, tokens_[last].span.end) > 0) return false;
    return level * kIndent + widths_[last + 1] - widths_[begin] - plan_.before[begin].size() <=
           kMaxColumns;
  }

  void BeginLine(std::size_t token, std::uint32_t level) {
    plan_.places[token].begins_line = true;
    plan_.places[token].level = level;
  }

  // The block between two braces: false where it stays on one line.
  bool OpenBlock(std::size_t open, std::uint32_t level, bool on_one_line) {
    const std::size_t close = match_[open];
    if (on_one_line || close == open + 1) return false;
    if (LineBreaks(text_, tokens_[open].span.begin, tokens_[close].span.end) == 0 &&
        !TooWide(open, close, level)) {
      return false;
    }
    plan_.places[open].opens_block = true;
    plan_.places[close].closes_block = true;
    BeginLine(close, level);
    return true;
  }

  // A block on one line at the end of a clause of several lines: only its own line counts.
  bool TooWide(std::size_t open, std::size_t close, std::uint32_t level) const {
    std::size_t begin = open;
    while (begin > 0 && !plan_.places[begin].begins_line &&
           (StaysBeside(tokens_[begin].kind) ||
            LineBreaks(text_, tokens_[begin - 1].span.end, tokens_[begin].span.begin) == 0)) {
      --begin;
    }
    return !Fits(begin, close, level);
  }

  void Walk(const Decl& decl, std::uint32_t level, bool on_one_line) {
    if (!decl.has_block) return;
    const std::size_t close = Last(decl.span);
    const bool opened = OpenBlock(match_[close], level, on_one_line);
    for (const syntax::ClauseId id : decl.clauses) {
      const Clause& clause = tree_[id];
      const std::size_t begin = At(clause.span.begin);
      if (opened) BeginLine(begin, level + 1);
      Walk(clause, level + 1, !opened || Fits(begin, Last(clause.span), level + 1));
    }
  }

  void Walk(const Clause& clause, std::uint32_t level, bool on_one_line) {
    if (clause.decl.valid()) Walk(tree_[clause.decl], level, on_one_line);
    if (clause.table.valid()) Rows(At(clause.span.begin), Last(clause.span), level);
    Walk(clause.actions, level, on_one_line);
  }

  void Walk(const std::vector<Action>& actions, std::uint32_t level, bool on_one_line) {
    if (actions.empty()) return;
    // `do { ... }` and `else { ... }`; an action that is a clause of a block is placed by that
    // block.
    const std::size_t first = At(actions.front().span.begin);
    std::size_t before = first;
    while (before > 0 && tokens_[--before].kind == TokenKind::kComment) {
    }
    const bool block = tokens_[before].kind == TokenKind::kOpenBlock &&
                       !plan_.places[first].begins_line && !plan_.places[before].opens_block &&
                       !is_clause_[first];
    const bool opened = block && OpenBlock(before, level, on_one_line);
    for (const Action& action : actions) {
      const std::size_t begin = At(action.span.begin);
      if (opened) BeginLine(begin, level + 1);
      const std::uint32_t inner = opened ? level + 1 : level;
      Walk(action.otherwise, inner,
           on_one_line || (opened && Fits(begin, Last(action.span), inner)));
    }
  }

  void Rows(std::size_t begin, std::size_t last, std::uint32_t level) {
    for (std::size_t i = begin; i <= last; ++i) {
      if (tokens_[i].kind == TokenKind::kRowStart || tokens_[i].kind == TokenKind::kRule)
        BeginLine(i, level);
    }
  }

  // The token that begins at, or contains, a place of the text.
  std::size_t At(std::uint32_t offset) const {
    const auto after =
        std::upper_bound(tokens_.begin(), tokens_.end(), offset,
                         [](std::uint32_t o, const Token& t) { return o < t.span.begin; });
    return static_cast<std::size_t>(after - tokens_.begin()) - 1;
  }
  std::size_t Last(diagnostics::Span span) const { return At(span.end - 1); }

  const syntax::Tree& tree_;
  const std::vector<Token>& tokens_;
  std::string_view text_;
  std::vector<std::size_t> match_;  // of a brace of a block, the other one
  std::vector<bool> is_clause_;
  std::vector<std::size_t> widths_;  // of all tokens before, each with its space
  Plan plan_;
};

}  // namespace

Plan MakePlan(const syntax::Tree& tree, const std::vector<Token>& tokens, std::string_view text) {
  return Planner(tree, tokens, text).Run();
}

}  // namespace tocsin::format
