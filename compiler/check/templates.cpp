// Texts with placeholders: `{region}`, `{value}`, `{percent(value)}`. Which labels there are is
// known only to the declaration that the text belongs to, so its kind checks the names.

#include "compiler/check/fields.h"

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;

bool AddPlaceholder(FieldReader& reader, const syntax::StringPart& part, Template& result) {
  const syntax::Expr& expr = reader.tree[part.value];
  if (expr.kind == ExprKind::kError) return false;
  // A constant, such as an arm's, is shown as it is written.
  if (expr.kind == ExprKind::kNumber || expr.kind == ExprKind::kQuantity) {
    result.parts.push_back({ir::TextPartKind::kText, std::string(expr.name.text), expr.span});
    return true;
  }
  if (expr.kind == ExprKind::kName) {
    const bool value = expr.name.text == "value";
    result.parts.push_back({value ? ir::TextPartKind::kValue : ir::TextPartKind::kLabel,
                            value ? std::string() : std::string(expr.name.text), expr.span});
    return true;
  }
  if (expr.kind == ExprKind::kCall && expr.arguments.size() == 1 &&
      !expr.arguments[0].name.present() &&
      reader.tree[expr.arguments[0].value].name.text == "value") {
    const syntax::Expr& callee = reader.tree[expr.operands[0]];
    const values::FunctionRow* function = reader.context.Function(callee.name.text);
    if (function != nullptr && function->text != nullptr) {
      result.parts.push_back({ir::TextPartKind::kValue, std::string(callee.name.text), expr.span});
      return true;
    }
    std::vector<std::string> known;
    for (const values::FunctionRow* row : reader.context.functions) {
      if (row->text != nullptr) known.emplace_back(row->name);
    }
    auto& finding = reader.context.sink.Emit(codes::kUnknownName, callee.span, "text function",
                                             callee.name.text);
    const std::string nearest = diagnostics::Nearest(callee.name.text, known);
    if (!nearest.empty()) {
      finding.Help(fmt::format("did you mean `{}`?", nearest));
    } else {
      finding.Note(fmt::format("there are {}", ListOf(known)));
    }
    return false;
  }
  reader.context.sink
      .Emit(codes::kUnknownPlaceholder, expr.span,
            diagnostics::Shown(reader.context.sources.Text(expr.span), 40))
      .Help(
          "use the name of a label, `value`, or a text function of `value` such as "
          "`percent(value)`");
  return false;
}

}  // namespace

Value ReadTemplate(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kString) return reader.Wrong(id);
  Template result;
  bool whole = true;
  for (const syntax::StringPart& part : expr.parts) {
    if (part.kind == syntax::PartKind::kInsert) {
      whole = AddPlaceholder(reader, part, result) && whole;
    } else if (part.kind != syntax::PartKind::kText) {
      const bool loop = part.kind == syntax::PartKind::kFor;
      reader.context.sink.Emit(codes::kNotBuilt, part.span,
                               loop ? "a loop in text" : "a choice in text");
      whole = false;
    } else {
      result.parts.push_back({ir::TextPartKind::kText, part.text, part.span});
    }
  }
  return whole ? reader.Made(id, std::move(result)) : Value();
}

}  // namespace tocsin::check
