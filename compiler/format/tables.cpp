#include "compiler/format/tables.h"

#include <algorithm>

namespace tocsin::format {

using parse::TokenKind;

namespace {

// A cell wider than this stands out: filling all others up to it would help nobody's eyes.
constexpr std::size_t kMostAligned = 120;

}  // namespace

void Columnar::Measure(std::size_t begin) {
  if (begin < end_) return;
  widths_.clear();
  std::size_t i = begin;
  for (; i < tokens_.size(); ++i) {
    const TokenKind kind = tokens_[i].kind;
    if (kind == TokenKind::kRule || kind == TokenKind::kComment) continue;
    if (kind != TokenKind::kRowStart) break;
    std::size_t last = i;
    const std::vector<std::string> cells = Cells(i, last);
    i = last;
    widths_.resize(std::max(widths_.size(), cells.size()), 1);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::size_t width = Columns(cells[c]);
      if (width <= kMostAligned) widths_[c] = std::max(widths_[c], width);
    }
  }
  end_ = i;
}

// The texts of a row's cells; none where the row cannot stand on one line.
std::vector<std::string> Columnar::Cells(std::size_t begin, std::size_t& last) const {
  std::vector<std::string> cells(1);
  bool one_line = true;
  for (last = begin + 1; tokens_[last].kind != TokenKind::kRowEnd; ++last) {
    const parse::Token& token = tokens_[last];
    one_line =
        one_line && token.kind != TokenKind::kComment && token.text.find('\n') == token.text.npos;
    if (token.kind == TokenKind::kBar) {
      cells.emplace_back();
      continue;
    }
    if (!cells.back().empty()) cells.back() += plan_.before[last];
    cells.back() += token.text;
  }
  return one_line ? cells : std::vector<std::string>();
}

std::string Columnar::Row(std::size_t begin, std::size_t& last) const {
  const std::vector<std::string> cells = Cells(begin, last);
  if (cells.empty()) return "";
  std::string row = "|";
  for (std::size_t c = 0; c < cells.size(); ++c) {
    row += ' ';
    row += cells[c];
    row.append(widths_[c] - std::min(widths_[c], Columns(cells[c])), ' ');
    row += " |";
  }
  return row;
}

std::string Columnar::Rule() const {
  std::string rule = "|";
  for (const std::size_t width : widths_) {
    rule.append(width + 2, '-');
    rule += '|';
  }
  return rule;
}

}  // namespace tocsin::format
