#include "tests/sim/print.h"

#include <cmath>

#include <fmt/format.h>

#include "runtime/values/instants.h"

namespace tocsin::sim {

namespace {

using values::FormatDuration;

std::string Quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

std::string People(const std::vector<Recipient>& all) {
  std::string text;
  for (const Recipient& one : all) {
    if (!text.empty()) text += ", ";
    text += one.tier.empty() ? one.person : fmt::format("on_call({})", one.tier);
  }
  return all.size() == 1 ? text : "[" + text + "]";
}

std::string List(const std::vector<std::string>& all) {
  return fmt::format("[{}]", fmt::join(all, ", "));
}

// Declarations of one kind as a table, or as blocks. The first two cells of a row are the name and,
// already quoted or empty, the title.
class Declarations {
 public:
  Declarations(std::string kind, std::vector<std::string> fields)
      : kind_(std::move(kind)), fields_(std::move(fields)) {}
  void Add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  std::string Text(bool table) const {
    if (rows_.empty()) return "";
    return table ? Table() : Blocks();
  }

 private:
  std::string Table() const {
    std::string text = fmt::format("table {}\n| name | title |", kind_);
    for (const std::string& field : fields_) text += fmt::format(" {} |", field);
    for (const auto& row : rows_) {
      text += "\n|";
      for (const std::string& cell : row) text += fmt::format(" {} |", cell);
    }
    return text + "\n";
  }

  std::string Blocks() const {
    std::string text;
    for (const auto& row : rows_) {
      text += fmt::format("{} {} {} {{", kind_, row[0], row[1]);
      for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (!row[i + 2].empty()) text += fmt::format(" {}: {} ", fields_[i], row[i + 2]);
      }
      text += "}\n";
    }
    return text;
  }

  std::string kind_;
  std::vector<std::string> fields_;
  std::vector<std::vector<std::string>> rows_;
};

constexpr int kTightest = 9;

// How tightly an operator binds, the loosest first.
int Binding(Op op) {
  switch (op) {
    case Op::kOr:
      return 1;
    case Op::kAnd:
      return 2;
    case Op::kNot:
      return 3;
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
    case Op::kEqual:
    case Op::kNotEqual:
      return 4;
    case Op::kAdd:
    case Op::kSubtract:
      return 5;
    case Op::kMultiply:
    case Op::kDivide:
      return 6;
    case Op::kNegate:
      return 7;
    case Op::kSelect:
      return 8;
    default:
      return kTightest;
  }
}

std::string_view Sign(Op op) {
  switch (op) {
    case Op::kOr:
      return "or";
    case Op::kAnd:
      return "and";
    case Op::kLess:
      return "<";
    case Op::kLessEqual:
      return "<=";
    case Op::kGreater:
      return ">";
    case Op::kGreaterEqual:
      return ">=";
    case Op::kEqual:
      return "==";
    case Op::kNotEqual:
      return "!=";
    case Op::kAdd:
      return "+";
    case Op::kSubtract:
      return "-";
    case Op::kMultiply:
      return "*";
    default:
      return "/";
  }
}

class ExprPrinter {
 public:
  explicit ExprPrinter(const Policy& policy) : policy_(policy) {}

  std::string Text(const Expr& expr) const {
    switch (expr.op) {
      case Op::kSignal:
        return policy_.signals[expr.signal].name;
      case Op::kConstant:
        return expr.text;
      case Op::kTruth:
        return expr.number != 0 ? "true" : "false";
      case Op::kSelect: {
        std::string labels;
        for (const auto& [name, value] : expr.selected)
          labels += fmt::format("{}{}: \"{}\"", labels.empty() ? "" : ", ", name, value);
        return fmt::format("{}{{{}}}", Within(expr.parts[0], Binding(expr.op) + 1), labels);
      }
      case Op::kMinimum:
        return fmt::format("min({}, {})", Text(expr.parts[0]), Text(expr.parts[1]));
      case Op::kMaximum:
        return fmt::format("max({}, {})", Text(expr.parts[0]), Text(expr.parts[1]));
      case Op::kAbsolute:
        return fmt::format("abs({})", Text(expr.parts[0]));
      case Op::kClamp:
        return fmt::format("clamp({}, low: {}, high: {})", Text(expr.parts[0]), expr.parts[1].text,
                           expr.parts[2].text);
      case Op::kChoice:
        return fmt::format("(if {} then {} else {})", Text(expr.parts[0]),
                           Within(expr.parts[1], kTightest), Within(expr.parts[2], kTightest));
      case Op::kWindow:
        return fmt::format("{}({} over {}ms)", expr.function, Within(expr.parts[0], kTightest),
                           expr.length_ms);
      case Op::kFold: {
        const std::string folded = fmt::format("{}({})", expr.function, Text(expr.parts[0]));
        return expr.by.empty() ? folded
                               : fmt::format("({} by ({}))", folded, fmt::join(expr.by, ", "));
      }
      case Op::kMatching:
        return fmt::format("({} matching ({}))", Within(expr.parts[0], kTightest),
                           fmt::join(expr.labels, ", "));
      case Op::kNegate:
        return "-" + Within(expr.parts[0], Binding(expr.op));
      case Op::kNot:
        return "not " + Within(expr.parts[0], Binding(expr.op));
      default: {
        const int own = Binding(expr.op);
        return fmt::format("{} {} {}", Within(expr.parts[0], own), Sign(expr.op),
                           Within(expr.parts[1], own + 1));
      }
    }
  }

 private:
  std::string Within(const Expr& expr, int least) const {
    return Binding(expr.op) < least ? "(" + Text(expr) + ")" : Text(expr);
  }

  const Policy& policy_;
};

std::string SignalText(const Policy& policy, const Signal& signal) {
  const std::string by =
      signal.labels.empty() ? "" : fmt::format(" by ({})", fmt::join(signal.labels, ", "));
  if (signal.derived)
    return fmt::format("signal {} = {}\n", signal.name, PrintExpr(policy, *signal.derived));
  std::string source = Quoted(signal.metric);
  for (const auto& [ours, theirs] : signal.sources) {
    if (ours != theirs) source += fmt::format(", {}: \"{}\"", ours, theirs);
  }
  std::string where;
  for (const Condition& condition : signal.where) {
    where += fmt::format("{}{} {} \"{}\"", where.empty() ? ", where: " : " and ", condition.label,
                         condition.equal ? "==" : "!=", condition.value);
  }
  return fmt::format("signal {} : {}{} {{ source: prometheus({}{})  stale: {} }}\n", signal.name,
                     values::UnitName(signal.unit), by, source, where,
                     FormatDuration(signal.stale_ms));
}

std::string ScheduleText(const Schedule& schedule) {
  static constexpr std::string_view kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto time = fmt::format("{:02}:{:02}", schedule.minute / 60, schedule.minute % 60);
  const auto turn = schedule.weekday < 0
                        ? fmt::format("daily({})", time)
                        : fmt::format("weekly({} {})", kDays[schedule.weekday], time);
  return fmt::format("schedule {} for {} {{ people: {}  turn: {}{} }}\n", schedule.name,
                     schedule.tier, List(schedule.people), turn,
                     schedule.zone.empty() ? "" : "  timezone: " + Quoted(schedule.zone));
}

std::string EscalationText(const Escalation& climb, bool table) {
  std::string text = fmt::format("escalation {} {{\n", climb.name);
  if (table) {
    text += "  table rung\n  | page | answer_within |\n";
    for (const Rung& rung : climb.rungs)
      text += fmt::format("  | {} | {} |\n", People(rung.page), FormatDuration(rung.answer_ms));
  } else {
    for (const Rung& rung : climb.rungs)
      text += fmt::format("  rung {{ page: {}  answer_within: {} }}\n", People(rung.page),
                          FormatDuration(rung.answer_ms));
  }
  if (climb.rounds != 1 || !table) text += fmt::format("  rounds: {}\n", climb.rounds);
  text += fmt::format("  ack_holds: {}\n  on exhausted do {{", FormatDuration(climb.ack_holds_ms));
  for (const Action& action : climb.exhausted) {
    text += fmt::format(" {}({}{});", action.name, People(action.to),
                        action.via.empty() ? "" : ", via: " + action.via);
  }
  return text + " }\n}\n";
}

std::string AlertText(const Policy& policy, const Alert& alert) {
  std::string text = fmt::format("alert {} {{\n  level: {}\n", alert.name, alert.level);
  if (!alert.opens.empty()) text += fmt::format("  opens: {}\n", alert.opens);
  if (alert.no_data != NoData::kHold) {
    text +=
        fmt::format("  no_data: {}(after: {})\n", alert.no_data == NoData::kFire ? "fire" : "clear",
                    FormatDuration(alert.no_data_ms));
  }
  text += fmt::format("  says: \"{}\"\n  when {}", alert.says, PrintExpr(policy, alert.when));
  if (alert.hold_ms > 0) text += fmt::format(" for {}", FormatDuration(alert.hold_ms));
  if (alert.clear) {
    text += fmt::format("\n  clear {}", PrintExpr(policy, *alert.clear));
    if (alert.clear_hold_ms > 0)
      text += fmt::format(" for {}", FormatDuration(alert.clear_hold_ms));
  }
  return text + "\n}\n";
}

}  // namespace

std::string PrintExpr(const Policy& policy, const Expr& expr) {
  return ExprPrinter(policy).Text(expr);
}

std::string PrintPolicy(const Policy& policy, Random random) {
  std::vector<std::string> parts;
  const auto people = [](const std::vector<Recipient>& all) {
    return all.empty() ? std::string() : People(all);
  };
  for (const Label& label : policy.labels) {
    parts.push_back(
        fmt::format("label {} : {}\n", label.name,
                    label.closed ? List(label.values) : fmt::format("up_to({})", label.bound)));
  }
  for (const Signal& signal : policy.signals) parts.push_back(SignalText(policy, signal));
  Declarations channels("channel", {"text_limit", "over_by"});
  for (const Channel& channel : policy.channels) {
    channels.Add({channel.name, "",
                  channel.text_limit == 0 ? "" : std::to_string(channel.text_limit),
                  channel.over_by});
  }
  Declarations persons("person", {"contact"});
  for (const Person& person : policy.people) persons.Add({person.name, "", List(person.contact)});
  Declarations tiers("tier", {"respond"});
  for (const std::string& tier : policy.tiers) tiers.Add({tier, Quoted("Tier " + tier), "15m"});
  Declarations severities("severity", {"respond", "climb", "inform", "via"});
  for (const Severity& severity : policy.severities) {
    severities.Add({severity.name, Quoted("Severity " + severity.name), "1h", severity.climb,
                    people(severity.inform), severity.inform.empty() ? "" : severity.via});
  }
  Declarations levels("level", {"inform", "via"});
  for (const Level& level : policy.levels)
    levels.Add({level.name, "", people(level.inform), level.inform.empty() ? "" : level.via});
  for (const Declarations* all : {&channels, &persons, &tiers, &severities, &levels})
    parts.push_back(all->Text(random.Chance(50)));
  for (const Schedule& schedule : policy.schedules) parts.push_back(ScheduleText(schedule));
  for (const Escalation& climb : policy.escalations)
    parts.push_back(EscalationText(climb, random.Chance(50)));
  for (const Alert& alert : policy.alerts) parts.push_back(AlertText(policy, alert));
  if (random.Chance(50)) random.Shuffle(parts);
  std::string text = fmt::format(
      "policy sim \"Generated\" {{ timezone: \"{}\"  resolution: {}  grace: {} }}\n", policy.zone,
      FormatDuration(policy.resolution_ms), FormatDuration(policy.grace_ms));
  for (const std::string& part : parts) text += part;
  return text;
}

std::string LabelText(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels)
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, value);
  return "{" + text + "}";
}

std::string PrintHistory(const History& history) {
  std::string text;
  for (const Input& input : history.inputs) {
    std::string labels;
    for (const auto& [name, value] : input.labels)
      labels += fmt::format("{}\"{}\":\"{}\"", labels.empty() ? "" : ",", name, value);
    if (input.event) {
      text += fmt::format(
          "{{\"at\":{},\"event\":\"acknowledge\",\"alert\":\"{}\",\"labels\":{{{}}}{}}}\n",
          input.at, input.alert, labels,
          input.by.empty() ? "" : fmt::format(",\"by\":\"{}\"", input.by));
      continue;
    }
    const std::string value = std::isnan(input.value) ? "\"NaN\""
                              : std::isinf(input.value)
                                  ? (input.value > 0 ? "\"+Inf\"" : "\"-Inf\"")
                                  : fmt::format("{}", input.value);
    // Only a live history has such samples, and is never read from this text.
    const std::string arrives =
        input.at == input.stamp ? "" : fmt::format(",\"arrives\":{}", input.at);
    text += fmt::format("{{\"at\":{},\"metric\":\"{}\",\"labels\":{{{}}},\"value\":{}{}}}\n",
                        input.stamp, input.metric, labels, value, arrives);
  }
  return text;
}

}  // namespace tocsin::sim
