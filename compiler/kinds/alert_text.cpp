// What an alert says, and where it links to.

#include <algorithm>

#include "compiler/kinds/alert.h"

namespace tocsin::kinds {
namespace {

using ir::TextPartKind;
using What = check::TemplatePart::What;

bool Has(const std::vector<std::string>& labels, const std::string& label) {
  return std::ranges::find(labels, label) != labels.end();
}

class Checker {
 public:
  Checker(CheckContext& context, const check::Decl& decl, const check::SeriesNode& condition,
          const AlertValue& value)
      : context_(context), condition_(condition), group_(GroupOf(decl)), value_(value) {}

  void Check(const check::Template& text) {
    for (const check::TemplatePart& part : text.parts) Look(part);
  }

 private:
  void Look(const check::TemplatePart& part) {
    switch (part.what) {
      case What::kText:
      case What::kElse:
      case What::kEnd:
        return;
      case What::kName:
        return Name(part);
      case What::kRow:
        if (part.name == "value") return Value(part, false);
        return Label(part, condition_.labels, "the condition");
      case What::kEach:
        if (part.name != "rows") break;
        if (group_ == nullptr) {
          context_.sink.Emit(codes::kUnknownPlaceholder, part.span, "rows")
              .Note("the alert is about one row at a time: only one with `group` is about several");
        }
        return;
      case What::kIf:
      case What::kField:
        break;
    }
    context_.sink.Emit(codes::kUnknownPlaceholder, part.span, part.name)
        .Note(
            "an alert shows labels and `value`; what else is known of an incident is for messages");
  }

  void Name(const check::TemplatePart& part) {
    if (part.name == "value") return Value(part, group_ != nullptr);
    if (!part.function.empty()) {
      context_.sink.Emit(codes::kWrongArgument, part.span, "value", part.function, "`value`",
                         fmt::format("`{}`", part.name));
      return;
    }
    if (group_ == nullptr) return Label(part, condition_.labels, "the condition");
    if (part.name != "count" && part.name != "rows") Label(part, *group_, "the group");
  }

  void Label(const check::TemplatePart& part, const std::vector<std::string>& labels,
             const std::string& whose) {
    if (Has(labels, part.name)) return;
    auto& finding = context_.sink.Emit(codes::kUnknownPlaceholder, part.span, part.name);
    finding.Note(labels.empty() ? whose + " has no labels"
                 : labels.size() == 1
                     ? fmt::format("{}'s only label is `{}`", whose, labels[0])
                     : fmt::format("{}'s labels are {}", whose, check::ListOf(labels)));
    const std::string nearest = diagnostics::Nearest(part.name, labels);
    if (!nearest.empty()) {
      finding.Help(fmt::format("did you mean `{}`?", nearest));
    } else if (group_ != nullptr) {
      finding.Help("`{count}` says how many rows it is about, and `{rows}` which");
    }
  }

  void Value(const check::TemplatePart& part, bool of_group) {
    if (!value_.series.valid()) {
      context_.sink.Emit(codes::kUnknownPlaceholder, part.span, "value")
          .Note("`value` is the left side of the first comparison in `when`, and there is none");
    } else if (of_group && value_.worse == AlertValue::Worse::kUnknown) {
      context_.sink.Emit(codes::kUnknownPlaceholder, part.span, "value")
          .Note("the `value` of a group is the worst of its rows, and of these none is worse");
    } else {
      Function(part);
    }
  }

  // A fraction of one is what `percent` shows: of a duration or of bytes it would say anything.
  void Function(const check::TemplatePart& part) {
    const check::SeriesNode& node = context_.policy[value_.series];
    const values::Unit unit = node.type.unit;
    const bool ratio = unit == values::Unit::kRatio || check::Plain(unit);
    if (part.function.empty() || (part.function == "percent" && ratio)) return;
    context_.sink
        .Emit(codes::kWrongArgument, part.span, "value", part.function,
              part.function == "percent" ? "a ratio or a number" : "an instant",
              check::TypeText(node.type))
        .Also(node.span, "this is `value`")
        .Help("show it as it is, with `{value}`");
  }

  CheckContext& context_;
  const check::SeriesNode& condition_;
  const std::vector<std::string>* group_;
  const AlertValue& value_;
};

}  // namespace

void CheckAlertTexts(CheckContext& context, const check::Decl& decl,
                     const check::SeriesNode& condition, const AlertValue& value) {
  for (const char* field : {"says", "link"}) {
    const auto* text = check::Get<check::Template>(decl[field]);
    if (text != nullptr) Checker(context, decl, condition, value).Check(*text);
  }
}

namespace {

TextPartKind KindOf(const check::TemplatePart& part, const std::vector<std::string>* group) {
  switch (part.what) {
    case What::kText:
      return TextPartKind::kText;
    case What::kRow:
      return part.name == "value" ? TextPartKind::kRowValue : TextPartKind::kRowLabel;
    case What::kEach:
      return TextPartKind::kEach;
    case What::kEnd:
      return TextPartKind::kEnd;
    default:
      break;
  }
  if (part.name == "value") return TextPartKind::kValue;
  if (group == nullptr || Has(*group, part.name)) return TextPartKind::kLabel;
  return part.name == "count" ? TextPartKind::kCount : TextPartKind::kRows;
}

ir::Text TextOf(const check::Decl& decl, const check::Template& text, values::Unit value_unit) {
  ir::Text result;
  for (const check::TemplatePart& part : text.parts) {
    const TextPartKind kind = KindOf(part, GroupOf(decl));
    std::string shown;
    if (kind == TextPartKind::kText || kind == TextPartKind::kLabel ||
        kind == TextPartKind::kRowLabel)
      shown = part.name;
    if (kind == TextPartKind::kValue || kind == TextPartKind::kRowValue) shown = part.function;
    result.parts.push_back({kind, std::move(shown), value_unit});
  }
  return result;
}

}  // namespace

ir::Text AlertHeadline(const check::Decl& decl, const std::vector<std::string>& labels,
                       values::Unit value_unit) {
  if (const auto* says = check::Get<check::Template>(decl["says"]))
    return TextOf(decl, *says, value_unit);
  // What it is called, and of which row: `disk_fills: eu, web1`.
  ir::Text text;
  text.parts.push_back({TextPartKind::kText, decl.title.empty() ? decl.name : decl.title, {}});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    text.parts.push_back({TextPartKind::kText, i == 0 ? ": " : ", ", {}});
    text.parts.push_back({TextPartKind::kLabel, labels[i], {}});
  }
  if (GroupOf(decl) == nullptr) return text;
  text.parts.push_back({TextPartKind::kText, ": ", {}});
  text.parts.push_back({TextPartKind::kRows, {}, {}});
  return text;
}

ir::Text AlertLink(const check::Decl& decl, values::Unit value_unit) {
  const auto* link = check::Get<check::Template>(decl["link"]);
  return link == nullptr ? ir::Text() : TextOf(decl, *link, value_unit);
}

}  // namespace tocsin::kinds
