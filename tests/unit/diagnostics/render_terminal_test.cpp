#include "runtime/diagnostics/render_terminal.h"

#include <doctest/doctest.h>

#include "runtime/diagnostics/codes.h"

namespace tocsin::diagnostics {
namespace {

struct Fixture {
  SourceSet sources;
  Sink sink;
  SourceId id;

  explicit Fixture(std::string text) : id(sources.Add("policy/a.tocsin", std::move(text))) {}
  Span Find(std::string_view part) const {
    const std::size_t at = sources.text(id).find(part);
    return {id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())};
  }
  std::string Render(bool colour = false) const {
    return RenderTerminal(sink.all(), sources, {.colour = colour, .columns = 80});
  }
};

TEST_CASE("terminal: two marks on one line, a help and the page") {
  Fixture f("alert slow {\n  when p99(latency) > 5%\n}\n");
  f.sink.Emit(codes::kNotUtf8, f.Find("5%"))
      .Primary("`5%` is a percentage")
      .Also(f.Find("p99(latency)"), "`p99(latency)` is a duration")
      .Help("compare with a duration, for example `5ms`");
  CHECK(f.Render() == R"(error[E0104]: this byte is not UTF-8 text
 --> policy/a.tocsin:2:23
  |
2 |   when p99(latency) > 5%
  |        ------------   ^^ `5%` is a percentage
  |        |
  |        `p99(latency)` is a duration
  |
  = help: compare with a duration, for example `5ms`
  = more: tocsin explain E0104

)");
}

TEST_CASE("terminal: the page is named once, and marks without text have no rows") {
  Fixture f("a b");
  f.sink.Emit(codes::kNotUtf8, f.Find("a"));
  f.sink.Emit(codes::kNotUtf8, f.Find("b"));
  CHECK(f.Render() == R"(error[E0104]: this byte is not UTF-8 text
 --> policy/a.tocsin:1:1
  |
1 | a b
  | ^
  |
  = more: tocsin explain E0104

error[E0104]: this byte is not UTF-8 text
 --> policy/a.tocsin:1:3
  |
1 | a b
  |   ^

)");
}

TEST_CASE("terminal: lines apart, and another file") {
  Fixture f("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n");
  const SourceId other = f.sources.Add("policy/b.tocsin", "first\nsecond\n");
  f.sink.Emit(codes::kNotUtf8, f.Find("ten"))
      .Primary("here")
      .Also(f.Find("eight"), "near")
      .Also(f.Find("two"), "far")
      .Also({other, 6, 12}, "declared here");
  CHECK(f.Render() == R"(error[E0104]: this byte is not UTF-8 text
  --> policy/a.tocsin:10:1
   |
 2 | two
   | --- far
...
 8 | eight
   | ----- near
 9 | nine
10 | ten
   | ^^^ here
  ::: policy/b.tocsin:2
   |
 2 | second
   | ------ declared here
   |
   = more: tocsin explain E0104

)");
}

TEST_CASE("terminal: a span over several lines is marked at both ends") {
  Fixture f("tier L1 {\n  respond: 15m\n  resolve: 4h\n  title: x\n}\n");
  f.sink.Emit(codes::kNotUtf8, f.Find("{\n  respond: 15m\n  resolve: 4h\n  title: x\n}"))
      .Primary("all");
  CHECK(f.Render() == R"(error[E0104]: this byte is not UTF-8 text
 --> policy/a.tocsin:1:9
  |
1 | tier L1 {
  |         ^
...
5 | }
  | ^ all
  |
  = more: tocsin explain E0104

)");
}

TEST_CASE("terminal: tabs, wide and invisible characters keep the marks in place") {
  Fixture f("\ta \xe4\xb8\xad\xe6\x96\x87 \x1b bad\n");
  f.sink.Emit(codes::kNotUtf8, f.Find("bad"));
  CHECK(f.Render().find("1 |     a \xe4\xb8\xad\xe6\x96\x87 ? bad\n"
                        "  |              ^^^\n") != std::string::npos);
}

TEST_CASE("terminal: a line of a thousand columns is windowed on the mark") {
  Fixture f(std::string(500, 'x') + " bad " + std::string(500, 'y'));
  f.sink.Emit(codes::kNotUtf8, f.Find("bad")).Primary("not this");
  const std::string out = f.Render();
  CHECK(out.find(":1:502\n") != std::string::npos);
  CHECK(out.find("1 | ...xxx") != std::string::npos);
  std::string source, marks;
  for (std::size_t at = 0, end = 0; (end = out.find('\n', at)) != std::string::npos; at = end + 1) {
    const std::string line = out.substr(at, end - at);
    CHECK(line.size() <= 80);
    if (line.starts_with("1 |")) source = line;
    if (line.find('^') != std::string::npos) marks = line;
  }
  CHECK(source.ends_with("yyy..."));
  CHECK(source.find("bad") == marks.find("^^^"));
}

TEST_CASE("terminal: the end of a text, an empty text, and no place at all") {
  Fixture f("tier L1 {");
  f.sink.Emit(codes::kNotUtf8, Span{f.id, 9, 9}).Primary("expected `}`");
  CHECK(f.Render().find("1 | tier L1 {\n  |          ^ expected `}`\n") != std::string::npos);
  Fixture empty("");
  empty.sink.Emit(codes::kNotUtf8, Span{empty.id, 0, 0});
  CHECK(empty.Render() ==
        "error[E0104]: this byte is not UTF-8 text\n --> policy/a.tocsin:1:1\n"
        "  = more: tocsin explain E0104\n\n");
  Fixture none("");
  none.sink.Emit(codes::kNoPolicyFiles, Span{}, "p")
      .Note(
          "a note of so many words that it does not "
          "fit on one line of eighty columns at all");
  CHECK(none.Render() == R"(error[E0102]: there are no `.tocsin` files in `p`
  = note: a note of so many words that it does not fit on one line of eighty
          columns at all
  = more: tocsin explain E0102

)");
}

TEST_CASE("terminal: colour adds nothing but escapes") {
  Fixture f("alert slow { when a > 5% }");
  f.sink.Emit(codes::kNotUtf8, f.Find("5%")).Primary("p").Also(f.Find("a >"), "q").Help("h");
  const std::string plain = f.Render(), coloured = f.Render(true);
  std::string stripped;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b')
      i = coloured.find('m', i);
    else
      stripped += coloured[i];
  }
  CHECK(coloured != plain);
  CHECK(stripped == plain);
}

TEST_CASE("terminal: the count") {
  Sink sink;
  CHECK(CountLine(sink).empty());
  sink.Emit(codes::kNotUtf8, Span{});
  CHECK(CountLine(sink) == "1 error");
  for (int i = 0; i < 1001; ++i) sink.Emit(codes::kNotUtf8, Span{});
  CHECK(CountLine(sink) == "1002 errors (2 not shown)");
}

}  // namespace
}  // namespace tocsin::diagnostics
