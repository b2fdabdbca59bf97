// A typed policy as indented text, for `tocsin dump typed`.

#include "compiler/check/context.h"
#include "runtime/ir/words.h"

namespace tocsin::check {
namespace {

class Dumper {
 public:
  explicit Dumper(const Policy& policy) : policy_(policy) {}

  void Declaration(const Decl& decl, std::string_view indent) {
    text +=
        fmt::format("{}{}{}{}", indent, decl.schema->name, decl.name.empty() ? "" : " ", decl.name);
    if (!decl.title.empty()) text += fmt::format(" \"{}\"", decl.title);
    if (!decl.type.absent()) text += " : " + Text(decl.type);
    if (decl.target.valid()) text += " for " + policy_[decl.target].name;
    text += "\n";
    const std::string inner = std::string(indent) + "  ";
    if (decl.value.valid()) text += inner + "= " + Series(decl.value) + "\n";
    for (const Field& field : decl.fields) {
      if (field.value.absent()) continue;
      text += fmt::format("{}{}: {}{}\n", inner, field.name, Text(field.value),
                          field.written ? "" : "  (default)");
    }
    for (const Clause& clause : decl.clauses) {
      text +=
          fmt::format("{}{}{}{}", inner, clause.keyword, clause.of.empty() ? "" : " ", clause.of);
      if (clause.result.valid()) text += " " + policy_[clause.result].name;
      if (!clause.from.empty()) text += Move(clause);
      if (clause.condition.valid()) {
        text += fmt::format(" {} for {}", Series(clause.condition),
                            values::FormatDuration(clause.hold_ms));
      }
      for (const Action& action : clause.actions) text += " " + Text(action);
      text += "\n";
    }
    for (const Decl& row : decl.rows) Declaration(row, inner);
  }

  std::string text;

 private:
  std::string Move(const Clause& clause) const {
    std::string shown;
    for (const Trigger& trigger : clause.triggers) {
      shown += shown.empty() ? "" : ", ";
      shown +=
          trigger.after_ms ? "after " + values::FormatDuration(*trigger.after_ms) : trigger.event;
    }
    return fmt::format(" {} to {} on {}", clause.from, clause.to, shown);
  }

  std::string Text(const Action& action) const {
    std::string shown = fmt::format("{}({})", action.name, Names(action.to));
    if (action.does.valid()) shown = action.call;
    if (action.condition.valid()) shown += " " + Series(action.condition);
    if (!action.about.empty()) shown += " " + action.about;
    if (action.via.valid()) shown += " via " + policy_[action.via].name;
    if (action.within_ms > 0) shown += " within " + values::FormatDuration(action.within_ms);
    if (action.most > 0) shown += fmt::format(" at most {} times", action.most);
    if (action.retries > 0) {
      shown += fmt::format(" retry {} every {}", action.retries,
                           values::FormatDuration(action.retry_every_ms));
    }
    if (action.otherwise.empty()) return shown;
    shown += " else {";
    for (const Action& other : action.otherwise) shown += " " + Text(other);
    return shown + " }";
  }

  std::string Names(const Recipients& recipients) const {
    std::string names;
    for (const Recipient& recipient : recipients.all) {
      if (!names.empty()) names += ", ";
      names += recipient.person.valid() ? policy_[recipient.person].name
                                        : fmt::format("on_call({})", policy_[recipient.tier].name);
    }
    return names;
  }

  std::string Series(SeriesId id) const {
    const SeriesNode& node = policy_[id];
    std::string operands;
    for (SeriesId operand : node.operands)
      operands += (operands.empty() ? "" : ", ") + Series(operand);
    const std::string what = node.truth() || !node.quantity()
                                 ? ""
                                 : fmt::format(":{}", values::UnitName(node.type.unit));
    switch (node.kind) {
      case SeriesKind::kSignal:
      case SeriesKind::kReference:
        return policy_[node.decl].name + what;
      case SeriesKind::kConstant:
        return fmt::format("{}{}", node.number, what);
      case SeriesKind::kTruth:
        return node.number != 0 ? "true" : "false";
      case SeriesKind::kOperator:
        return fmt::format("{}({}){}", ir::Word(node.op), operands, what);
      case SeriesKind::kCall:
        return fmt::format("{}({}){}", node.function->name, operands, what);
      case SeriesKind::kSelect:
        if (node.joins) return fmt::format("{} matching {}", operands, LabelsText(node.labels));
        return fmt::format("{}{{{}}}", operands, Selections(node));
      case SeriesKind::kLabelIs:
        return Selections(node);
      case SeriesKind::kFold:
        return fmt::format("{}({}) by {}{}", node.function->name, operands, LabelsText(node.labels),
                           what);
      case SeriesKind::kWindow:
        return fmt::format("window({}, {})", operands,
                           values::FormatDuration(static_cast<values::Duration>(node.number)));
      case SeriesKind::kState:
        return fmt::format("{}({})", node.text, policy_[node.decl].name);
      case SeriesKind::kWhere:
        return fmt::format("where({}){}", operands, what);
      case SeriesKind::kChoice:
        return fmt::format("if({}){}", operands, what);
      case SeriesKind::kCompare:
        return fmt::format("{}({})", ir::Word(node.op), operands);
      case SeriesKind::kWithin:
        return fmt::format("{}({})", node.text.empty() ? "in" : node.text, operands);
      case SeriesKind::kOrElse:
        return fmt::format("or_else({}){}", operands, what);
      case SeriesKind::kMember:
        return fmt::format("{}.{}{}", operands, node.text, what);
      case SeriesKind::kList:
        return fmt::format("[{}]", operands);
      case SeriesKind::kLiteral:
      case SeriesKind::kLabel:
      case SeriesKind::kParameter:
        return node.text + what;
      case SeriesKind::kAbout:
        return fmt::format("{}({}{}{})", node.text, policy_[node.decl].name,
                           operands.empty() ? "" : ", via ", operands);
    }
    return {};
  }

  std::string Selections(const SeriesNode& node) const {
    std::string labels;
    for (const Selection& selection : node.selections) {
      const std::string list = fmt::format("{}", fmt::join(selection.values, ", "));
      labels += fmt::format("{}{}: {}{}", labels.empty() ? "" : ", ", selection.label,
                            selection.except ? "not " : "",
                            selection.values.size() == 1 ? list : "[" + list + "]");
    }
    return labels;
  }

  std::string Text(const Value& value) const {
    return std::visit([&](const auto& data) { return One(data); }, value.data);
  }
  std::string One(std::monostate) const { return "nothing"; }
  std::string One(bool flag) const { return flag ? "true" : "false"; }
  std::string One(std::int64_t number) const { return fmt::format("{}", number); }
  std::string One(const DurationValue& duration) const {
    return values::FormatDuration(duration.ms);
  }
  std::string One(const NumberValue& number) const {
    return values::FormatQuantity(number.value, number.unit);
  }
  std::string One(const std::string& words) const { return fmt::format("\"{}\"", words); }
  std::string One(const Word& word) const { return word.text; }
  std::string One(const Reference& reference) const { return policy_[reference.decl].name; }
  std::string One(const Recipients& recipients) const { return Names(recipients); }
  std::string One(const values::Turn& turn) const {
    return fmt::format(
        "{} {} {:02}:{:02}", turn.every == values::Turn::Every::kDaily ? "daily" : "weekly",
        static_cast<int>(turn.weekday), turn.minute_of_day / 60, turn.minute_of_day % 60);
  }
  std::string One(const ZoneName& zone) const { return zone.name; }
  std::string One(const Source& source) const {
    std::string labels;
    for (const auto& [ours, theirs] : source.labels)
      labels += fmt::format(", {} from {}", ours, theirs);
    for (const auto& where : source.where) {
      labels +=
          fmt::format(", where {} {} \"{}\"", where.label, where.equal ? "==" : "!=", where.value);
    }
    return source.metric + labels;
  }
  std::string One(const Domain& domain) const {
    return domain.closed ? fmt::format("[{}]", fmt::join(domain.values, ", "))
                         : fmt::format("up_to({})", domain.bound);
  }
  std::string One(const Measure& measure) const {
    return fmt::format(
        "{} by {}{}", values::UnitName(measure.unit), LabelsText(measure.labels),
        measure.range ? fmt::format(" in {}..{}", measure.range->least, measure.range->most) : "");
  }
  std::string One(const NoData& no_data) const {
    if (no_data.what == NoData::What::kHold) return "hold";
    return fmt::format("{} after {}", no_data.what == NoData::What::kFire ? "fire" : "clear",
                       values::FormatDuration(no_data.after_ms));
  }
  std::string One(const Labels& labels) const {
    return fmt::format("[{}]", fmt::join(labels.names, ", "));
  }
  std::string One(const Template& words) const {
    return fmt::format("\"{}\"", TemplateText(words));
  }
  std::string One(const DateValue& date) const {
    return values::FormatInstant(date.day * values::kDayMs).substr(0, 10);
  }
  std::string One(const InstantValue& instant) const { return values::FormatInstant(instant.at); }
  std::string One(const TimeValue& time) const { return Clock(time.minute); }
  std::string One(const MoneyValue& amount) const { return values::FormatMoney(amount.money); }
  std::string One(const Range& range) const {
    return fmt::format("{}..{}", values::FormatQuantity(range.least, range.unit),
                       values::FormatQuantity(range.most, range.unit));
  }
  std::string One(const PerPeriod& value) const {
    return fmt::format("{} per {}", One(value.amount), value.period);
  }
  std::string One(const Hours& hours) const {
    std::string shown;
    for (const Hours::Part& part : hours.parts) {
      shown += shown.empty() ? "" : part.out ? " - " : " + ";
      if (part.sort == Hours::Sort::kCalendar) {
        shown += policy_[part.calendar].name;
      } else if (part.sort == Hours::Sort::kDates) {
        shown += One(DateValue{part.first_day}) + ".." + One(DateValue{part.last_day});
      } else {
        shown += fmt::format("{:07b} {}..{}", part.weekdays, Clock(part.from_minute),
                             Clock(part.to_minute));
      }
    }
    return shown;
  }
  static std::string Clock(int minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
  }
  std::string One(const ValueList& list) const {
    std::string items;
    for (const Value& item : list) items += (items.empty() ? "" : ", ") + Text(item);
    return "[" + items + "]";
  }

  const Policy& policy_;
};

}  // namespace

std::string Dump(const Policy& policy) {
  Dumper dumper(policy);
  for (const Decl& decl : policy.decls) dumper.Declaration(decl, "");
  return std::move(dumper.text);
}

}  // namespace tocsin::check
