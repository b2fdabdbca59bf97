#include "compiler/parse/text_block.h"

#include <algorithm>

namespace tocsin::parse {
namespace {

std::string WithoutCarriageReturns(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    result += text[i];
  }
  return result;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

bool IsNothing(const TextPiece& piece) {
  return piece.kind == PieceKind::kRaw && piece.text.empty();
}

// The first line stands beside the opening quotes and has no indentation, unless it was left out.
bool BeginsAtLineStart(const std::vector<TextPiece>& pieces) {
  const auto first = std::ranges::find_if_not(pieces, IsNothing);
  return first != pieces.end() && first->alone;
}

// The last line, which holds the closing quotes, was left out.
bool EndsAtLineStart(const std::vector<TextPiece>& pieces) {
  const auto last = std::find_if_not(pieces.rbegin(), pieces.rend(), IsNothing);
  return last != pieces.rend() && last->alone;
}

// The fewest spaces that a line with something on it begins with. The line of the closing quotes
// counts.
std::size_t CommonIndent(const std::vector<TextPiece>& pieces) {
  std::size_t common = std::string::npos;
  bool at_line_start = BeginsAtLineStart(pieces);
  std::size_t indent = 0;
  const auto ends_indent = [&] {
    if (at_line_start) common = std::min(common, indent);
    at_line_start = false;
  };
  for (const TextPiece& piece : pieces) {
    if (piece.alone) continue;
    if (piece.kind != PieceKind::kRaw) {
      ends_indent();
      continue;
    }
    for (const char c : piece.text) {
      if (c == '\n') {
        at_line_start = true;
        indent = 0;
      } else if (at_line_start && (c == ' ' || c == '\t')) {
        ++indent;
      } else {
        ends_indent();
      }
    }
  }
  if (!EndsAtLineStart(pieces)) ends_indent();
  return common == std::string::npos ? 0 : common;
}

void DropIndent(std::vector<TextPiece>& pieces, std::size_t common) {
  bool at_line_start = BeginsAtLineStart(pieces);
  std::size_t dropped = 0;
  for (TextPiece& piece : pieces) {
    if (piece.alone) continue;
    if (piece.kind != PieceKind::kRaw) {
      at_line_start = false;
      continue;
    }
    std::string kept;
    for (const char c : piece.text) {
      if (c == '\n') {
        at_line_start = true;
        dropped = 0;
        kept += c;
      } else if (at_line_start && dropped < common && (c == ' ' || c == '\t')) {
        ++dropped;
      } else {
        at_line_start = false;
        kept += c;
      }
    }
    piece.text = std::move(kept);
  }
}

// Control pieces of one line with nothing but spaces between them.
struct Group {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::vector<Group> ControlGroups(const std::vector<TextPiece>& pieces) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].is_control()) continue;
    Group group{i, i};
    while (++i < pieces.size()) {
      if (pieces[i].is_control()) {
        group.last = i;
      } else if (pieces[i].kind != PieceKind::kRaw || !IsBlank(pieces[i].text)) {
        break;
      }
    }
    groups.push_back(group);
  }
  return groups;
}

// Whether the line of the group holds nothing else.
bool HasLineAlone(const std::vector<TextPiece>& pieces, const Group& group) {
  if (group.first > 0) {
    const TextPiece& before = pieces[group.first - 1];
    const std::size_t line = before.text.rfind('\n');
    const bool from_start = line != std::string::npos || group.first == 1;
    if (before.kind != PieceKind::kRaw || !from_start || !IsBlank(before.text.substr(line + 1)))
      return false;
  }
  if (group.last + 1 == pieces.size()) return true;
  const TextPiece& after = pieces[group.last + 1];
  const std::size_t line = after.text.find('\n');
  const bool to_end = line != std::string::npos || group.last + 2 == pieces.size();
  return after.kind == PieceKind::kRaw && to_end && IsBlank(after.text.substr(0, line));
}

void DropLine(std::vector<TextPiece>& pieces, const Group& group) {
  for (std::size_t i = group.first; i <= group.last; ++i) {
    pieces[i].text.clear();
    pieces[i].alone = pieces[i].is_control();
  }
  if (group.first > 0) {
    std::string& before = pieces[group.first - 1].text;
    before.erase(before.rfind('\n') + 1);
  }
  if (group.last + 1 < pieces.size()) {
    std::string& after = pieces[group.last + 1].text;
    const std::size_t line = after.find('\n');
    after.erase(0, line == std::string::npos ? line : line + 1);
  }
}

void DropControlLines(std::vector<TextPiece>& pieces) {
  // All are found before any is dropped, as dropping takes away what the next is found by.
  std::vector<Group> alone = ControlGroups(pieces);
  std::erase_if(alone, [&](const Group& group) { return !HasLineAlone(pieces, group); });
  for (const Group& group : alone) DropLine(pieces, group);
}

}  // namespace

void StripTextBlock(std::vector<TextPiece>& pieces) {
  for (TextPiece& piece : pieces) {
    if (piece.kind == PieceKind::kRaw) piece.text = WithoutCarriageReturns(piece.text);
  }
  DropControlLines(pieces);
  DropIndent(pieces, CommonIndent(pieces));
  if (!pieces.empty() && pieces[0].kind == PieceKind::kRaw && pieces[0].text.starts_with('\n'))
    pieces[0].text.erase(0, 1);
}

}  // namespace tocsin::parse
