#include <doctest/doctest.h>

#include "compiler/doc/document.h"
#include "compiler/doc/escape.h"
#include "compiler/doc/reference.h"
#include "tests/unit/doc/well_formed.h"

using namespace tocsin;
using fixture::WhyNotWellFormed;

namespace {

constexpr std::string_view kNasty =
    "</style><script>alert('1')</script>\"&`|*_[x](http://y)\n# \x01\xff\xe2\x80\xae";

doc::Document Nasty() {
  doc::Drawing drawing{.name = "d", .about = std::string(kNasty), .width = 10, .height = 10};
  drawing.legend = {{doc::Text(kNasty)}};
  doc::Document document{.title = std::string(kNasty), .made_by = {doc::Text(kNasty)}};
  const doc::Line line = {doc::Text(kNasty), doc::Code(kNasty), doc::Strong(kNasty),
                          doc::Soft(kNasty), doc::LinkTo("a-b", kNasty)};
  document.blocks = {doc::Heading(2, "one", line, kNasty),
                     doc::Heading(3, "two", line),
                     doc::Lead(line),
                     doc::Paragraph(line),
                     doc::Note(line),
                     doc::List({line}),
                     doc::Pairs({{line, line}}),
                     doc::Table({line, line}, {{line, line}}),
                     doc::CodeBlock(kNasty),
                     doc::Figure(drawing),
                     doc::Folded(line, {doc::Paragraph(line)}),
                     doc::Heading(2, "three", line)};
  return document;
}

}  // namespace

TEST_SUITE_BEGIN("doc: writers");
TEST_CASE("no text can become an element, and what is invisible is written out") {
  const std::string html = doc::Html(Nasty());
  CHECK(WhyNotWellFormed(html) == "");
  CHECK(html.find("<script") == html.npos);
  CHECK(html.find('\x01') == html.npos);
  CHECK(html.find("\xe2\x80\xae") == html.npos);
  CHECK(html.find("\\u{202e}") != html.npos);
  for (const doc::FigureFile& file : doc::FigureFiles(Nasty()))
    CHECK(WhyNotWellFormed(file.svg) == "");
}

TEST_CASE("in Markdown no text can become a link, an element, a cell or a heading") {
  CHECK(doc::MarkdownText("<b>&") == "&lt;b&gt;&amp;");
  CHECK(doc::MarkdownText("[x](y)") == "\\[x\\](y)");
  CHECK(doc::MarkdownText("![x](y)") == "!\\[x\\](y)");
  CHECK(doc::MarkdownText("a|b\n# c") == "a\\|b # c");
  CHECK(doc::MarkdownText("# c") == "\\# c");
  CHECK(doc::MarkdownText("- c") == "\\- c");
  CHECK(doc::MarkdownText("12. c") == "12\\. c");
  CHECK(doc::MarkdownText("see 1.5 on") == "see 1.5 on");
  CHECK(doc::MarkdownText("a_b *c* __d__") == "a_b \\*c\\* \\__d_\\_");
  CHECK(doc::MarkdownText("http://x www.y a@b") == "http\\://x www\\.y a&#64;b");
  CHECK(doc::MarkdownText("\\`") == "\\\\\\`");
  CHECK(doc::MarkdownCode("a|b", true) == "`a\\|b`");
  CHECK(doc::MarkdownCode("a|b", false) == "`a|b`");
  CHECK(doc::MarkdownCode("a``b`", false) == "``` a``b` ```");
  CHECK(doc::MarkdownFence("a\n````\nb") == "`````\na\n````\nb\n`````\n");
  doc::Document document{.title = std::string(kNasty)};
  document.blocks = {doc::Heading(2, "one", {doc::Text(kNasty)}),
                     doc::Paragraph({doc::LinkTo("a", kNasty), doc::Soft(kNasty)}),
                     doc::Table({{doc::Strong(kNasty)}}, {{{doc::Text(kNasty)}}})};
  const std::string markdown = doc::Markdown(document, "f/");
  CHECK(markdown.find("[x](") == markdown.npos);
  CHECK(markdown.find("<script") == markdown.npos);
  CHECK(doc::Markdown(Nasty(), "f/").find("](f/d.svg)") != std::string::npos);
}

TEST_CASE("names become parts of anchors and of files") {
  CHECK(doc::Plain("shared.ann-1") == "shared.ann-1");
  CHECK(doc::Plain("a b/\"<") == "a-b---");
}

TEST_CASE("what stands between backticks is code") {
  const doc::Line line = doc::Marked("a `b` c `d");
  REQUIRE(line.size() == 3);
  CHECK(line[1].style == doc::Piece::Style::kCode);
  CHECK(line[1].text == "b");
  CHECK(line[2].text == " c `d");
  CHECK(doc::Marked("").empty());
}

TEST_CASE("the help of a command in its parts") {
  const doc::CommandHelp help = doc::ReadHelp("x",
                                              "usage: tocsin x FILE\n\nDoes this\nand that.\n\n"
                                              "options:\n  --help            show this\n"
                                              "  --format FORMAT   how, a long\n"
                                              "                    --story\n"
                                              "  --an-option-of-some-length VALUE\n"
                                              "                    what it is\n"
                                              "  --flag            a flag\n");
  CHECK(help.usage == "tocsin x FILE");
  CHECK(help.about == "Does this and that.");
  REQUIRE(help.options.size() == 3);
  CHECK(help.options[0].name == "--format FORMAT");
  CHECK(help.options[0].help == "how, a long --story");
  CHECK(help.options[1].name == "--an-option-of-some-length VALUE");
  CHECK(help.options[1].help == "what it is");
  CHECK(help.options[2].name == "--flag");
}
TEST_SUITE_END();
