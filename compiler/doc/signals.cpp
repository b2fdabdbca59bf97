// What is measured and what follows from it, and the labels that tell one row from another.

#include <fmt/format.h>

#include <map>

#include "compiler/doc/parts.h"

namespace tocsin::doc {
namespace {

using UsersOf = std::map<const check::Decl*, std::vector<Line>>;

// Which alerts and derived signals name a signal.
UsersOf UsersBySignal(const Book& book) {
  UsersOf users;
  const auto add = [&](const check::Decl& user, std::string_view code) {
    for (const check::Decl* used : book.NamesIn(code)) {
      if (used == &user) continue;
      std::vector<Line>& lines = users[used];
      // One after the other, so that only the last can be the same.
      if (lines.empty() || lines.back()[0].text != user.name) lines.push_back({book.Link(user)});
    }
  };
  for (const check::Decl* signal : book.OfKind("signal")) add(*signal, book.Value(*signal));
  for (const check::Decl* let : book.OfKind("let")) add(*let, book.Value(*let));
  for (const check::Decl* function : book.OfKind("function")) add(*function, book.Value(*function));
  for (const check::Decl* alert : book.OfKind("alert")) {
    for (const check::Clause& clause : alert->clauses) add(*alert, clause.text);
  }
  return users;
}

// The measure that a derived signal has without having been given one.
Line TypeOf(const Book& book, const check::Decl& signal) {
  const auto* measure = check::Get<check::Measure>(signal.type);
  if (measure == nullptr && signal.value.valid()) {
    const check::SeriesNode& node = book.policy()[signal.value];
    return {Code(node.quantity() ? std::string(values::UnitName(node.type.unit)) : "bool")};
  }
  return measure == nullptr ? Line() : Line{Code(values::UnitName(measure->unit))};
}

Line LabelsOf(const Book& book, const check::Decl& signal) {
  const auto* measure = check::Get<check::Measure>(signal.type);
  const std::vector<std::string> none;
  const std::vector<std::string>& names = measure != nullptr ? measure->labels
                                          : signal.value.valid()
                                              ? book.policy()[signal.value].labels
                                              : none;
  std::vector<Line> labels;
  for (const std::string& name : names) {
    const check::DeclId label = book.policy().Find(name);
    const bool known = label.valid() && book[label].schema->name == "label";
    labels.push_back({known ? book.Link(book[label]) : Text(name)});
  }
  return Joined(labels);
}

Line SourceOf(const check::Decl& signal) {
  const auto* source = check::Get<check::Source>(signal["source"]);
  if (source == nullptr) return {};
  Line line = {Code(source->metric)};
  for (const auto& [ours, theirs] : source->labels) {
    if (ours != theirs) line.push_back(Text(fmt::format(", {} from {}", ours, theirs)));
  }
  for (const ir::SourceCondition& where : source->where) {
    line.push_back(Text(
        fmt::format(", where {} {} {}", where.label, where.equal ? "is" : "is not", where.value)));
  }
  return line;
}

Piece NameOf(const Book& book, const check::Decl& decl) {
  Piece name = Text(decl.name);
  name.anchor = book.Anchor(decl);
  return name;
}

Line CellOf(const Book& book, const check::Decl& decl) {
  Line cell = {NameOf(book, decl)};
  const std::string comment = book.Comment(decl);
  if (!decl.title.empty()) cell.push_back(Text(" “" + decl.title + "”"));
  if (!comment.empty()) {
    cell.push_back(Text(" "));
    cell.push_back(Soft(comment));
  }
  return cell;
}

// A measured signal by its kinds of rows: fields that are the same for all stand once.
void AddMeasured(const Book& book, const std::vector<const check::Decl*>& signals, UsersOf& users,
                 Blocks& blocks) {
  std::vector<std::vector<Line>> rows;
  for (const check::Decl* signal : signals) {
    if (signal->value.valid()) continue;
    rows.push_back({CellOf(book, *signal),
                    TypeOf(book, *signal),
                    LabelsOf(book, *signal),
                    SourceOf(*signal),
                    book.Shown(*signal, "stale"),
                    Joined(users[signal]),
                    {Soft(book.Place(*signal))}});
  }
  if (rows.empty()) return;
  blocks.push_back(Heading(3, "signals-measured", {Text("Measured")}));
  blocks.push_back(Table({{Text("signal")},
                          {Text("unit")},
                          {Text("by")},
                          {Text("metric")},
                          {Text("is old after")},
                          {Text("used by")},
                          {Text("where")}},
                         std::move(rows)));
}

void AddDerived(const Book& book, const std::vector<const check::Decl*>& signals, UsersOf& users,
                Blocks& blocks) {
  std::vector<std::vector<Line>> rows;
  for (const check::Decl* signal : signals) {
    if (!signal->value.valid()) continue;
    rows.push_back({CellOf(book, *signal),
                    TypeOf(book, *signal),
                    LabelsOf(book, *signal),
                    {book.Linked(book.Value(*signal))},
                    Joined(users[signal]),
                    {Soft(book.Place(*signal))}});
  }
  if (rows.empty()) return;
  blocks.push_back(Heading(3, "signals-derived", {Text("What follows from these")}));
  blocks.push_back(Table({{Text("signal")},
                          {Text("unit")},
                          {Text("by")},
                          {Text("is")},
                          {Text("used by")},
                          {Text("where")}},
                         std::move(rows)));
}

void AddLabels(const Book& book, Blocks& blocks) {
  std::vector<std::vector<Line>> rows;
  for (const check::Decl* label : book.OfKind("label")) {
    const auto* domain = check::Get<check::Domain>(label->type);
    std::string values;
    if (domain != nullptr) {
      values = domain->closed ? fmt::format("{}", fmt::join(domain->values, ", "))
                              : fmt::format("whichever come, up to {}", domain->bound);
    }
    rows.push_back({CellOf(book, *label), {Text(values)}, {Soft(book.Place(*label))}});
  }
  if (rows.empty()) return;
  blocks.push_back(Heading(3, "labels", {Text("Labels")}));
  blocks.push_back(Table({{Text("label")}, {Text("values")}, {Text("where")}}, std::move(rows)));
}

}  // namespace

Blocks Signals(const Book& book) {
  const std::vector<const check::Decl*> signals = book.OfKind("signal");
  Blocks blocks;
  UsersOf users = UsersBySignal(book);
  AddMeasured(book, signals, users, blocks);
  AddDerived(book, signals, users, blocks);
  AddLabels(book, blocks);
  if (!blocks.empty())
    blocks.insert(blocks.begin(), Heading(2, "signals", {Text("What we watch")}));
  return blocks;
}

}  // namespace tocsin::doc
