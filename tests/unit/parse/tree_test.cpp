#include <doctest/doctest.h>

#include "tests/unit/parse/parsed.h"
#include "tests/unit/parse/snippets.h"

namespace tocsin::testing {

TEST_CASE("every form of the grammar parses") {
  for (const char* text : kSnippets) {
    const Parsed parsed(text);
    CAPTURE(text);
    CHECK(parsed.Findings() == "");
    CHECK(parsed.tree.complete);
    CHECK(parsed.tree.items.size() > 0);
  }
}

TEST_CASE("a row of a table is the declaration written out") {
  const Parsed parsed(
      "table tier\n| name | title | respond |\n|---|---|---|\n| L1 | \"Basic\" | 15m |\n| L2 | | "
      "|\n");
  CHECK(parsed.Dump() ==
        "Table `tier` |name |title |respond 1:1\n"
        "  Row `tier` `L1` 4:1\n"
        "    title: String 4:8\n"
        "      Text \"Basic\" 4:9\n"
        "    Field `respond` 4:18\n"
        "      Quantity `15m` 4:18\n"
        "  Row `tier` `L2` 5:1\n");
}

TEST_CASE("the parts of a declaration") {
  const Parsed parsed("signal churn(a: b) \"Title\" : ratio for x = drop(y)\n");
  CHECK(parsed.Dump() ==
        "Decl `signal` `churn` 1:1\n"
        "  Param `a` 1:14\n"
        "    type: Name `b` 1:17\n"
        "  title: String 1:20\n"
        "    Text \"Title\" 1:21\n"
        "  type: Name `ratio` 1:30\n"
        "  for: Name `x` 1:40\n"
        "  value: Call 1:44\n"
        "    Name `drop` 1:44\n"
        "    argument: Name `y` 1:49\n");
}

TEST_CASE("clauses keep their parts apart") {
  const Parsed parsed(
      "a b {\n  when x > 5% for 2m\n  every 1m while y do f(1) retry 3 every 30s else g()\n"
      "  before 5m expect no paged(L2)\n}\n");
  CHECK(parsed.Dump() ==
        "Decl `a` `b` {} 1:1\n"
        "  When 2:3\n"
        "    Binary > 2:8\n"
        "      Name `x` 2:8\n"
        "      Quantity `5%` 2:12\n"
        "    hold: Quantity `2m` 2:19\n"
        "  Every while 3:3\n"
        "    Quantity `1m` 3:9\n"
        "    condition: Name `y` 3:18\n"
        "    do: Call 3:23\n"
        "      Name `f` 3:23\n"
        "      argument: Number `1` 3:25\n"
        "      retry: Number `3` 3:34\n"
        "      every: Quantity `30s` 3:42\n"
        "      else: Call 3:51\n"
        "        Name `g` 3:51\n"
        "  Before no 4:3\n"
        "    Quantity `5m` 4:10\n"
        "    expected: Call 4:23\n"
        "      Name `paged` 4:23\n"
        "      argument: Name `L2` 4:29\n");
}

TEST_CASE("operators bind as they read") {
  const auto shape = [](std::string expr) {
    const Parsed parsed("x y = " + expr + "\n");
    CHECK(parsed.Findings() == "");
    const auto& value = parsed.tree[parsed.tree[parsed.tree.items[0].decl].value];
    std::string text(syntax::Word(value.kind));
    for (const auto id : value.operands) text += " [" + syntax::Print(parsed.tree, id) + "]";
    return text;
  };
  CHECK(shape("a - b - c") == "Binary [a - b] [c]");
  CHECK(shape("a + b * c") == "Binary [a] [b * c]");
  CHECK(shape("not a > b and c") == "Binary [not a > b] [c]");
  CHECK(shape("not a or b") == "Binary [not a] [b]");
  CHECK(shape("customers where a and b or c") == "Where [customers] [a and b or c]");
  CHECK(shape("Mon..Fri 08:00..16:00") == "Moment [Mon..Fri] [08:00..16:00]");
  CHECK(shape("Mon 09:00 + Tue 10:00") == "Binary [Mon 09:00] [Tue 10:00]");
  CHECK(shape("x over 5m by (a, b)") == "By [x over 5m]");
  CHECK(shape("a > b matching (c)") == "Binary [a] [b matching (c)]");
  CHECK(shape("-a.b(c) * d") == "Binary [-a.b(c)] [d]");
  CHECK(shape("a -> b -> c") == "Arrow [a] [b -> c]");
  CHECK(shape("if a then b else c or d") == "If [a] [b] [c or d]");
  CHECK(shape("(a)") == "Group [a]");
  CHECK(shape("(a, b)") == "Tuple [a] [b]");
  CHECK(shape("f{region: eu}.x") == "Member [f{region: eu}]");
}

TEST_CASE("text: escapes, insertions and the indentation of blocks") {
  const Parsed parsed(
      "x y {\n  a: \"\\{\\\"é{b}\\n\"\n  b: \"\"\"\r\n      one {c}\r\n        two\r\n      "
      "\"\"\"\n}\n");
  CHECK(parsed.Dump() ==
        "Decl `x` `y` {} 1:1\n"
        "  Field `a` 2:3\n"
        "    String 2:6\n"
        "      Text \"{\\\"é\" 2:7\n"
        "      insert: Name `b` 2:13\n"
        "      Text \"\\n\" 2:15\n"
        "  Field `b` 3:3\n"
        "    String 3:6\n"
        "      Text \"one \" 3:9\n"
        "      insert: Name `c` 4:12\n"
        "      Text \"\\n  two\\n\" 4:14\n");
}

TEST_CASE("text: loops and choices") {
  const Parsed parsed(
      "x y = \"{for a in b}{a}, {else}none{end}{if c}1{else if d}2{else}3{end}\"\n");
  CHECK(parsed.Findings() == "");
  CHECK(parsed.Dump() ==
        "Decl `x` `y` 1:1\n"
        "  value: String 1:7\n"
        "    For `a` 1:8\n"
        "      in: Name `b` 1:18\n"
        "      insert: Name `a` 1:21\n"
        "      Text \", \" 1:23\n"
        "      else\n"
        "        Text \"none\" 1:31\n"
        "    If 1:40\n"
        "      condition: Name `c` 1:44\n"
        "      Text \"1\" 1:46\n"
        "      else\n"
        "        If 1:47\n"
        "          condition: Name `d` 1:56\n"
        "          Text \"2\" 1:58\n"
        "          else\n"
        "            Text \"3\" 1:65\n");
}

TEST_CASE("a line of a text block that holds only loops and choices leaves nothing behind") {
  // The text of a block, with what is between `{` and `}` left as it is.
  const auto read = [](const std::string& lines) {
    const Parsed parsed("x y = \"\"\"" + lines + "\"\"\"\n");
    CHECK(parsed.Findings() == "");
    std::string text;
    const auto add = [&](const auto& self, const std::vector<syntax::StringPart>& parts) -> void {
      for (const syntax::StringPart& part : parts) {
        text += part.text;
        if (part.kind != syntax::PartKind::kText) text += parsed.sources.Text(part.span);
        self(self, part.body);
        self(self, part.otherwise);
      }
    };
    add(add, parsed.tree[parsed.tree[parsed.tree.items[0].decl].value].parts);
    return text;
  };
  CHECK(read("\n  a\n  {for b in c}\n  - {b}\n  {end}\n  d\n  ") == "a\n{for b in c}- {b}\nd\n");
  CHECK(read("\n  {if a}\n  b\n  {else}\n  c\n  {end}\n  ") == "{if a}b\nc\n");
  CHECK(read("\n  {if a}\n  {end}\n  b\n  ") == "{if a}b\n");
  CHECK(read("\n  {if a} {for b in c}\n  d\n  {end} {end}  \n  ") == "{if a}{for b in c}d\n");
  CHECK(read("\n{if a}\n    b\n{end}\n    c\n    ") == "{if a}b\nc\n");
  CHECK(read("{if a}\n  b\n  {end}") == "{if a}b\n");
  CHECK(read("\r\n  a\r\n  {if b}\r\n  c\r\n  {end}\r\n  ") == "a\n{if b}c\n");
  // Whoever shares a line with text shares its line break, too.
  CHECK(read("\n  a {if b}\n  c\n  {end} d\n  ") == "a {if b}\nc\n d\n");
  CHECK(read("\n  {if a}b{end}\n  c\n  ") == "{if a}b\nc\n");
  CHECK(read("\n  {if a} {b} {end}\n  c\n  ") == "{if a} {b} \nc\n");
  CHECK(read("\n  \\n{if a}\n  b{end}\n  ") == "\n{if a}\nb\n");
  CHECK(read("\n  a \"{if b}\n  c{end}\"\n  ") == "a \"{if b}\nc\"\n");
}

TEST_CASE("spans are bytes, whatever stands before them") {
  const std::string text = "\xEF\xBB\xBF# žluťoučký\nx y { a: \"日本\"  b: c }\n";
  const Parsed parsed(text);
  CHECK(parsed.Findings() == "");
  const auto& decl = parsed.tree[parsed.tree.items[0].decl];
  const auto& b = parsed.tree[decl.clauses[1]];
  CHECK(b.span.begin == text.find("b: c"));
  CHECK(b.span.end == text.find("b: c") + 4);
  CHECK(parsed.sources.Text(b.span) == "b: c");
  CHECK(b.name.text == "b");
  CHECK(parsed.sources.Text(parsed.tree[parsed.tree[decl.clauses[0]].value].span) == "\"日本\"");
}

TEST_CASE(
    "words of the language are names after a dot, before a colon, in a header and after a kind") {
  const Parsed parsed(
      "kind k {\n  clause on \"x\" : bool\n  at: a.for.when\n  table t\n  | when | no |\n  | end | "
      "true |\n}\n");
  CHECK(parsed.Findings() == "");
  CHECK(parsed.tree.tables[0].columns[0].text == "when");
  CHECK(parsed.tree.decls[0].name.text == "on");
}

}  // namespace tocsin::testing
