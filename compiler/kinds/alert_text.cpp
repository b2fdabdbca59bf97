// What an alert says, and where it links to.

#include <algorithm>

#include "compiler/kinds/alert.h"

namespace tocsin::kinds {
namespace {

using ir::TextPartKind;

// A fraction of one is what `percent` shows: of a duration or of bytes it would say anything.
void CheckShown(CheckContext& context, const check::TemplatePart& part, check::SeriesId value) {
  const check::SeriesNode& node = context.policy[value];
  const values::Unit unit = node.type.unit;
  if (part.text != "percent" || unit == values::Unit::kRatio || check::Plain(unit)) return;
  context.sink
      .Emit(codes::kWrongArgument, part.span, "value", part.text, "a ratio or a number",
            check::TypeText(node.type))
      .Also(node.span, "this is `value`")
      .Help("show it as it is, with `{value}`");
}

// What only a group has: how many rows it stands for, and which.
TextPartKind OfGroup(const check::TemplatePart& part, bool grouped) {
  if (!grouped || part.kind != TextPartKind::kLabel) return part.kind;
  if (part.text == "count") return TextPartKind::kCount;
  return part.text == "rows" ? TextPartKind::kRows : part.kind;
}

bool Has(const std::vector<std::string>& labels, const std::string& label) {
  return std::ranges::find(labels, label) != labels.end();
}

void CheckLabel(CheckContext& context, const check::TemplatePart& part,
                const std::vector<std::string>& labels, bool grouped) {
  if (Has(labels, part.text) || OfGroup(part, grouped) != part.kind) return;
  auto& finding = context.sink.Emit(codes::kUnknownPlaceholder, part.span, part.text);
  const std::string whose = grouped ? "the group" : "the condition";
  finding.Note(labels.empty() ? whose + " has no labels"
               : labels.size() == 1
                   ? fmt::format("{}'s only label is `{}`", whose, labels[0])
                   : fmt::format("{}'s labels are {}", whose, check::ListOf(labels)));
  const std::string nearest = diagnostics::Nearest(part.text, labels);
  if (!nearest.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", nearest));
  } else if (grouped) {
    finding.Help("`{count}` says how many rows it is about, and `{rows}` which");
  }
}

void CheckValue(CheckContext& context, const check::TemplatePart& part, const AlertValue& value,
                bool grouped) {
  if (!value.series.valid()) {
    context.sink.Emit(codes::kUnknownPlaceholder, part.span, "value")
        .Note("`value` is the left side of the first comparison in `when`, and there is none");
  } else if (grouped && value.worse == AlertValue::Worse::kUnknown) {
    context.sink.Emit(codes::kUnknownPlaceholder, part.span, "value")
        .Note("the `value` of a group is the worst of its rows, and of these none is worse");
  } else {
    CheckShown(context, part, value.series);
  }
}

}  // namespace

void CheckAlertTexts(CheckContext& context, const check::Decl& decl,
                     const check::SeriesNode& condition, const AlertValue& value) {
  const std::vector<std::string>* group = GroupOf(decl);
  for (const char* field : {"says", "link"}) {
    const auto* text = check::Get<check::Template>(decl[field]);
    if (text == nullptr) continue;
    for (const check::TemplatePart& part : text->parts) {
      if (part.kind == TextPartKind::kValue) CheckValue(context, part, value, group != nullptr);
      if (part.kind == TextPartKind::kLabel)
        CheckLabel(context, part, group == nullptr ? condition.labels : *group, group != nullptr);
    }
  }
}

namespace {

ir::Text TextOf(const check::Decl& decl, const check::Template& text, values::Unit value_unit) {
  const std::vector<std::string>* group = GroupOf(decl);
  ir::Text result;
  for (const check::TemplatePart& part : text.parts) {
    const bool own = group != nullptr && !Has(*group, part.text);
    const TextPartKind kind = OfGroup(part, own);
    const bool plain = kind == TextPartKind::kCount || kind == TextPartKind::kRows;
    result.parts.push_back({kind, plain ? std::string() : part.text, value_unit});
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
