#include "compiler/doc/handbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/doc/parts.h"
#include "compiler/doc/states.h"

namespace tocsin::doc {
namespace {

constexpr std::size_t kMostDrawn = 400;  // machines; each takes about 10 kB

constexpr std::array<std::string_view, 12> kWithPart = {
    "policy",     "person", "channel", "tier",   "schedule", "severity",
    "escalation", "level",  "alert",   "signal", "label",    "test"};

std::string Plural(std::size_t number, std::string_view noun, std::string_view nouns) {
  return fmt::format("{} {}", number, number == 1 ? noun : nouns);
}

Line Counts(const Book& book) {
  std::vector<Line> counts;
  const auto count = [&](std::string_view kind, std::string_view kinds, std::string_view anchor) {
    const std::size_t number = book.OfKind(kind).size();
    if (number > 0) counts.push_back({LinkTo(anchor, Plural(number, kind, kinds))});
  };
  count("alert", "alerts", "alerts");
  count("severity", "severities", "severities");
  count("tier", "tiers", "on-call");
  count("person", "people", "people");
  count("signal", "signals", "signals");
  count("test", "tests", "tests");
  return Joined(counts);
}

Blocks Front(const Book& book) {
  const check::Decl& policy = book[book.policy().policy];
  Blocks blocks;
  const std::string purpose = book.Comment(policy);
  if (!purpose.empty()) blocks.push_back(Lead(Marked(purpose)));
  std::vector<std::vector<Line>> facts = {
      {{Text("policy")}, {Code(policy.name), Text(" "), Soft(book.Place(policy))}},
      {{Text("holds")}, Counts(book)}};
  for (const check::Field& field : policy.fields) {
    if (!field.value.absent() && field.name != "edition")
      facts.push_back({{Text(field.name)}, book.Shown(policy, field)});
  }
  blocks.push_back(Pairs(std::move(facts)));
  return blocks;
}

}  // namespace

bool HasPart(std::string_view kind) {
  return std::ranges::find(kWithPart, kind) != kWithPart.end();
}

Blocks Drawings::Of(const core::Machine* machine, bool folded) {
  if (machine == nullptr) return {};
  if (drawn_ >= kMostDrawn) {
    return {Note({Text(
        fmt::format("Its states are not drawn: there are more than {} machines.", kMostDrawn))})};
  }
  std::string name = "states_";
  for (const char c : machine->name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += plain || c == '_' || c == '.' ? c : '-';
  }
  auto drawing = DrawStates(
      *machine, std::move(name),
      fmt::format("the states of {}, and what leads from one to the other", machine->name));
  if (!drawing) return {Note({Text("Its states are not drawn: there are too many.")})};
  ++drawn_;
  if (!folded) return {Figure(*std::move(drawing))};
  return {
      Folded({Text(machine->kind == "group" ? "The states of each group of rows"
                                            : "Its states, and what leads from one to another")},
             {Figure(*std::move(drawing))})};
}

Line Told(const Book& book, const check::Decl& decl, std::string_view field) {
  Line line = book.Shown(decl, field);
  if (!line.empty() && !decl["via"].absent()) {
    line.push_back(Text(" by "));
    Append(line, book.Shown(decl, "via"));
  }
  return line;
}

Line Actions(const Book& book, const check::Clause& clause) {
  std::vector<Line> actions;
  for (const check::Action& action : clause.actions) {
    Line line = {Text(action.does.valid() ? action.call : action.name + " ")};
    if (!action.does.valid()) Append(line, book.Recipients(action.to));
    if (action.via.valid()) {
      line.push_back(Text(" by "));
      line.push_back(book.Link(book[action.via]));
    }
    actions.push_back(std::move(line));
  }
  return Joined(actions, "; ");
}

Document Handbook(const BookInput& input) {
  const Book book(input);
  const check::Decl& policy = book[input.policy.policy];
  Document document{.title = policy.title.empty() ? policy.name : policy.title};
  document.made_by = Marked(
      "Made by `tocsin doc` from the policy as it is compiled. Change the policy, never this "
      "page.");
  Drawings drawings;
  document.blocks = Front(book);
  Append(document.blocks, OnCall(book));
  Append(document.blocks, Severities(book));
  Append(document.blocks, Escalations(book, drawings));
  Append(document.blocks, Alerts(book, drawings));
  Append(document.blocks, Signals(book));
  Append(document.blocks, OtherKinds(book, drawings));
  Append(document.blocks, Tests(book));
  return document;
}

}  // namespace tocsin::doc
