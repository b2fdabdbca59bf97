// A function whose parameters have no types: what it makes of them is known at each call, but its
// names and how it calls others are wrong or right before.

#include <algorithm>

#include "compiler/check/declared.h"
#include "compiler/check/series.h"

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;

class UntypedChecker {
 public:
  UntypedChecker(Context& context, const Declared& declared)
      : context_(context), tree_(*declared.tree), params_(declared.decl->params) {}

  void Walk(ExprId id) {
    if (!id.valid()) return;
    const syntax::Expr& expr = tree_[id];
    switch (expr.kind) {
      case ExprKind::kName:
        return Known(expr.name);
      case ExprKind::kMember:
        if (const auto name = context_.NameAt(tree_, id)) return Known(*name);
        return Walk(expr.operands[0]);
      case ExprKind::kCall:
        return Call(expr);
      case ExprKind::kMoment:  // weekdays are no names
        return;
      case ExprKind::kList:
        return WalkAll(expr, 0);
      case ExprKind::kBinary:
        Walk(expr.operands[0]);
        return Compares(expr.op) ? WalkWord(expr.operands[1]) : Walk(expr.operands[1]);
      case ExprKind::kIf:
        Walk(expr.operands[0]);
        return WalkAll(expr, 1);
      default:
        for (const ExprId operand : expr.operands) Walk(operand);
    }
  }

 private:
  static bool Compares(syntax::Operator op) {
    return op == syntax::Operator::kEqual || op == syntax::Operator::kNotEqual;
  }

  bool IsParameter(std::string_view name) const {
    return std::ranges::any_of(params_,
                               [&](const syntax::Param& param) { return param.name.text == name; });
  }

  // Where a bare word may be one of the choices of a type.
  void WalkWord(ExprId id) {
    const syntax::Expr& expr = tree_[id];
    if (expr.kind != ExprKind::kName || context_.Lookup(expr.name.text) != nullptr) Walk(id);
  }
  void WalkAll(const syntax::Expr& expr, std::size_t first) {
    for (std::size_t i = first; i < expr.operands.size(); ++i) WalkWord(expr.operands[i]);
  }

  void Known(const syntax::Name& name) {
    if (!IsParameter(name.text) && context_.Lookup(name.text) == nullptr)
      context_.Resolve(name, "signal");
  }

  void Call(const syntax::Expr& expr) {
    const auto name = context_.NameAt(tree_, expr.operands[0]);
    const DeclId* own = name ? context_.Lookup(name->text) : nullptr;
    std::vector<std::string_view> takes;
    if (own != nullptr && context_.KindOf(*own) == "function") {
      for (const syntax::Param& param : context_.declared[own->index].decl->params)
        takes.push_back(param.name.text);
    } else if (!TakenByStandard(expr, name ? name->text : std::string_view(), takes)) {
      return;
    }
    const auto given =
        Arguments(context_, tree_, expr, context_.sources.Text(tree_[expr.operands[0]].span), takes,
                  takes.size());
    for (const ExprId argument : given) {
      if (argument.valid()) WalkWord(argument);
    }
  }

  // The parameters of a function of the language. False for what takes no values, and what there is
  // not.
  bool TakenByStandard(const syntax::Expr& expr, std::string_view name,
                       std::vector<std::string_view>& takes) {
    const values::FunctionRow* row = context_.Function(name);
    const std::size_t operands = OperandsOf(name);
    if (operands > 0 && (row == nullptr || expr.arguments.size() == operands)) {
      takes.assign({"a", "b"});
      takes.resize(operands);
    } else if (row != nullptr && row->text == nullptr) {
      for (const values::FunctionParameter& parameter : row->parameters)
        takes.push_back(parameter.name);
    } else {
      if (!IsCallOfLanguage(name))
        SeriesChecker(context_, tree_).UnknownFunction(tree_[expr.operands[0]]);
      return false;
    }
    return true;
  }

  Context& context_;
  const syntax::Tree& tree_;
  const std::vector<syntax::Param>& params_;
};

}  // namespace

bool CheckUntyped(Context& context, const Declared& declared) {
  const std::size_t before = context.sink.errors();
  UntypedChecker(context, declared).Walk(declared.decl->value);
  return context.sink.errors() == before;
}

}  // namespace tocsin::check
