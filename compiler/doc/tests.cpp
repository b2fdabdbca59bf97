// Tests as sentences: what is given, and what must be true then.

#include <fmt/format.h>

#include <limits>

#include "compiler/doc/parts.h"

namespace tocsin::doc {
namespace {

using check::SeriesKind;

class Sentences {
 public:
  Sentences(const Book& book, std::string_view denied) : book_(book), denied_(denied) {}

  // "registry_down is firing for region eu"; with `no`, that it is not.
  Line Of(check::SeriesId id, bool no) const {
    const check::SeriesNode& node = book_.policy()[id];
    switch (node.kind) {
      case SeriesKind::kState:
        return {book_.Link(book_[node.decl]),
                Text(fmt::format(" is {}{}{}", no ? denied_ : "", no ? " " : "", node.text))};
      case SeriesKind::kAbout:
        return About(node, no);
      case SeriesKind::kSelect:
        return Selected(node, no);
      case SeriesKind::kOperator:
        if (node.op == ir::SeriesOp::kNot) return Of(node.operands[0], !no);
        if (node.op == ir::SeriesOp::kAnd || node.op == ir::SeriesOp::kOr) return Several(node, no);
        break;
      case SeriesKind::kFold:
        return Of(node.operands[0], no);
      default:
        break;
    }
    Line line = {book_.Linked(book_.Written(node.span))};
    if (no) line.insert(line.begin(), Text("not "));
    return line;
  }

 private:
  Line About(const check::SeriesNode& node, bool no) const {
    const std::string_view verb = node.text == "paged"       ? "paged"
                                  : node.text == "told"      ? "told"
                                  : node.text == "told_over" ? "told that it is over"
                                                             : std::string_view(node.text);
    Line line = {book_.Link(book_[node.decl]),
                 Text(fmt::format(" is {}{}{}", no ? denied_ : "", no ? " " : "", verb))};
    if (!node.operands.empty()) {
      const check::SeriesNode& via = book_.policy()[node.operands[0]];
      line.push_back(Text(" by "));
      line.push_back(via.decl.valid() ? book_.Link(book_[via.decl])
                                      : Text(book_.Written(via.span)));
    }
    return line;
  }

  Line Selected(const check::SeriesNode& node, bool no) const {
    Line line = Of(node.operands[0], no);
    for (const check::Selection& selection : node.selections) {
      line.push_back(
          Text(fmt::format(" for {}{} {}", selection.label, selection.except ? " other than" : "",
                           fmt::join(selection.values, " or "))));
    }
    return line;
  }

  // What is not both is one of them not, and the other way round.
  Line Several(const check::SeriesNode& node, bool no) const {
    const bool all = (node.op == ir::SeriesOp::kAnd) != no;
    std::vector<Line> parts;
    for (const check::SeriesId operand : node.operands) parts.push_back(Of(operand, no));
    return Joined(parts, all ? ", and " : ", or ");
  }

  const Book& book_;
  std::string_view denied_;
};

std::string Stepped(const check::TestSeries::Step& step, values::Unit unit) {
  if (!step.value) return "absent";
  if (unit == values::Unit::kBool) return *step.value != 0 ? "true" : "false";
  const std::string value = values::FormatQuantity(*step.value, unit);
  return step.rises ? fmt::format("rising by {} a second", value) : value;
}

// "registry_up{region: eu} is true, then false from 0s on".
Line Given(const Book& book, const check::TestSeries& series) {
  const auto* measure = check::Get<check::Measure>(book[series.signal].type);
  const values::Unit unit = measure == nullptr ? values::Unit::kNumber : measure->unit;
  std::string words = " is ";
  bool first = true;
  for (const check::TestSeries::Step& step : series.steps) {
    if (first) {
      words += Stepped(step, unit);
    } else {
      words += fmt::format(", then {} from {} on", Stepped(step, unit),
                           values::FormatDuration(step.at_ms));
    }
    first = false;
  }
  return {book.Linked(book.Written(series.span)), Text(words)};
}

void AddTest(const Book& book, const check::Decl& test, Blocks& blocks) {
  blocks.push_back(Heading(3, book.Anchor(test), {Text(test.title)}, book.Place(test)));
  const std::string comment = book.Comment(test);
  if (!comment.empty()) blocks.push_back(Paragraph(Marked(comment)));
  std::vector<Line> given, expected;
  if (test.world) {
    if (test.world->starts)
      given.push_back({Text("it begins at " + values::FormatInstant(*test.world->starts))});
    for (const check::TestSeries& series : test.world->series) given.push_back(Given(book, series));
    for (const check::TestPerson& person : test.world->people) {
      given.push_back(
          {book.Link(book[person.who]),
           Text(person.answers_ms ? " answers after " + values::FormatDuration(*person.answers_ms)
                                  : " never answers")});
    }
  }
  for (const check::Clause& clause : test.clauses) expected.push_back(Sentence(book, clause));
  if (!given.empty()) {
    blocks.push_back(Paragraph({Soft("Where")}));
    blocks.push_back(List(std::move(given)));
  }
  if (!expected.empty()) {
    blocks.push_back(Paragraph({Soft("it must be that")}));
    blocks.push_back(List(std::move(expected)));
  }
}

}  // namespace

// Each question of an expectation is asked of the whole time: what is denied was never so in it.
Line Sentence(const Book& book, const check::Clause& clause) {
  const bool instant = clause.keyword == "at", timed = clause.keyword != "expect";
  Line line = {
      Text(timed ? fmt::format("{} {}: ", clause.keyword, values::FormatDuration(clause.hold_ms))
                 : "in all that time: ")};
  if (clause.condition.valid()) {
    Append(line,
           Sentences(book, instant ? "not" : "never").Of(clause.condition, clause.of == "no"));
  } else {
    line.push_back(book.Linked(book.Written(clause.span)));
  }
  return line;
}

Blocks Tests(const Book& book) {
  const std::vector<const check::Decl*> tests = book.OfKind("test");
  if (tests.empty()) return {};
  Blocks blocks = {Heading(2, "tests", {Text("What must be true")}),
                   Paragraph(Marked("0s is when trouble starts; what a signal is first, it was "
                                    "before. `tocsin test` holds the policy to all of this."))};
  for (const check::Decl* test : tests) AddTest(book, *test, blocks);
  return blocks;
}

}  // namespace tocsin::doc
