#include <doctest/doctest.h>

#include "runtime/base/limits.h"
#include "tests/unit/parse/parsed.h"

namespace tocsin::testing {
namespace {

void CheckFindings(const std::string& text, const std::string& expected) {
  const Parsed parsed(text);
  CAPTURE(text);
  CHECK(parsed.Findings() == expected);
  CHECK_FALSE(parsed.tree.complete);
}

std::string Repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("a text that does not end costs its line, not the rest") {
  CheckFindings("alert a {\n  says: \"down\n  when x\n}\nalert b { when y }\n",
                "2:9-2:10 E0204 the text that begins here does not end on its line; expected a "
                "closing `\"`\n");
  CheckFindings("a b { x: f(\"down) }\nc d { y: 1 }\n",
                "1:12-1:13 E0204 the text that begins here does not end on its line; expected a "
                "closing `\"`\n");
  CheckFindings(
      "a b {\n  x: \"\"\"\n  text }\n}\n",
      "2:6-2:9 E0205 the text block that begins here never ends; expected a closing `\"\"\"`\n");
  CheckFindings("a b { x: \"is {y z\" }\nc d { y: 1 }\n",
                "1:14-1:15 E0206 the `{` that begins here does not end on its line; expected a "
                "closing `}`\n");
}

TEST_CASE("a text block that ends in a backslash") {
  CheckFindings("a b { x: \"\"\" \\",
                "1:10-1:13 E0205 the text block that begins here never ends; expected a closing "
                "`\"\"\"`\n");
}

TEST_CASE("brackets are reported where they open") {
  CheckFindings("a b {\n  x: 1\nc d { y: 1 }\n", "1:5-1:6 E0202 this `{` is never closed\n");
  CheckFindings("a b { x: 1 } }\nc d { y: 1 }\n", "1:14-1:15 E0203 this `}` closes nothing\n");
  CheckFindings("a b { x: f(1, [2, 3) }\n", "1:15-1:16 E0202 this `[` is never closed\n");
  CheckFindings("a b { x: 1) }\n", "1:11-1:12 E0203 this `)` closes nothing\n");
}

TEST_CASE("two bad clauses are two findings, and the good ones are kept") {
  const Parsed parsed("a b {\n  x: 1 2\n  y: 3\n  z: f(a,)\n  when w\n}\nc d { e: 1 }\n");
  CHECK(parsed.Findings() ==
        "2:8-2:9 E0201 unexpected `2`; expected the next clause or `}`\n"
        "4:10-4:11 E0201 unexpected `)`; expected an expression\n");
  CHECK(parsed.tree.items.size() == 2);
  CHECK(parsed.tree[parsed.tree.items[0].decl].clauses.size() == 4);
}

TEST_CASE("a bad declaration costs only itself") {
  const Parsed parsed("a b { x: 1 }\nhello 5\n  more: words\nc d { e: 1 }\n");
  CHECK(parsed.Findings() == "2:7-2:8 E0201 unexpected `5`; expected a name or a title\n");
  CHECK(parsed.tree.items.size() == 2);
}

TEST_CASE("a word too many at the end of a line") {
  CheckFindings("a b c\n", "1:5-1:6 E0201 unexpected `c`; expected a declaration\n");
  CheckFindings("a b {} c", "1:8-1:9 E0201 unexpected `c`; expected a declaration\n");
}

TEST_CASE("slips of the language's words") {
  const Parsed parsed("a b {\n  wehn not x\n}\ntabel t\n| a |\n");
  REQUIRE(parsed.sink.all().size() == 2);
  CHECK(parsed.sink.all()[0].help == "did you mean `when`?");
  CHECK(parsed.sink.all()[1].help == "did you mean `table`?");
}

TEST_CASE("touching and apart") {
  CheckFindings("tier L1{ respond: 15m }\n",
                "1:8-1:9 E0213 a `{` that touches what stands before it selects labels; expected a "
                "space before the `{` "
                "of a block\n");
  CheckFindings(
      "a b {\n  on x do page (y)\n}\n",
      "2:16-2:17 E0214 the `(` of a call touches its name; there is a space after `page`\n");
  CheckFindings("a b {\n  x: 1 page(y)\n}\n",
                "2:8-2:12 E0215 the action `page` follows something else on its line; expected a "
                "new line or `;` before "
                "it\n");
}

TEST_CASE("a word of the language is no kind") {
  CheckFindings("a b on \"x\" { y: 1 }\n", "1:5-1:7 E0201 unexpected `on`; expected a kind\n");
  CheckFindings("a b retry \"x\" {}\n", "1:5-1:10 E0201 unexpected `retry`; expected a kind\n");
}

TEST_CASE("lexemes that mean nothing") {
  CheckFindings("a b { x: 1h30  y: 2 }\n",
                "1:10-1:14 E0210 `1h30` is neither a number nor a quantity\n");
  CheckFindings("a b { x: y && z }\n", "1:12-1:14 E0207 `&&` means nothing here\n");
  CheckFindings(
      "a b { x: \"\\q\" }\n",
      "1:11-1:13 E0209 `\\q` is not an escape; expected one of `\\n \\t \\\" \\\\ \\{ \\}`\n");
  CheckFindings("a b { x: \"a } b\" }\n",
                "1:13-1:14 E0217 a `}` in text closes nothing; expected `\\}`\n");
}

TEST_CASE("comments of other languages, in texts and before them") {
  const std::string slashes = " E0207 `//` means nothing here\n";
  CheckFindings("a b { x: 1 }  // \"{ }\nc d { y: 1 }\n", "1:15-1:17" + slashes);
  CheckFindings("a b { x: \"{y // z}\" }\n",
                "1:15-1:16 E0201 unexpected `/`; expected an expression\n");
  CheckFindings("a b { x: y // \"\"\"\n  z\n  \"\"\" }\n",
                "1:13-1:14 E0201 unexpected `/`; expected an expression\n");
}

TEST_CASE("a selection or the block of a declaration") {
  const std::string touches =
      " E0213 a `{` that touches what stands before it selects labels; expected a space before the "
      "`{` of a block\n";
  CheckFindings("a b { c{ x: 1  y: 2 } }\n", "1:8-1:9" + touches);
  CheckFindings("a b { c{ f(x); y: 2 } }\n", "1:8-1:9" + touches);
  CheckFindings("a b { c{x = 1} = 2 }\n", "1:11-1:12 E0201 unexpected `=`; expected `}`\n");
  CheckFindings("a b { when c{} > 2 }\n",
                "1:14-1:15 E0201 unexpected `}`; expected an expression\n");
  CheckFindings("a b { when c > 1 AND d{x: 1} > 2 }\n",
                "1:23-1:24 E0201 unexpected `{`; expected the next clause or `}`\n");
  CheckFindings("a b { whn d{x: 1} > 2 }\n",
                "1:12-1:13 E0201 unexpected `{`; expected the next clause or `}`\n");
  const Parsed capitals("a b { when NOT (c > 1) AND (d > 2) OR e }\n");
  CHECK(capitals.sink.all().at(0).help == "write `not` in small letters");
  CheckFindings("a b { when d{x: OR} > > 2 }\n",
                "1:23-1:24 E0201 unexpected `>`; expected an expression\n");
  CheckFindings("c{ x: 1 }\n", "1:2-1:3 E0201 unexpected `{`; expected a name or a title\n");
}

TEST_CASE("loops and choices in text that are not matched") {
  const auto text = [](const std::string& inner) { return "a b { x: \"" + inner + "\" }\n"; };
  CheckFindings(text("{for y in z}{y}"), "1:11-1:23 E0216 this `{for}` in text has no `{end}`\n");
  CheckFindings(text("{if y}a{else if z}b{else}c"),
                "1:11-1:17 E0216 this `{if}` in text has no `{end}`\n");
  CheckFindings(text("{if y}{for z in w}{end}"),
                "1:11-1:17 E0216 this `{if}` in text has no `{end}`\n");
  CheckFindings(text("a{end}"), "1:12-1:17 E0228 `{end}` in text ends no `{if}` or `{for}`\n");
  CheckFindings(text("a{else}b{end}"),
                "1:12-1:18 E0228 `{else}` in text belongs to no `{if}` or `{for}`\n");
  CheckFindings(text("{for y in z}{else if y}{end}"),
                "1:23-1:34 E0228 `{else if}` in text belongs to no `{if}`\n");
  CheckFindings(text("{if y}{else}{else}{end}{end}"),
                "1:23-1:29 E0228 `{else}` in text follows another `{else}`\n");
  CheckFindings(text("{for y of z}{end}"), "1:18-1:20 E0201 unexpected `of`; expected `in`\n");
  const Parsed parsed(text("{if y}a{endif}"));
  CHECK(parsed.Findings() == "1:11-1:17 E0216 this `{if}` in text has no `{end}`\n");
  CHECK(parsed.sink.all()[0].help == "write `{end}`");
  CheckFindings(
      text(Repeated("{if y}", 201) + Repeated("{end}", 201)),
      "1:1211-1:1217 E0211 this is nested deeper than 200 levels, the most there may be\n");
}

TEST_CASE("tables") {
  CheckFindings("table t\n| a | b | a |\n| 1 | 2 |\n| 1 | 2 | 3\n| 4 | 5 | 6 |\n",
                "2:11-2:12 E0222 the column `a` appears twice\n"
                "3:1-3:10 E0220 this row has 2 cells; expected 3, as in the header\n"
                "4:1-4:12 E0219 this row does not end with `|`\n");
  CheckFindings("table t\n| 5 | b |\n",
                "2:3-2:4 E0221 a column of a table is headed by a name; this is `5`\n");
  CheckFindings("table t\n| name | title |\n| \"a\" | b |\n",
                "3:3-3:6 E0223 a cell of the column `name` is a name; this is `\"a\"`\n"
                "3:9-3:10 E0224 a cell of the column `title` is text in quotes; this is `b`\n");
  CheckFindings("table t\n| a | b |\n| - | 3 |\n",
                "3:1-3:6 E0218 a cell of dashes means nothing; expected an empty cell\n");
  CheckFindings("table t\nc d { x: 1 }\n",
                "2:1-2:2 E0201 unexpected `c`; expected a row `| ... |`\n");
}

TEST_CASE("what cannot be read at all") {
  CheckFindings("a b { x: \"caf\xE9\" }\n", "1:14-1:15 E0104 this byte is not UTF-8 text\n");
  CheckFindings("a b { x: \"\x01\" }\n",
                "1:11-1:12 E0208 the character U+0001 cannot be seen and is not allowed\n");
  CheckFindings("a\rb\n", "1:2-1:3 E0208 the character U+000D cannot be seen and is not allowed\n");
}

TEST_CASE("what is too deep costs its declaration only") {
  const Parsed parsed("a b { x: 1 }\nc d = " + Repeated("(\n", 300) + "1" + Repeated(")", 300) +
                      "\ne f { x: 1 2 }\ng h { x: 1 }\n");
  CHECK(parsed.Findings() ==
        "202:1-202:2 E0211 this is nested deeper than 200 levels, the most there may be\n"
        "303:12-303:13 E0201 unexpected `2`; expected the next clause or `}`\n");
  CHECK(parsed.tree.items.size() == 3);
}

TEST_CASE("limits") {
  const auto first_code = [](const std::string& text) {
    const Parsed parsed(text);
    return parsed.sink.all().empty() ? std::string() : std::string(parsed.sink.all()[0].row->code);
  };
  CHECK(first_code("a b = " + Repeated("(", 10'000) + "1" + Repeated(")", 10'000)) == "E0211");
  CHECK(first_code("a b = " + Repeated("(", 10'000)) == "E0202");
  CHECK(first_code("a b " + Repeated("{ c d ", 10'000)) == "E0202");
  CHECK(first_code("a b = " + Repeated("not ", 10'000) + "x") == "E0226");
  CHECK(first_code("a b = x" + Repeated(" or x", 10'000)) == "E0226");
  CHECK(first_code("a b = " + Repeated("(", 190) + "1" + Repeated(")", 190)) == "");
  CHECK(first_code("a b = x" + Repeated(" or x", 300)) == "");
  CHECK(first_code(Repeated("; ", base::kMaxTokens + 1)) == "E0212");
  CHECK(first_code(std::string(base::kMaxSourceBytes + 1, ' ')) == "E0103");
}

}  // namespace tocsin::testing
