#include <doctest/doctest.h>

#include <regex>

#include "compiler/doc/ladder.h"
#include "compiler/doc/routes.h"
#include "compiler/doc/states.h"
#include "compiler/doc/style.h"
#include "compiler/doc/svg.h"
#include "runtime/base/utf8.h"
#include "tests/unit/doc/well_formed.h"

using namespace tocsin;
using values::kMinuteMs;

namespace {

core::Machine Lights() {
  core::Machine machine{.name = "lights", .states = {"red", "green", "<off>"}};
  machine.final_states = {"<off>"};
  const auto add = [&](std::string from, std::string to, std::string because) {
    machine.transitions.push_back(
        {.from = std::move(from), .to = std::move(to), .because = std::move(because)});
  };
  add("red", "green", "`go`");
  add("green", "red", "stop");
  add("green", "green", "stop");
  add("red", "red", "again");
  add("", "<off>", "the end");
  return machine;
}

// All boxes of a drawing: x, y, width, height.
std::vector<std::array<double, 4>> Boxes(const std::string& svg) {
  static const std::regex kBox(
      R"re(<rect class="box[^"]*" x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)")re");
  std::vector<std::array<double, 4>> boxes;
  for (std::sregex_iterator box(svg.begin(), svg.end(), kBox), end; box != end; ++box)
    boxes.push_back(
        {std::stod((*box)[1]), std::stod((*box)[2]), std::stod((*box)[3]), std::stod((*box)[4])});
  return boxes;
}

// No box lies on another, and all lie within the drawing.
void CheckBoxes(const doc::Drawing& drawing) {
  const auto boxes = Boxes(drawing.body);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    CHECK(boxes[i][0] >= 0);
    CHECK(boxes[i][0] + boxes[i][2] <= drawing.width);
    CHECK(boxes[i][1] + boxes[i][3] <= drawing.height);
    if (i > 0) CHECK(boxes[i][1] >= boxes[i - 1][1] + boxes[i - 1][3]);
  }
}

std::string Words(const doc::Line& line) {
  std::string words;
  for (const doc::Piece& piece : line) words += piece.text;
  return words;
}

}  // namespace

TEST_SUITE_BEGIN("doc: drawings");
TEST_CASE("a machine is drawn, and its legend names every transition") {
  const auto drawing = doc::DrawStates(Lights(), "lights", "about");
  REQUIRE(drawing);
  CHECK(fixture::WhyNotWellFormed(doc::SvgFile(*drawing)) == "");
  CHECK(Boxes(drawing->body).size() == 3);
  CheckBoxes(*drawing);
  REQUIRE(drawing->legend.size() == 4);
  CHECK(Words(drawing->legend[0]) == "red → green: go");
  CHECK(Words(drawing->legend[1]) == "green → red; stays green: stop");
  CHECK(Words(drawing->legend[2]) == "stays red: again");
  CHECK(Words(drawing->legend[3]) == "any state → <off>: the end");
}

TEST_CASE("what nobody could follow is not drawn") {
  core::Machine machine{.name = "many"};
  for (int i = 0; i < 65; ++i) machine.states.push_back("s" + std::to_string(i));
  CHECK_FALSE(doc::DrawStates(machine, "many", ""));
  machine.states.resize(40);
  for (int i = 0; i < 40; ++i) {
    for (int j = 0; j < 40; ++j) {
      machine.transitions.push_back({.from = machine.states[i],
                                     .to = machine.states[j],
                                     .because = std::to_string(i * 100 + j)});
    }
  }
  CHECK_FALSE(doc::DrawStates(machine, "many", ""));
  CHECK_FALSE(doc::DrawStates({}, "none", ""));
}

TEST_CASE("lines that meet a common state lie in lanes of their own") {
  doc::Graph graph;
  graph.states = {{"a"}, {"b"}, {"c"}, {"d"}};
  graph.routes = {{{0}, {2}, {1}}, {{1}, {3}, {2}}, {{0}, {3}, {3}}, {{0, 1}, {3}, {4}}};
  const auto drawing = doc::DrawGraph(graph);
  REQUIRE(drawing);
  CheckBoxes(*drawing);
  // Where each path turns: four lanes, as all of these meet.
  static const std::regex kTurn(R"re(<path class="edge" d="M[^Q]*Q([0-9.]+) )re");
  std::set<std::string> lanes;
  for (std::sregex_iterator turn(drawing->body.begin(), drawing->body.end(), kTurn), end;
       turn != end; ++turn)
    lanes.insert((*turn)[1]);
  CHECK(lanes.size() == 4);
}

TEST_CASE("a ladder says when each rung is asked, and where a promise falls") {
  doc::Ladder ladder;
  ladder.rungs = {{"L1", {"alice"}, 3 * kMinuteMs}, {"L2 <&>", {}, 4 * kMinuteMs}};
  ladder.rounds = 2;
  ladder.at_last = {"page ceo"};
  ladder.promises = {{"answered", 5 * kMinuteMs}, {"over", 240 * kMinuteMs}};
  CHECK(doc::RoundOf(ladder) == 7 * kMinuteMs);
  const doc::Drawing drawing = doc::DrawLadder(ladder, "l", "about");
  CHECK(fixture::WhyNotWellFormed(doc::SvgFile(drawing)) == "");
  CheckBoxes(drawing);
  const auto at = [&](std::string_view words) { return drawing.body.find(words); };
  CHECK(at(">L1<") < at("3m to answer; again at 7m<"));
  CHECK(at("again at 7m<") < at(">L2 &lt;&amp;&gt;<"));
  CHECK(at("4m to answer; again at 10m<") < at(">5m: answered<"));
  CHECK(at(">5m: answered<") < at(">nobody answered<"));
  CHECK(at(">14m<") != std::string::npos);
  CHECK(at("page ceo") < at(">4h: over<"));
}

TEST_CASE("words are broken where they are too long, and what is left out is said") {
  CHECK(doc::Wrapped("one two three", doc::WidthOf("one two") + 1, 3) ==
        std::vector<std::string>{"one two", "three"});
  const std::vector<std::string> cut = doc::Wrapped(std::string(500, 'w'), 100, 2);
  REQUIRE(cut.size() == 2);
  CHECK(cut[1].ends_with("..."));
  CHECK(doc::WidthOf(cut[1]) <= 100 + doc::WidthOf("w"));
  CHECK(doc::Wrapped("", 10, 2).empty());
}
TEST_SUITE_END();
