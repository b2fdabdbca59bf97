// Calls: instructions with a name, functions of the standard library and of the policy, states of
// alerts, and what only a test can ask.

#include <algorithm>
#include <array>
#include <set>

#include "compiler/check/declared.h"
#include "compiler/check/series.h"

namespace tocsin::check {

using ir::SeriesOp;
using syntax::ExprId;
using syntax::ExprKind;
using values::FunctionUnit;
using values::Unit;

namespace {

// Functions that are instructions, because they must fuse with what is around them.
struct Intrinsic {
  std::string_view name;
  SeriesOp op;
  std::size_t operands;
};
constexpr std::array kIntrinsics = {
    Intrinsic{"abs", SeriesOp::kAbsolute, 1},
    Intrinsic{"min", SeriesOp::kMinimum, 2},
    Intrinsic{"max", SeriesOp::kMaximum, 2},
};
constexpr std::array<std::string_view, 4> kStates = {"inactive", "pending", "firing", "clearing"};
constexpr std::array<std::string_view, 3> kOfSets = {"known", "has_any", "has_all"};
constexpr std::array<std::string_view, 4> kAsked = {"paged", "told", "told_over", "asked"};
constexpr std::array<std::string_view, 2> kEffects = {"page", "notify"};

bool Contains(const auto& words, std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

bool Accepts(FunctionUnit wanted, Unit given, Unit first) {
  switch (wanted) {
    case FunctionUnit::kAny:
      return given != Unit::kBool && given != Unit::kInstant;
    case FunctionUnit::kAnything:
      return true;
    case FunctionUnit::kSame:
    case FunctionUnit::kPerSecond:
      return Common(given, first).has_value();
    case FunctionUnit::kNumber:
    case FunctionUnit::kCount:
      return Plain(given);
    case FunctionUnit::kRatio:
      return given == Unit::kRatio;
    case FunctionUnit::kDuration:
      return given == Unit::kDuration;
    case FunctionUnit::kBytes:
      return given == Unit::kBytes;
    case FunctionUnit::kRate:
      return given == Unit::kRate;
    case FunctionUnit::kTruth:
      return given == Unit::kBool;
    case FunctionUnit::kSigma:
      return given == Unit::kSigma;
  }
  return false;
}

Unit PerSecond(Unit unit) {
  if (unit == Unit::kBytes) return Unit::kByteRate;
  return unit == Unit::kDuration ? Unit::kRatio : Unit::kRate;
}

Unit ResultUnit(FunctionUnit unit, Unit first) {
  switch (unit) {
    case FunctionUnit::kAny:
    case FunctionUnit::kAnything:
    case FunctionUnit::kSame:
      return first;
    case FunctionUnit::kPerSecond:
      return PerSecond(first);
    case FunctionUnit::kNumber:
      return Unit::kNumber;
    case FunctionUnit::kRatio:
      return Unit::kRatio;
    case FunctionUnit::kDuration:
      return Unit::kDuration;
    case FunctionUnit::kCount:
      return Unit::kCount;
    case FunctionUnit::kBytes:
      return Unit::kBytes;
    case FunctionUnit::kRate:
      return Unit::kRate;
    case FunctionUnit::kTruth:
      return Unit::kBool;
    case FunctionUnit::kSigma:
      return Unit::kSigma;
  }
  return first;
}

}  // namespace

std::size_t OperandsOf(std::string_view function) {
  const auto row = std::ranges::find(kIntrinsics, function, &Intrinsic::name);
  return row == kIntrinsics.end() ? 0 : row->operands;
}

bool IsCallOfLanguage(std::string_view name) {
  return Contains(kStates, name) || Contains(kOfSets, name) || Contains(kAsked, name) ||
         Contains(kEffects, name);
}

Type ResultType(const values::FunctionRow& function, const Type& first) {
  return QuantityType(ResultUnit(function.result, first.unit));
}

SeriesId SeriesChecker::Call(const Expr& expr, const std::vector<syntax::Name>* by) {
  const Expr& callee = tree_[expr.operands[0]];
  const auto called = context_.NameAt(tree_, expr.operands[0]);
  const std::string_view name = called ? called->text : std::string_view();
  const DeclId* declared = context_.Lookup(name);
  if (declared != nullptr && context_.KindOf(*declared) == "function") {
    const DeclId function = context_.Resolve(*called, "function");
    return function.valid() ? Own(expr, function) : SeriesId();
  }
  const values::FunctionRow* function = context_.Function(name);
  const bool rows = function != nullptr && function->text == nullptr;
  const auto intrinsic = std::ranges::find(kIntrinsics, name, &Intrinsic::name);
  if (intrinsic != kIntrinsics.end() &&
      (!rows || (by == nullptr && expr.arguments.size() == intrinsic->operands))) {
    static constexpr std::array<std::string_view, 2> kNames = {"a", "b"};
    const auto given = Arguments(context_, tree_, expr, name,
                                 std::span(kNames).first(intrinsic->operands), intrinsic->operands);
    const SeriesId a = Check(given[0]);
    if (!IsNumber(a)) return {};
    if (intrinsic->operands == 1) return Over(expr, intrinsic->op, (*this)[a].type, {a});
    const SeriesId b = Check(given[1]);
    return IsNumber(b) ? Sum(expr, intrinsic->op, a, b, "choose between") : SeriesId();
  }
  if (rows) return Standard(expr, *function, by);
  if (Contains(kStates, name)) return StateOf(expr, name);
  if (Contains(kOfSets, name)) return OfSets(expr, name);
  if (Contains(kAsked, name)) return AboutTest(expr, name);
  if (Contains(kEffects, name) || (declared != nullptr && context_.KindOf(*declared) == "action")) {
    context_.sink.Emit(codes::kEffectHere, callee.span, name)
        .Help("write it after `do`, where something is to happen");
    return {};
  }
  UnknownFunction(callee);
  return {};
}

void SeriesChecker::UnknownFunction(const Expr& callee) {
  std::vector<std::string> known;
  for (const Intrinsic& row : kIntrinsics) known.emplace_back(row.name);
  for (const values::FunctionRow* row : context_.functions) {
    if (row->text == nullptr && !Contains(known, row->name)) known.emplace_back(row->name);
  }
  for (const DeclId id : context_.policy.OfKind("function")) known.push_back(context_[id].name);
  auto& finding = context_.sink.Emit(codes::kUnknownName, callee.span, "function",
                                     diagnostics::Shown(context_.sources.Text(callee.span), 40));
  if (callee.kind != ExprKind::kName) return;
  const std::string nearest = diagnostics::Nearest(callee.name.text, known);
  if (!nearest.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", nearest));
  } else {
    finding.Note(fmt::format("there are {}", ListOf(known)));
  }
}

// Reports a window where a value is wanted, or the other way round.
SeriesId SeriesChecker::WindowOrNot(const values::FunctionRow& function, SeriesId argument) {
  const SeriesNode& node = (*this)[argument];
  if (node.quantity()) {
    context_.sink
        .Emit(codes::kWindowWanted, node.span, function.name, Describe(context_.policy, argument))
        .Help(fmt::format("say over which time, as in `{}({} over 5m)`", function.name,
                          diagnostics::Shown(context_.sources.Text(node.span), 40)));
  } else {
    NotAQuantity(argument);
  }
  return {};
}

// Whether a value is a condition or a number, as the parameter wants; reported where it is not.
bool SeriesChecker::IsArgument(const values::FunctionParameter& parameter, SeriesId argument) {
  if (parameter.unit == FunctionUnit::kTruth) return IsTruth(argument);
  return (parameter.unit == FunctionUnit::kAnything && (*this)[argument].truth()) ||
         IsNumber(argument);
}

// `avg(errors, 5m)`, as other languages write it; reported.
bool SeriesChecker::WindowApart(const Expr& expr, const values::FunctionRow& function) {
  if (expr.arguments.size() != function.parameters.size() + 1) return false;
  const Expr& value = tree_[expr.arguments[0].value];
  const Expr& length = tree_[expr.arguments[1].value];
  const auto quantity = values::ParseQuantity(length.name.text);
  if (value.kind == ExprKind::kOver || length.kind != ExprKind::kQuantity || !quantity ||
      quantity->unit != Unit::kDuration)
    return false;
  const std::string_view written = context_.sources.Text(value.span);
  context_.sink.Emit(codes::kUnknownArgument, length.span, function.name, "further argument")
      .Help(fmt::format("say over which time with `over`, as in `{}({} over {})`", function.name,
                        diagnostics::Shown(written, 40), length.name.text))
      .Offer({expr.span.source, value.span.end, length.span.begin}, " over ",
             diagnostics::Applicability::kReview);
  return true;
}

SeriesId SeriesChecker::Standard(const Expr& expr, const values::FunctionRow& function,
                                 const std::vector<syntax::Name>* by) {
  std::vector<std::string_view> names;
  for (const values::FunctionParameter& parameter : function.parameters)
    names.push_back(parameter.name);
  if (function.over_window && WindowApart(expr, function)) return {};
  const auto given = Arguments(context_, tree_, expr, function.name, names, names.size());
  if (std::ranges::find(given, ExprId()) != given.end()) return {};
  SeriesNode node;
  node.kind = SeriesKind::kCall;
  node.function = &function;
  Unit first = Unit::kNumber;
  SeriesId folded;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const values::FunctionParameter& parameter = function.parameters[i];
    const SeriesId argument = Check(given[i]);
    if (!argument.valid()) return {};
    const bool window = (*this)[argument].type.kind == TypeKind::kWindow;
    const bool fold = i == 0 && !window && function.across_rows;
    const bool takes = window ? i == 0 && function.over_window : i > 0 || !function.over_window;
    if (!takes && !fold) return WindowOrNot(function, argument);
    if (!window && !IsArgument(parameter, argument)) return {};
    const SeriesNode& checked = (*this)[argument];
    if (i == 0) first = checked.type.unit;
    if (!Accepts(parameter.unit, checked.type.unit, first)) {
      context_.sink.Emit(codes::kWrongArgument, checked.span, parameter.name, function.name,
                         UnitText(ResultUnit(parameter.unit, first)),
                         Describe(context_.policy, argument));
      return {};
    }
    if (fold) {
      folded = argument;
    } else if (!parameter.constant) {
      node.operands.push_back(argument);
    } else if (checked.kind == SeriesKind::kConstant) {
      node.parameters.push_back(checked.number);
    } else {
      context_.sink.Emit(codes::kWrongType, checked.span,
                         fmt::format("a constant for `{}`", parameter.name),
                         Describe(context_.policy, argument));
      return {};
    }
  }
  // Constants are the last parameters, and in order where there are two: the bounds of a range.
  if (node.parameters.size() == 2 && function.parameters[1].name == "low" &&
      node.parameters[1] < node.parameters[0]) {
    context_.sink.Emit(codes::kOutOfRange, tree_[given[2]].span,
                       context_.sources.Text(tree_[given[2]].span), "it is below `low`");
    return {};
  }
  if (folded.valid()) return Fold(expr, function, folded, node.parameters, by);
  if (by != nullptr) {
    context_.sink.Emit(codes::kByWhat, expr.span)
        .Help("say how rows become one, as in `sum(sold) by (region)`");
    return {};
  }
  node.type = QuantityType(ResultUnit(function.result, first));
  if (!Join(node.operands, node)) return {};
  if (!node.has_rows) {
    context_.sink.Emit(codes::kConstantCondition, expr.span);
    return {};
  }
  if (function.earlier && !Reaches(expr, function, node)) return {};
  if (!node.operands.empty() && (*this)[node.operands[0]].type.kind == TypeKind::kWindow &&
      !Serves(expr, function, node.parameters, (*this)[node.operands[0]].number))
    return {};
  return Add(std::move(node), expr);
}

// Whether it is said how long ago, by a time that lies back; reported where it does not.
bool SeriesChecker::Reaches(const Expr& expr, const values::FunctionRow& function,
                            const SeriesNode& node) {
  const double ago = node.parameters.back();
  if (ago > 0) return true;
  const diagnostics::Span span = tree_[expr.arguments.back().value].span;
  context_.sink.Emit(codes::kOutOfRange, span, context_.sources.Text(span),
                     fmt::format("`{}` looks back", function.name));
  return false;
}

// Whether a function can be computed with these constants over a window of so many milliseconds, or
// across rows where it has none; reported where it cannot.
bool SeriesChecker::Serves(const Expr& expr, const values::FunctionRow& function,
                           std::span<const double> constants, double length_ms) {
  if (function.choose == nullptr) return true;
  const auto refuse = [&](std::string why) -> diagnostics::Diagnostic& {
    return context_.sink.Emit(codes::kOutOfRange, expr.span,
                              diagnostics::Shown(context_.sources.Text(expr.span), 40), why);
  };
  if (function.OverWindow(constants, 1) == nullptr) {
    refuse(fmt::format("`{}` takes a part from 0% to 100%", function.name));
    return false;
  }
  const DeclId policy = context_.policy.policy;
  if (length_ms <= 0 || !policy.valid() || !EnsureChecked(context_, policy, expr.span)) return true;
  const auto* resolution = Get<DurationValue>(context_[policy]["resolution"]);
  if (resolution == nullptr || resolution->ms <= 0) return true;
  const values::Panes panes = values::PanesOf(static_cast<std::int64_t>(length_ms), resolution->ms);
  if (function.OverWindow(constants, panes.ticks) != nullptr) return true;
  refuse(fmt::format("`{}` cannot keep as many samples as this takes", function.name))
      .Help("take a shorter window, or a part nearer to 0% or 100%");
  return false;
}

// A function of the policy is put in the place of its call.
SeriesId SeriesChecker::Own(const Expr& expr, DeclId id) {
  const FunctionShape& shape = FunctionOf(context_, id);
  const Declared& declared = context_.declared[id.index];
  const std::string& name = context_[id].name;
  std::vector<std::string_view> names;
  for (const FunctionShape::Parameter& parameter : shape.parameters)
    names.push_back(parameter.name);
  const auto given = Arguments(context_, tree_, expr, name, names, names.size());
  LocalNames locals;
  bool whole = shape.good && std::ranges::find(given, ExprId()) == given.end();
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i].valid()) continue;
    const auto& wanted = shape.parameters[i].type;
    const SeriesId argument = wanted ? CheckAs(given[i], *wanted) : Check(given[i]);
    whole = whole && argument.valid();
    if (!argument.valid()) continue;
    if (wanted && !Fits((*this)[argument].type, *wanted)) {
      context_.sink.Emit(codes::kWrongArgument, (*this)[argument].span, names[i], name,
                         TypeText(*wanted), Describe(context_.policy, argument));
      whole = false;
    } else if (wanted) {
      whole = HoldsConstant(context_, argument, {*wanted, shape.parameters[i].range}) && whole;
    }
    locals.emplace(names[i], argument);
  }
  if (!whole) return {};
  if (std::ranges::find(context_.calls, id) != context_.calls.end()) {
    context_.sink.Emit(codes::kRecursion, expr.span, name).Also(context_[id].span, "declared here");
    return {};
  }
  // What is wrong inside with arguments of these types was said at the first such call.
  std::string call = fmt::format("{}", id.index);
  for (const std::string_view parameter : names)
    call += "; " + Describe(context_.policy, locals.find(parameter)->second);
  if (context_.failed_calls.contains(call)) return {};
  context_.calls.push_back(id);
  const std::size_t before = context_.sink.all().size();
  SeriesId result;
  {
    const InPackage inside(context_, declared);
    result = SeriesChecker(context_, *declared.tree, &locals).Check(declared.decl->value);
  }
  context_.calls.pop_back();
  if (!result.valid()) {
    context_.sink.AlsoSince(before, expr.span, "called here");
    context_.failed_calls.insert(std::move(call));
  }
  return result;
}

SeriesId SeriesChecker::StateOf(const Expr& expr, std::string_view state) {
  static constexpr std::array<std::string_view, 1> kAlert = {"alert"};
  const auto given = Arguments(context_, tree_, expr, state, kAlert, 1);
  if (!given[0].valid()) return {};
  const auto name = context_.NameAt(tree_, given[0]);
  if (!name) {
    context_.sink.Emit(codes::kWrongType, tree_[given[0]].span, "the name of an alert",
                       Found(context_, tree_, given[0]));
    return {};
  }
  const DeclId alert = context_.Resolve(*name, "alert");
  if (!alert.valid() || !EnsureChecked(context_, alert, name->span)) return {};
  const Clause* when = context_[alert].FindClause("when");
  if (when == nullptr || !when->condition.valid()) return {};
  SeriesNode node;
  node.kind = SeriesKind::kState;
  node.type = QuantityType(Unit::kBool);
  node.decl = alert;
  node.text = state;
  node.labels = context_.policy[when->condition].labels;
  node.has_rows = true;
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::AboutTest(const Expr& expr, std::string_view name) {
  const Expr& callee = tree_[expr.operands[0]];
  if (!context_.in_test) {
    context_.sink.Emit(codes::kOnlyInTest, callee.span, name);
    return {};
  }
  static constexpr std::array<std::string_view, 2> kNames = {"who", "via"};
  const auto given = Arguments(context_, tree_, expr, name, kNames, 1);
  if (!given[0].valid()) return {};
  const auto who = context_.NameAt(tree_, given[0]);
  const DeclId* found = who ? context_.Lookup(who->text) : nullptr;
  const bool tier = found != nullptr && context_.KindOf(*found) == "tier";
  SeriesNode node;
  if (tier && name != "asked") {
    node.decl = *found;
  } else if (name == "asked") {
    if (who) {
      node.decl = context_.Resolve(*who, "action");
    } else {
      context_.sink.Emit(codes::kWrongType, tree_[given[0]].span, "the name of an action",
                         Found(context_, tree_, given[0]));
    }
    if (!node.decl.valid()) return {};
  } else {
    const Value people = ReadValue(context_, tree_, given[0], FieldType{.word = "recipients"});
    const auto* all = Get<Recipients>(people);
    if (all == nullptr) return {};
    if (all->all.size() > 1) {
      context_.sink
          .Emit(codes::kWrongType, tree_[given[0]].span, "one person or tier",
                fmt::format("a list of {}", all->all.size()))
          .Help(fmt::format("say whether all or any of them are meant: `{0}(...) and {0}(...)`, or "
                            "with `or`",
                            name));
      return {};
    }
    node.decl = all->all[0].person.valid() ? all->all[0].person : all->all[0].tier;
  }
  if (given[1].valid()) {
    const Value via = ReadValue(context_, tree_, given[1], FieldType{.word = "channel"});
    const auto* channel = Get<Reference>(via);
    if (channel == nullptr) return {};
    SeriesNode reference;
    reference.kind = SeriesKind::kReference;
    reference.type = TypeOf(TypeKind::kReference, "channel");
    reference.decl = channel->decl;
    node.operands = {Add(std::move(reference), tree_[given[1]])};
  }
  node.kind = SeriesKind::kAbout;
  node.text = name;
  node.type = QuantityType(Unit::kBool);
  return Add(std::move(node), expr);
}

}  // namespace tocsin::check
