// A document as Markdown, as GitHub and its like read it: anchors are empty elements, folded parts
// are `details`, and drawings are images in files of their own.

#include <fmt/format.h>

#include "compiler/doc/document.h"
#include "compiler/doc/escape.h"

namespace tocsin::doc {
namespace {

std::string Anchored(std::string_view anchor) {
  return anchor.empty() ? std::string() : fmt::format("<a id=\"{}\"></a>", HtmlText(anchor));
}

std::string PieceText(const Piece& piece, bool in_table) {
  std::string text = piece.style == Piece::Style::kCode ? MarkdownCode(piece.text, in_table)
                                                        : MarkdownText(piece.text);
  if (piece.style == Piece::Style::kStrong && !text.empty()) text = "**" + text + "**";
  if (!piece.link.empty()) text = fmt::format("[{}](#{})", text, piece.link);
  return Anchored(piece.anchor) + text;
}

std::string LineText(const Line& line, bool in_table = false) {
  std::string text;
  for (const Piece& piece : line) text += PieceText(piece, in_table);
  return text;
}

class Writer {
 public:
  Writer(std::string_view figures) : figures_(figures) {}

  std::string Page(const Document& document) {
    text_ = fmt::format("# {}\n\n", MarkdownText(document.title));
    bool listed = false;
    for (const Block& block : document.blocks) {
      const bool section = block.kind == Block::Kind::kHeading && block.level == 2;
      if (section && !listed) Contents(document);
      listed = listed || section;
      One(block);
    }
    text_ += fmt::format("---\n\n{}\n", LineText(document.made_by));
    return std::move(text_);
  }

 private:
  void Contents(const Document& document) {
    for (const Block& block : document.blocks) {
      if (block.kind != Block::Kind::kHeading || block.level > 3 || !block.listed) continue;
      Line words;
      for (const Piece& piece : block.line) {
        if (piece.style != Piece::Style::kSoft) words.push_back(Text(piece.text));
      }
      text_ += fmt::format("{}- [{}](#{})\n", block.level == 3 ? "  " : "", LineText(words),
                           block.anchor);
    }
    text_ += "\n";
  }

  void HeadingText(const Block& block) {
    text_ += fmt::format("{} {}{}\n\n", std::string(static_cast<std::size_t>(block.level), '#'),
                         Anchored(block.anchor), LineText(block.line));
    if (!block.place.empty()) text_ += MarkdownCode(block.place, false) + "\n\n";
  }

  void TableText(const Block& block) {
    const auto row = [&](const std::vector<Line>& cells) {
      text_ += "|";
      for (const Line& cell : cells) text_ += " " + LineText(cell, true) + " |";
      text_ += "\n";
    };
    row(block.lines);
    text_ += "|";
    for (std::size_t i = 0; i < block.lines.size(); ++i) text_ += " --- |";
    text_ += "\n";
    for (const std::vector<Line>& cells : block.rows) row(cells);
    text_ += "\n";
  }

  void DrawingText(const Drawing& drawing) {
    text_ +=
        fmt::format("![{}]({}{}.svg)\n\n", MarkdownText(drawing.about), figures_, drawing.name);
    std::size_t number = 0;
    for (const Line& line : drawing.legend)
      text_ += fmt::format("{}. {}\n", ++number, LineText(line));
    if (number > 0) text_ += "\n";
  }

  void One(const Block& block) {
    switch (block.kind) {
      case Block::Kind::kHeading:
        return HeadingText(block);
      case Block::Kind::kParagraph:
      case Block::Kind::kLead:
      case Block::Kind::kNote:
        text_ += LineText(block.line) + "\n\n";
        return;
      case Block::Kind::kList:
        for (const Line& line : block.lines) text_ += "- " + LineText(line) + "\n";
        text_ += "\n";
        return;
      case Block::Kind::kPairs:
        for (const std::vector<Line>& row : block.rows)
          text_ += fmt::format("- **{}**: {}\n", LineText(row[0]), LineText(row[1]));
        text_ += "\n";
        return;
      case Block::Kind::kTable:
        return TableText(block);
      case Block::Kind::kCode:
        text_ += MarkdownFence(block.text) + "\n";
        return;
      case Block::Kind::kDrawing:
        return DrawingText(block.drawing);
      case Block::Kind::kFolded:
        text_ += fmt::format("<details><summary>{}</summary>\n\n", Summary(block.line));
        for (const Block& inner : block.inner) One(inner);
        text_ += "</details>\n\n";
        return;
    }
  }

  // Within an element there is no Markdown.
  static std::string Summary(const Line& line) {
    std::string html;
    for (const Piece& piece : line) html += HtmlText(OneLine(piece.text));
    return html;
  }

  std::string_view figures_;
  std::string text_;
};

}  // namespace

std::string Markdown(const Document& document, std::string_view figures) {
  return Writer(figures).Page(document);
}

}  // namespace tocsin::doc
