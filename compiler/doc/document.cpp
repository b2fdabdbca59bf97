#include "compiler/doc/document.h"

#include <utility>

#include "compiler/doc/escape.h"
#include "compiler/doc/style.h"

namespace tocsin::doc {

Piece Text(std::string_view text) { return {Piece::Style::kText, std::string(text), {}, {}, {}}; }
Piece Code(std::string_view text) { return {Piece::Style::kCode, std::string(text), {}, {}, {}}; }
Piece Strong(std::string_view text) {
  return {Piece::Style::kStrong, std::string(text), {}, {}, {}};
}
Piece Soft(std::string_view text) { return {Piece::Style::kSoft, std::string(text), {}, {}, {}}; }
Piece LinkTo(std::string_view anchor, std::string_view text, Piece::Style style) {
  return {style, std::string(text), std::string(anchor), {}, {}};
}

void Append(Line& line, const Line& more) { line.insert(line.end(), more.begin(), more.end()); }

Line Marked(std::string_view text) {
  Line line;
  while (!text.empty()) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == text.npos ? text.npos : text.find('`', open + 1);
    if (close == text.npos) {
      line.push_back(Text(text));
      return line;
    }
    if (open > 0) line.push_back(Text(text.substr(0, open)));
    line.push_back(Code(text.substr(open + 1, close - open - 1)));
    text.remove_prefix(close + 1);
  }
  return line;
}

Line Joined(const std::vector<Line>& lines, std::string_view between) {
  Line joined;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) joined.push_back(Text(between));
    Append(joined, lines[i]);
  }
  return joined;
}

Block Heading(int level, std::string_view anchor, Line line, std::string_view place) {
  Block block{.kind = Block::Kind::kHeading, .level = level};
  block.anchor = anchor;
  block.place = place;
  block.line = std::move(line);
  return block;
}

namespace {

Block OfLine(Block::Kind kind, Line line) {
  Block block{.kind = kind};
  block.line = std::move(line);
  return block;
}

}  // namespace

Block Paragraph(Line line) { return OfLine(Block::Kind::kParagraph, std::move(line)); }
Block Lead(Line line) { return OfLine(Block::Kind::kLead, std::move(line)); }
Block Note(Line line) { return OfLine(Block::Kind::kNote, std::move(line)); }

Block List(std::vector<Line> lines) {
  Block block{.kind = Block::Kind::kList};
  block.lines = std::move(lines);
  return block;
}

Block Pairs(std::vector<std::vector<Line>> rows) {
  Block block{.kind = Block::Kind::kPairs};
  block.rows = std::move(rows);
  return block;
}

Block Table(std::vector<Line> columns, std::vector<std::vector<Line>> rows) {
  Block block{.kind = Block::Kind::kTable};
  block.lines = std::move(columns);
  block.rows = std::move(rows);
  return block;
}

Block CodeBlock(std::string_view text) {
  Block block{.kind = Block::Kind::kCode};
  block.text = text;
  return block;
}

Block Figure(Drawing drawing) {
  Block block{.kind = Block::Kind::kDrawing};
  block.drawing = std::move(drawing);
  return block;
}

Block Folded(Line line, Blocks inner) {
  Block block = OfLine(Block::Kind::kFolded, std::move(line));
  block.inner = std::move(inner);
  return block;
}

void Append(Blocks& blocks, Blocks more) {
  for (Block& block : more) blocks.push_back(std::move(block));
}

namespace {

void Collect(const Blocks& blocks, std::vector<FigureFile>& files) {
  for (const Block& block : blocks) {
    if (block.kind == Block::Kind::kDrawing)
      files.push_back({block.drawing.name + ".svg", SvgFile(block.drawing)});
    Collect(block.inner, files);
  }
}

}  // namespace

std::vector<FigureFile> FigureFiles(const Document& document) {
  std::vector<FigureFile> files;
  Collect(document.blocks, files);
  return files;
}

}  // namespace tocsin::doc
