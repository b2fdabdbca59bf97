// What is written about a policy or the language, before it is decided how: headings, paragraphs,
// tables and drawings. Both writers render the same document, so the pages cannot say different
// things. All text in it is as it is meant; the writers escape it, whatever it holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::doc {

struct Piece {
  enum class Style : std::uint8_t { kText, kCode, kStrong, kSoft } style = Style::kText;
  std::string text;
  std::string link;    // the anchor it leads to; empty: none
  std::string anchor;  // by which it is found itself; empty: none
  // Of code: parts of it that lead somewhere, in order.
  struct Part {
    std::size_t begin = 0;
    std::size_t length = 0;
    std::string link;
  };
  std::vector<Part> parts;
};
using Line = std::vector<Piece>;

Piece Text(std::string_view text);
Piece Code(std::string_view text);
Piece Strong(std::string_view text);
Piece Soft(std::string_view text);
Piece LinkTo(std::string_view anchor, std::string_view text,
             Piece::Style style = Piece::Style::kText);
// A sentence in which what stands between backticks is code.
Line Marked(std::string_view text);
// The lines one after the other.
Line Joined(const std::vector<Line>& lines, std::string_view between = ", ");
void Append(Line& line, const Line& more);

// A picture as the elements of SVG, in coordinates of its own; style.h names the classes.
struct Drawing {
  std::string name;   // of its file, without folder and ending: [a-z0-9_.-] only
  std::string about;  // for whoever cannot see it
  double width = 0;
  double height = 0;
  std::string body;
  std::vector<Line> legend;  // what the numbers in it mean, from 1
};

struct Block {
  enum class Kind : std::uint8_t {
    kHeading,    // line, level 2 to 4, anchor, place, listed
    kParagraph,  // line
    kLead,       // line: what stands first
    kNote,       // line: beside the matter
    kList,       // lines
    kPairs,      // rows of two: what, and what it is
    kTable,      // columns, rows
    kCode,       // text, and parts of it that lead somewhere
    kDrawing,    // drawing
    kFolded,     // line, and inner blocks that are looked at when somebody wants to
  } kind = Kind::kParagraph;
  int level = 2;
  std::string anchor;
  std::string place;  // file and line
  std::string text;
  std::vector<Piece::Part> parts;
  bool listed = true;  // in the contents; level 4 never is
  Line line;
  std::vector<Line> lines;
  std::vector<std::vector<Line>> rows;
  Drawing drawing;
  std::vector<Block> inner;
};
using Blocks = std::vector<Block>;

Block Heading(int level, std::string_view anchor, Line line, std::string_view place = {});
Block Paragraph(Line line);
Block Lead(Line line);
Block Note(Line line);
Block List(std::vector<Line> lines);
Block Pairs(std::vector<std::vector<Line>> rows);
Block Table(std::vector<Line> columns, std::vector<std::vector<Line>> rows);
Block CodeBlock(std::string_view text);
Block Figure(Drawing drawing);
Block Folded(Line line, Blocks inner);
void Append(Blocks& blocks, Blocks more);

struct Document {
  std::string title;
  Line made_by;  // a sentence at its end
  Blocks blocks;
};

// One page that needs nothing beside it: no network, no script.
std::string Html(const Document& document);
// `figures` is what the names of drawings' files begin with: "handbook.figures/".
std::string Markdown(const Document& document, std::string_view figures);

struct FigureFile {
  std::string name;  // "climb_P1.svg"
  std::string svg;
};
// The files that the Markdown refers to, in the order of the drawings.
std::vector<FigureFile> FigureFiles(const Document& document);

}  // namespace tocsin::doc
