#include <fmt/format.h>

#include "compiler/syntax/syntax.h"

namespace tocsin::syntax {
namespace {

class Printer {
 public:
  explicit Printer(const Tree& tree) : tree_(tree) {}

  std::string Print(ExprId id) const {
    if (!id.valid()) return "";
    const Expr& expr = tree_[id];
    const auto operand = [&](std::size_t i) { return Print(expr.operands[i]); };
    const auto infix = [&](std::string_view between) {
      return fmt::format("{}{}{}", operand(0), between, operand(1));
    };
    switch (expr.kind) {
      case ExprKind::kError:
      case ExprKind::kNumber:
      case ExprKind::kQuantity:
      case ExprKind::kTimeOfDay:
      case ExprKind::kTimeSpan:
      case ExprKind::kDate:
      case ExprKind::kBoolean:
      case ExprKind::kString:
      case ExprKind::kName:
        return std::string(expr.name.text);
      case ExprKind::kTuple:
      case ExprKind::kGroup:
        return fmt::format("({})", Operands(expr));
      case ExprKind::kList:
        return fmt::format("[{}]", Operands(expr));
      case ExprKind::kMember:
        return fmt::format("{}.{}", operand(0), expr.name.text);
      case ExprKind::kCall:
        return fmt::format("{}({})", operand(0), Arguments(expr));
      case ExprKind::kSelect:
        return fmt::format("{}{{{}}}", operand(0), Arguments(expr));
      case ExprKind::kOver:
        return infix(" over ");
      case ExprKind::kBy:
        return fmt::format("{} by ({})", operand(0), Labels(expr));
      case ExprKind::kMatching:
        return fmt::format("{} matching ({})", operand(0), Labels(expr));
      case ExprKind::kMoment:
        return infix(" ");
      case ExprKind::kRange:
        return infix("..");
      case ExprKind::kIn:
        return infix(" in ");
      case ExprKind::kNotIn:
        return infix(" not in ");
      case ExprKind::kUnary:
        return fmt::format("{}{}{}", Text(expr.op), expr.op == Operator::kNot ? " " : "",
                           operand(0));
      case ExprKind::kBinary:
        return infix(fmt::format(" {} ", Text(expr.op)));
      case ExprKind::kArrow:
        return infix(" -> ");
      case ExprKind::kWhere:
        return infix(" where ");
      case ExprKind::kIf:
        return fmt::format("if {} then {} else {}", operand(0), operand(1), operand(2));
      case ExprKind::kAfter:
        return fmt::format("after {}", operand(0));
      case ExprKind::kWhen:
        return fmt::format("when {}", operand(0));
    }
    return "";
  }

 private:
  std::string Operands(const Expr& expr) const {
    std::string text;
    for (const ExprId id : expr.operands)
      text += fmt::format("{}{}", text.empty() ? "" : ", ", Print(id));
    return text;
  }
  std::string Arguments(const Expr& expr) const {
    std::string text;
    for (const Argument& argument : expr.arguments) {
      if (!text.empty()) text += ", ";
      if (argument.name.present()) text += fmt::format("{}: ", argument.name.text);
      text += Print(argument.value);
    }
    return text;
  }
  static std::string Labels(const Expr& expr) {
    std::string text;
    for (const Name& label : expr.labels)
      text += fmt::format("{}{}", text.empty() ? "" : ", ", label.text);
    return text;
  }

  const Tree& tree_;
};

}  // namespace

std::string Print(const Tree& tree, ExprId expr) { return Printer(tree).Print(expr); }

}  // namespace tocsin::syntax
