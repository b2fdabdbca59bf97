// A document as one HTML page, which is well-formed XML, too.

#include <fmt/format.h>

#include <utility>

#include "compiler/doc/document.h"
#include "compiler/doc/escape.h"
#include "compiler/doc/style.h"
#include "compiler/doc/texts.h"
#include "runtime/base/filled.h"

namespace tocsin::doc {
namespace {

std::string Linked(std::string_view anchor, std::string_view html) {
  return fmt::format("<a href=\"#{}\">{}</a>", HtmlText(anchor), html);
}

std::string CodeHtml(std::string_view text, const std::vector<Piece::Part>& parts) {
  std::string html;
  std::size_t at = 0;
  for (const Piece::Part& part : parts) {
    html += HtmlText(text.substr(at, part.begin - at));
    html += Linked(part.link, HtmlText(text.substr(part.begin, part.length)));
    at = part.begin + part.length;
  }
  return html + HtmlText(text.substr(at));
}

std::string PieceHtml(const Piece& piece) {
  std::string html = CodeHtml(piece.text, piece.parts);
  if (piece.style == Piece::Style::kCode) html = fmt::format("<code>{}</code>", html);
  if (piece.style == Piece::Style::kStrong) html = fmt::format("<strong>{}</strong>", html);
  if (piece.style == Piece::Style::kSoft)
    html = fmt::format("<span class=\"soft\">{}</span>", html);
  if (!piece.anchor.empty())
    html = fmt::format("<span id=\"{}\">{}</span>", HtmlText(piece.anchor), html);
  return piece.link.empty() ? html : Linked(piece.link, html);
}

std::string LineHtml(const Line& line) {
  std::string html;
  for (const Piece& piece : line) html += PieceHtml(piece);
  return html;
}

// The words of a line alone, for the contents.
std::string Words(const Line& line) {
  std::string words;
  for (const Piece& piece : line) {
    if (piece.style != Piece::Style::kSoft) words += piece.text;
  }
  return words;
}

class Writer {
 public:
  std::string Body(const Document& document) {
    html_ = fmt::format("<h1>{}</h1>\n", HtmlText(document.title));
    Write(document.blocks);
    CloseArticle();
    html_ += fmt::format("<footer>{}</footer>\n", LineHtml(document.made_by));
    return std::move(html_);
  }

 private:
  void CloseArticle() {
    if (std::exchange(in_article_, false)) html_ += "</article>\n";
  }

  void Write(const Blocks& blocks) {
    for (const Block& block : blocks) One(block);
  }

  void HeadingHtml(const Block& block) {
    if (block.level <= 3) CloseArticle();
    if (block.level == 3) {
      html_ += "<article>\n";
      in_article_ = true;
    }
    const std::string place =
        block.place.empty() ? ""
                            : fmt::format("<span class=\"place\">{}</span>", HtmlText(block.place));
    html_ += fmt::format("<h{0} id=\"{1}\"><span>{2}</span>{3}</h{0}>\n", block.level,
                         HtmlText(block.anchor), LineHtml(block.line), place);
  }

  void Items(std::string_view element, const std::vector<Line>& lines) {
    html_ += fmt::format("<{}>\n", element);
    for (const Line& line : lines) html_ += fmt::format("<li>{}</li>\n", LineHtml(line));
    html_ += fmt::format("</{}>\n", element);
  }

  void PairsHtml(const Block& block) {
    html_ += "<dl>\n";
    for (const std::vector<Line>& row : block.rows) {
      html_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", LineHtml(row[0]), LineHtml(row[1]));
    }
    html_ += "</dl>\n";
  }

  void TableHtml(const Block& block) {
    html_ += "<div class=\"scroll\"><table>\n<thead><tr>";
    for (const Line& column : block.lines) html_ += fmt::format("<th>{}</th>", LineHtml(column));
    html_ += "</tr></thead>\n<tbody>\n";
    for (const std::vector<Line>& row : block.rows) {
      html_ += "<tr>";
      for (const Line& cell : row) html_ += fmt::format("<td>{}</td>", LineHtml(cell));
      html_ += "</tr>\n";
    }
    html_ += "</tbody>\n</table></div>\n";
  }

  void One(const Block& block) {
    switch (block.kind) {
      case Block::Kind::kHeading:
        return HeadingHtml(block);
      case Block::Kind::kParagraph:
        html_ += fmt::format("<p>{}</p>\n", LineHtml(block.line));
        return;
      case Block::Kind::kLead:
        html_ += fmt::format("<p class=\"lead\">{}</p>\n", LineHtml(block.line));
        return;
      case Block::Kind::kNote:
        html_ += fmt::format("<p class=\"note\">{}</p>\n", LineHtml(block.line));
        return;
      case Block::Kind::kList:
        return Items("ul", block.lines);
      case Block::Kind::kPairs:
        return PairsHtml(block);
      case Block::Kind::kTable:
        return TableHtml(block);
      case Block::Kind::kCode:
        html_ += fmt::format("<pre>{}</pre>\n", CodeHtml(block.text, block.parts));
        return;
      case Block::Kind::kDrawing:
        html_ += "<figure>\n" + SvgElement(block.drawing);
        if (!block.drawing.legend.empty()) Items("ol", block.drawing.legend);
        html_ += "</figure>\n";
        return;
      case Block::Kind::kFolded:
        html_ += fmt::format("<details>\n<summary>{}</summary>\n", LineHtml(block.line));
        Write(block.inner);
        html_ += "</details>\n";
        return;
    }
  }

  std::string html_;
  bool in_article_ = false;
};

std::string Contents(const Document& document) {
  std::string html = "<ul>\n";
  bool open = false, inner = false;
  const auto close = [&] {
    if (std::exchange(inner, false)) html += "</ul>";
    if (std::exchange(open, false)) html += "</li>\n";
  };
  for (const Block& block : document.blocks) {
    if (block.kind != Block::Kind::kHeading || block.level > 3 || !block.listed) continue;
    const std::string entry = Linked(block.anchor, HtmlText(OneLine(Words(block.line))));
    if (block.level == 2) {
      close();
      html += "<li>" + entry;
      open = true;
    } else if (open) {
      if (!std::exchange(inner, true)) html += "\n<ul>\n";
      html += "<li>" + entry + "</li>\n";
    }
  }
  close();
  return html + "</ul>\n";
}

}  // namespace

std::string Html(const Document& document) {
  const std::string style = fmt::format("{}{}{}", EmbeddedText("colours.css"),
                                        EmbeddedText("page.css"), EmbeddedText("drawing.css"));
  return base::Filled(EmbeddedText("page.html"), {{"title", HtmlText(document.title)},
                                                  {"style", style},
                                                  {"contents", Contents(document)},
                                                  {"body", Writer().Body(document)}});
}

}  // namespace tocsin::doc
