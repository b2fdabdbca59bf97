#include "compiler/check/declared.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "compiler/check/series.h"
#include "runtime/base/limits.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

namespace {

void ReportCycle(Context& context, DeclId id, diagnostics::Span use) {
  context.sink.Emit(codes::kCycle, context[id].span, context[id].name).Also(use, "through this");
}

}  // namespace

bool EnsureChecked(Context& context, DeclId id, diagnostics::Span use) {
  auto& progress = context.decl_progress[id.index];
  if (progress == Context::Progress::kDone) return true;
  if (progress == Context::Progress::kRunning) {
    ReportCycle(context, id, use);
    return false;
  }
  if (context.nested >= base::kMaxNesting) {
    if (!std::exchange(context.nested_reported, true)) {
      context.sink.Emit(codes::kTooLong, use)
          .Note(fmt::format("it depends on more than {} other declarations, one through the other",
                            base::kMaxNesting))
          .Help("write the value out");
    }
    return false;
  }
  progress = Context::Progress::kRunning;
  ++context.nested;
  // What is read in between is an expression of its own.
  const Context::Effort effort = context.effort;
  if (effort.depth > 0) context.effort.parts = 0;
  {
    const InPackage inside(context, context.declared[id.index]);
    CheckDecl(context, context.declared[id.index], context.policy.decls[id.index]);
  }
  context.effort = effort;
  --context.nested;
  progress = Context::Progress::kDone;
  return true;
}

// Whether a constant is of its type in all, where that was written: whole, and within its range.
bool HoldsConstant(Context& context, SeriesId id, const WrittenType& type) {
  const SeriesNode& node = context.policy[id];
  if (node.kind != SeriesKind::kConstant) return true;
  const bool counts = type.type.kind == TypeKind::kQuantity && type.type.unit == Unit::kCount;
  if (counts && (node.number < 0 || std::nearbyint(node.number) != node.number)) {
    context.sink.Emit(codes::kOutOfRange, node.span,
                      diagnostics::Shown(context.sources.Text(node.span), 40),
                      "a count is a whole number, at least 0");
    return false;
  }
  return InRange(context, node.number, type.range, node.span);
}

// A window is no value, but what is made of it is.
SeriesId LetValue(Context& context, const syntax::Tree& tree, ExprId id) {
  const SeriesId value = CheckSeries(context, tree, id);
  if (!value.valid()) return {};
  const SeriesNode& node = context.policy[value];
  if (!node.has_rows && DividesByZero(context, value)) return {};
  if (node.type.kind != TypeKind::kWindow) return value;
  SeriesChecker(context, tree).IsNumber(value);
  return {};
}

SeriesId LetOf(Context& context, DeclId id, diagnostics::Span use) {
  auto& progress = context.measure_progress[id.index];
  Decl& decl = context.policy.decls[id.index];
  if (progress == Context::Progress::kDone) return decl.value;
  const Declared& declared = context.declared[id.index];
  if (progress == Context::Progress::kRunning) {
    ReportCycle(context, id, use);
    return {};
  }
  progress = Context::Progress::kRunning;
  const InPackage inside(context, declared);
  std::optional<WrittenType> written;
  if (declared.decl->type.valid()) {
    written = ReadType(context, *declared.tree, declared.decl->type);
  }
  if (declared.decl->value.valid()) {
    const SeriesId value = LetValue(context, *declared.tree, declared.decl->value);
    const bool wrong = value.valid() && written && !Fits(context.policy[value].type, written->type);
    if (wrong) {
      context.sink.Emit(codes::kUnitDiffers, context.policy[value].span, decl.name,
                        TypeText(written->type), Describe(context.policy, value));
    } else if (value.valid() && (!written || HoldsConstant(context, value, *written))) {
      context.policy.decls[id.index].value = value;
    }
  }
  progress = Context::Progress::kDone;
  return context.policy.decls[id.index].value;
}

namespace {

// A parameter as its own type, when a function is looked at by itself.
SeriesId Placeholder(Context& context, const FunctionShape::Parameter& parameter,
                     diagnostics::Span span) {
  SeriesNode node;
  node.kind = SeriesKind::kParameter;
  node.type = *parameter.type;
  node.text = parameter.name;
  node.span = span;
  context.policy.series.push_back(std::move(node));
  return SeriesId(context.policy.series.size() - 1);
}

void CheckBody(Context& context, DeclId id, const Declared& declared, FunctionShape& shape) {
  LocalNames locals;
  for (std::size_t i = 0; i < shape.parameters.size(); ++i) {
    const FunctionShape::Parameter& parameter = shape.parameters[i];
    // Without its type little can be said before it is called.
    if (!parameter.type) {
      shape.good = CheckUntyped(context, declared);
      return;
    }
    locals.emplace(parameter.name,
                   Placeholder(context, parameter, declared.decl->params[i].name.span));
  }
  context.calls.push_back(id);
  const SeriesId body = SeriesChecker(context, *declared.tree, &locals).Check(declared.decl->value);
  context.calls.pop_back();
  shape.good = body.valid();
  if (!shape.good || !shape.result) return;
  if (!Fits(context.policy[body].type, *shape.result)) {
    context.sink.Emit(codes::kUnitDiffers, context.policy[body].span, context[id].name,
                      TypeText(*shape.result), Describe(context.policy, body));
    shape.good = false;
  }
}

}  // namespace

const FunctionShape& FunctionOf(Context& context, DeclId id) {
  const auto [place, fresh] = context.function_shapes.try_emplace(id);
  FunctionShape& shape = place->second;
  if (!fresh) return shape;
  const Declared& declared = context.declared[id.index];
  const InPackage inside(context, declared);
  const bool action = context.KindOf(id) == "action";
  shape.good = action || (declared.decl->value.valid() && !context.recursive.contains(id));
  for (const syntax::Param& param : declared.decl->params) {
    const auto same = [&](const auto& other) { return other.name == param.name.text; };
    if (std::ranges::any_of(shape.parameters, same)) {
      context.sink.Emit(codes::kGivenTwice, param.name.span, param.name.text, context.KindOf(id));
      shape.good = false;
    }
    FunctionShape::Parameter parameter{param.name.text, std::nullopt};
    if (param.type.valid()) {
      const auto type = ReadType(context, *declared.tree, param.type);
      shape.good = shape.good && type.has_value();
      if (type) parameter = {param.name.text, type->type, type->range};
    } else if (action) {
      context.sink.Emit(codes::kPartMissing, param.name.span, fmt::format("`{}`", param.name.text),
                        "a type, as in `to: text`");
      shape.good = false;
    }
    shape.parameters.push_back(std::move(parameter));
  }
  if (declared.decl->type.valid()) {
    const auto result = ReadType(context, *declared.tree, declared.decl->type);
    shape.good = shape.good && result.has_value();
    if (result) shape.result = result->type;
  }
  if (context.recursive.contains(id)) CheckUntyped(context, declared);
  if (!shape.good || action) return shape;
  FunctionShape checked = shape;
  CheckBody(context, id, declared, checked);
  return context.function_shapes[id] = std::move(checked);
}

bool Fits(const Type& given, const Type& wanted) {
  if (given.optional && !wanted.optional) return false;
  if (wanted.kind == TypeKind::kSet && given.kind == TypeKind::kList && wanted.element != nullptr)
    return Common(*given.element, *wanted.element).has_value();
  if (wanted.kind == TypeKind::kQuantity && wanted.unit == Unit::kCount &&
      given.kind == TypeKind::kQuantity && given.unit == Unit::kNumber)
    return true;
  return Common(given, wanted).has_value();
}

}  // namespace tocsin::check
