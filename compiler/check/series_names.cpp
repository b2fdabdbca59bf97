// Constants, names, and the parts of what a name stands for.

#include <algorithm>

#include "compiler/check/declared.h"
#include "compiler/check/series.h"
#include "compiler/check/texts.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

SeriesId SeriesChecker::Constant(const Expr& expr) {
  SeriesNode node;
  if (expr.kind == ExprKind::kBoolean) {
    node.kind = SeriesKind::kTruth;
    node.type = QuantityType(Unit::kBool);
    node.number = expr.name.text == "true" ? 1 : 0;
    return Add(std::move(node), expr);
  }
  if (values::LooksLikeMoney(expr.name.text)) {
    const auto money = values::ParseMoney(expr.name.text);
    if (money) return Literal(expr, TypeOf(TypeKind::kMoney, money->currency));
    BadQuantity(context_, expr.span, money.error());
    return {};
  }
  const auto quantity = values::ParseQuantity(expr.name.text);
  if (!quantity) {
    BadQuantity(context_, expr.span, quantity.error());
    return {};
  }
  node.type = QuantityType(quantity->unit);
  node.number = quantity->value;
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Literal(const Expr& expr, Type type) {
  SeriesNode node;
  node.kind = SeriesKind::kLiteral;
  const std::string shown = diagnostics::Shown(context_.sources.Text(expr.span), 40);
  const std::string what = TypeText(type).substr(2);  // without its article
  node.text = type.kind == TypeKind::kText    ? "the text " + shown
              : type.kind == TypeKind::kMoney ? fmt::format("the amount `{}`", shown)
                                              : fmt::format("the {} `{}`", what, shown);
  node.type = std::move(type);
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::DateOrInstant(const Expr& expr) {
  const std::string_view text = expr.name.text;
  const auto instant = values::ParseInstant(text);
  if (!instant && text.find('T') != text.npos && !text.ends_with('Z')) {
    context_.sink
        .Emit(codes::kBadQuantity, expr.span,
              fmt::format("`{}` is an instant without a zone", text))
        .Help(fmt::format("end it with `Z` for UTC: `{}Z`", text));
    return {};
  }
  if (!instant) {
    context_.sink.Emit(codes::kBadQuantity, expr.span,
                       fmt::format("`{}` is no day of the calendar", text));
    return {};
  }
  if (text.find('T') == text.npos) return Literal(expr, TypeOf(TypeKind::kDate));
  SeriesNode node;
  node.type = QuantityType(Unit::kInstant);
  node.number = static_cast<double>(*instant);
  return Add(std::move(node), expr);
}

// `09:00`, by itself or as an end of `09:00..17:00`.
SeriesId SeriesChecker::TimeOfDay(const Expr& expr, std::string_view written) {
  if (MinuteOfDay(written) >= 0) return Literal(expr, TypeOf(TypeKind::kTimeOfDay));
  context_.sink.Emit(codes::kOutOfRange, expr.span, written, "expected a time from 00:00 to 23:59");
  return {};
}

SeriesId SeriesChecker::List(const Expr& expr) {
  SeriesNode node;
  node.kind = SeriesKind::kList;
  if (expr.operands.empty()) {
    context_.sink.Emit(codes::kEmptyList, expr.span, "value");
    return {};
  }
  std::optional<Type> element;
  bool whole = true;
  for (const ExprId operand : expr.operands) {
    const SeriesId id = element ? CheckAs(operand, *element) : Check(operand);
    if (!id.valid()) {
      whole = false;
      continue;
    }
    node.operands.push_back(id);
    const Type& type = (*this)[id].type;
    const auto common = element ? Common(*element, type) : std::optional(type);
    if (!common) {
      context_.sink
          .Emit(codes::kWrongType, (*this)[id].span, TypeText(*element),
                Describe(context_.policy, id))
          .Also((*this)[node.operands[0]].span, "like this");
      whole = false;
      continue;
    }
    element = common;
  }
  if (!whole || !Join(node.operands, node)) return {};
  node.type = ListType(TypeKind::kList, *std::move(element));
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::CheckAs(ExprId id, const Type& wanted) {
  const Expr& expr = tree_[id];
  if (wanted.kind != TypeKind::kChoice) return Check(id);
  const bool label = !wanted.of.empty();
  const auto text = expr.kind == ExprKind::kName ? std::optional(std::string(expr.name.text))
                    : expr.kind == ExprKind::kNumber && label
                        ? std::optional(std::string(expr.name.text))
                    : label ? PlainText(tree_, id)
                            : std::nullopt;
  if (!text) return Check(id);
  if (!wanted.choices.empty() && std::ranges::find(wanted.choices, *text) == wanted.choices.end()) {
    const std::string nearest = diagnostics::Nearest(*text, wanted.choices);
    auto& finding =
        label ? context_.sink.Emit(codes::kUnknownLabelValue, expr.span, *text, wanted.of)
              : context_.sink.Emit(codes::kUnknownWord, expr.span, *text, OneOf(wanted.choices));
    if (label) finding.Note(fmt::format("its values are {}", ListOf(wanted.choices)));
    if (!nearest.empty()) finding.Help(fmt::format("did you mean `{}`?", nearest));
    return {};
  }
  SeriesNode node;
  node.kind = SeriesKind::kLiteral;
  node.type = wanted;
  node.type.optional = false;
  node.text = *text;
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Named(const Expr& expr) {
  if (locals_ != nullptr) {
    if (const auto local = locals_->find(expr.name.text); local != locals_->end()) {
      // What stands for itself is wrong where it is used.
      const SeriesNode& node = (*this)[local->second];
      return node.kind == SeriesKind::kParameter ? Add(SeriesNode(node), expr) : local->second;
    }
  }
  if (where_ != nullptr &&
      std::ranges::find(where_->labels, expr.name.text) != where_->labels.end())
    return LabelNamed(expr);
  return NamedDeclaration(expr, expr.name);
}

SeriesId SeriesChecker::NamedDeclaration(const Expr& expr, const syntax::Name& name) {
  const DeclId* found = context_.Lookup(name.text);
  if (found == nullptr) {
    context_.Resolve(name, "signal");
    return {};
  }
  const DeclId id = *found;
  if (!context_.Resolve(name, context_.KindOf(id)).valid()) return {};
  const std::string_view kind = context_.KindOf(id);
  if (kind == "signal") return SignalNamed(expr, id);
  if (kind == "let") {
    const SeriesId value = LetOf(context_, id, expr.span);
    // What is wrong with it is wrong where it is used.
    return value.valid() ? Add(SeriesNode((*this)[value]), expr) : SeriesId();
  }
  if (kind == "label" && where_ == nullptr) {
    context_.sink.Emit(codes::kWrongKind, expr.span, expr.name.text, WithArticle(kind), "a signal")
        .Also(context_[id].span, "declared here")
        .Help(fmt::format("ask for its value behind `where`, as in `errors > 5% where {} == ...`",
                          expr.name.text));
    return {};
  }
  if (kind == "label" && where_ != nullptr) {
    context_.sink
        .Emit(codes::kUnknownLabel, expr.span, "what `where` stands behind", expr.name.text)
        .Note(where_->labels.empty() ? std::string("it has no labels")
                                     : "its labels are " + ListOf(where_->labels));
    return {};
  }
  SeriesNode node;
  node.kind = SeriesKind::kReference;
  node.type = TypeOf(TypeKind::kReference, std::string(kind));
  node.decl = id;
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::SignalNamed(const Expr& expr, DeclId signal) {
  const Measure* measure = MeasureOf(context_, signal, expr.span);
  if (measure == nullptr) return {};
  SeriesNode node;
  node.kind = SeriesKind::kSignal;
  node.decl = signal;
  node.type = QuantityType(measure->unit);
  node.labels = measure->labels;
  node.has_rows = true;
  return Add(std::move(node), expr);
}

// A label of the row, of which only its value can be asked.
SeriesId SeriesChecker::LabelNamed(const Expr& expr) {
  const Domain* domain = context_.DomainOf(expr.name.text);
  if (domain == nullptr) return {};
  SeriesNode node;
  node.kind = SeriesKind::kLabel;
  node.text = expr.name.text;
  node.type = Type{.kind = TypeKind::kChoice, .of = node.text, .choices = domain->values};
  node.has_rows = true;
  node.labels = where_->labels;
  return Add(std::move(node), expr);
}

namespace {

// The constant that a field of a declaration holds, where an expression can be about it.
bool SetConstant(const Value& value, SeriesNode& node) {
  if (const auto* duration = Get<DurationValue>(value)) {
    node.number = static_cast<double>(duration->ms);
  } else if (const auto* number = Get<NumberValue>(value)) {
    node.number = number->value;
  } else if (const auto* count = Get<std::int64_t>(value)) {
    node.number = static_cast<double>(*count);
  } else if (const auto* truth = Get<bool>(value)) {
    node.kind = SeriesKind::kTruth;
    node.number = *truth ? 1 : 0;
  } else if (const auto* reference = Get<Reference>(value)) {
    node.kind = SeriesKind::kReference;
    node.decl = reference->decl;
  } else {
    return false;
  }
  node.type.optional = false;
  return true;
}

}  // namespace

SeriesId SeriesChecker::Member(const Expr& expr, syntax::ExprId id) {
  if (const auto name = context_.NameAt(tree_, id)) return NamedDeclaration(expr, *name);
  const bool local = locals_ != nullptr && locals_->contains(tree_[expr.operands[0]].name.text);
  if (!local && context_.UnknownImport(tree_, id)) return {};
  const SeriesId of = Check(expr.operands[0]);
  if (!of.valid()) return {};
  const SeriesNode& whole = (*this)[of];
  const bool parts =
      whole.type.kind == TypeKind::kReference || whole.type.kind == TypeKind::kRecord;
  if (parts && whole.type.optional) {
    NotAQuantity(of);
    return {};
  }
  const Schema* schema = parts ? context_.schemas.Find(whole.type.of) : nullptr;
  const FieldSchema* field = schema == nullptr ? nullptr : schema->Field(expr.name.text);
  if (field == nullptr) {
    auto& finding = context_.sink.Emit(
        codes::kUnknownField, expr.name.span,
        parts ? WithArticle(whole.type.of) : Describe(context_.policy, of), expr.name.text);
    if (schema == nullptr) return {};
    std::vector<std::string> known;
    for (const FieldSchema& other : schema->fields) known.push_back(other.name);
    Suggest(finding, expr.name, known, known.size() == 1 ? "its only field is" : "its fields are");
    return {};
  }
  SeriesNode node;
  const auto type = TypeOfField(context_, field->type);
  if (!type) {
    context_.sink.Emit(codes::kNotASeries, expr.span,
                       fmt::format("the field `{}`, which is {}", field->name, field->type.word));
    return {};
  }
  node.type = *type;
  if (whole.kind == SeriesKind::kReference) {
    const DeclId decl = whole.decl;
    if (!EnsureChecked(context_, decl, expr.span)) return {};
    if (SetConstant(context_[decl][field->name], node)) return Add(std::move(node), expr);
  }
  node.kind = SeriesKind::kMember;
  node.text = field->name;
  node.operands = {of};
  if (!Join(node.operands, node)) return {};
  return Add(std::move(node), expr);
}

}  // namespace tocsin::check
