// Types as they are written, and the types of fields.

#include <algorithm>
#include <array>

#include "compiler/check/declared.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

namespace {

struct TypeWord {
  std::string_view word;
  TypeKind kind;
};
constexpr std::array kTypeWords = {
    TypeWord{"string", TypeKind::kText},    TypeWord{"text", TypeKind::kText},
    TypeWord{"template", TypeKind::kText},  TypeWord{"zone", TypeKind::kText},
    TypeWord{"money", TypeKind::kMoney},    TypeWord{"date", TypeKind::kDate},
    TypeWord{"time", TypeKind::kTimeOfDay}, TypeWord{"hours", TypeKind::kCalendar},
};

std::optional<Type> TypeOfWord(const SchemaSet& schemas, std::string_view word) {
  if (const auto unit = values::UnitNamed(word)) return QuantityType(*unit);
  const auto known = std::ranges::find(kTypeWords, word, &TypeWord::word);
  if (known != kTypeWords.end()) return TypeOf(known->kind);
  const Schema* schema = schemas.Find(word);
  if (schema == nullptr) return std::nullopt;
  return TypeOf(schema->entity ? TypeKind::kRecord : TypeKind::kReference, std::string(word));
}

class TypeReader {
 public:
  TypeReader(Context& context, const syntax::Tree& tree) : context_(context), tree_(tree) {}

  std::optional<WrittenType> Read(ExprId id) {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind == ExprKind::kError) return std::nullopt;
    if (expr.kind == ExprKind::kRange) {
      Unit unit = Unit::kNumber;
      const auto range = ReadRange(context_, tree_, id, unit);
      if (!range) return std::nullopt;
      return WrittenType{QuantityType(unit), range};
    }
    if (expr.kind == ExprKind::kIn) return Refined(expr);
    const auto type = Bare(id);
    return type ? std::optional(WrittenType{*type, std::nullopt}) : std::nullopt;
  }

 private:
  std::optional<WrittenType> Refined(const syntax::Expr& expr) {
    const auto type = Bare(expr.operands[0]);
    Unit unit = Unit::kNumber;
    const auto range = ReadRange(context_, tree_, expr.operands[1], unit);
    if (!type || !range) return std::nullopt;
    const bool fits = type->kind == TypeKind::kQuantity && Common(type->unit, unit).has_value();
    if (!fits) {
      context_.sink.Emit(codes::kWrongType, tree_[expr.operands[1]].span,
                         fmt::format("a range of {}", TypeText(*type)),
                         "a range of " + UnitText(unit));
      return std::nullopt;
    }
    return WrittenType{*type, range};
  }

  std::optional<Type> Bare(ExprId id) {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind == ExprKind::kGroup) return Bare(expr.operands[0]);
    if (expr.kind == ExprKind::kName) {
      if (auto type = TypeOfWord(context_.schemas, expr.name.text)) return type;
      return Unknown(id);
    }
    if (expr.kind != ExprKind::kCall || tree_[expr.operands[0]].kind != ExprKind::kName)
      return Unknown(id);
    const std::string_view wrapper = tree_[expr.operands[0]].name.text;
    if (wrapper == "one_of") return OneOfWords(id);
    if (expr.arguments.size() != 1 || expr.arguments[0].name.present()) return Unknown(id);
    if (wrapper != "list" && wrapper != "set" && wrapper != "optional") return Unknown(id);
    auto inner = Bare(expr.arguments[0].value);
    if (!inner) return std::nullopt;
    if (wrapper != "optional")
      return ListType(wrapper == "list" ? TypeKind::kList : TypeKind::kSet, *std::move(inner));
    inner->optional = true;
    return inner;
  }

  std::optional<Type> OneOfWords(ExprId id) {
    Type type = TypeOf(TypeKind::kChoice);
    for (const syntax::Argument& argument : tree_[id].arguments) {
      if (tree_[argument.value].kind != ExprKind::kName || argument.name.present())
        return Unknown(id);
      type.choices.emplace_back(tree_[argument.value].name.text);
    }
    return type.choices.empty() ? Unknown(id) : std::optional(type);
  }

  std::optional<Type> Unknown(ExprId id) {
    const syntax::Expr& expr = tree_[id];
    auto& finding = context_.sink.Emit(codes::kWrongType, expr.span,
                                       "a type such as `ratio`, `list(person)` or `optional(text)`",
                                       Found(context_, tree_, id));
    if (expr.kind != ExprKind::kName) return std::nullopt;
    std::vector<std::string> known = context_.schemas.Names();
    for (const TypeWord& row : kTypeWords) known.emplace_back(row.word);
    for (std::size_t i = 0; i < values::kUnitCount; ++i)
      known.emplace_back(values::UnitName(static_cast<Unit>(i)));
    const std::string nearest = diagnostics::Nearest(expr.name.text, known);
    if (!nearest.empty()) {
      finding.Help(fmt::format("did you mean `{}`?", nearest));
      finding.Offer(expr.span, nearest, diagnostics::Applicability::kReview);
    }
    return std::nullopt;
  }

  Context& context_;
  const syntax::Tree& tree_;
};

}  // namespace

std::optional<WrittenType> ReadType(Context& context, const syntax::Tree& tree, ExprId id) {
  return TypeReader(context, tree).Read(id);
}

std::optional<Type> TypeOfField(const Context& context, const FieldType& type) {
  if (type.between || type.per_period) return std::nullopt;
  Type result;
  if (type.word == "one_of") {
    result = TypeOf(TypeKind::kChoice);
    result.choices = type.choices;
  } else if (auto known = TypeOfWord(context.schemas, type.word)) {
    result = *std::move(known);
  } else {
    return std::nullopt;
  }
  if (type.list) result = ListType(type.set ? TypeKind::kSet : TypeKind::kList, std::move(result));
  result.optional = type.optional;
  return result;
}

std::optional<Range> ReadRange(Context& context, const syntax::Tree& tree, ExprId id, Unit& unit) {
  const syntax::Expr& expr = tree[id];
  if (expr.kind != ExprKind::kRange) {
    context.sink.Emit(codes::kWrongType, expr.span, "a range such as `0%..100%`",
                      Found(context, tree, id));
    return std::nullopt;
  }
  Range range;
  std::optional<Unit> seen;
  for (std::size_t i = 0; i < 2; ++i) {
    const syntax::Expr* bound = &tree[expr.operands[i]];
    const bool negative = bound->kind == ExprKind::kUnary && bound->op == syntax::Operator::kNegate;
    if (negative) bound = &tree[bound->operands[0]];
    if (bound->kind != ExprKind::kNumber && bound->kind != ExprKind::kQuantity) {
      context.sink.Emit(codes::kWrongType, bound->span, "a number with its unit",
                        Found(context, tree, expr.operands[i]));
      return std::nullopt;
    }
    const auto quantity = values::ParseQuantity(bound->name.text);
    if (!quantity) {
      BadQuantity(context, bound->span, quantity.error());
      return std::nullopt;
    }
    if (seen && *seen != quantity->unit) {
      context.sink.Emit(codes::kWrongType, bound->span, UnitText(*seen), UnitText(quantity->unit));
      return std::nullopt;
    }
    seen = quantity->unit;
    (i == 0 ? range.least : range.most) = negative ? -quantity->value : quantity->value;
  }
  unit = range.unit = *seen;
  if (range.most < range.least) {
    context.sink.Emit(codes::kOutOfRange, expr.span, context.sources.Text(expr.span),
                      "it ends before it begins");
    return std::nullopt;
  }
  return range;
}

}  // namespace tocsin::check
