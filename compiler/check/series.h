// Types and labels of expressions. Internal to the checker.
#pragma once

#include <map>

#include "compiler/check/context.h"

namespace tocsin::check {

// What a function's parameters stand for, by name.
using LocalNames = std::map<std::string_view, SeriesId>;

class SeriesChecker {
 public:
  // `locals` outlives the checker; it may be null.
  SeriesChecker(Context& context, const syntax::Tree& tree, const LocalNames* locals = nullptr)
      : context_(context), tree_(tree), locals_(locals) {}

  SeriesId Check(syntax::ExprId id);
  // The same, where a bare word may be one of the choices of a type.
  SeriesId CheckAs(syntax::ExprId id, const Type& wanted);
  // Reports what is not; false for what was reported before, too.
  bool IsNumber(SeriesId id);
  bool IsTruth(SeriesId id);
  void UnknownFunction(const syntax::Expr& callee);

 private:
  using Expr = syntax::Expr;

  // series.cpp: which sort of expression it is, and rows that must fit.
  SeriesId Part(const Expr& expr, syntax::ExprId id);
  SeriesId Add(SeriesNode node, const Expr& expr);
  SeriesId Over(const Expr& expr, ir::SeriesOp op, Type type, std::vector<SeriesId> operands);
  bool Join(const std::vector<SeriesId>& operands, SeriesNode& node);
  void LabelsDontFit(const SeriesNode& a, const SeriesNode& b);
  void NotAQuantity(SeriesId id);

  // series_names.cpp: constants, names and their parts.
  SeriesId Constant(const Expr& expr);
  SeriesId Literal(const Expr& expr, Type type);
  SeriesId DateOrInstant(const Expr& expr);
  SeriesId TimeOfDay(const Expr& expr, std::string_view written);
  SeriesId List(const Expr& expr);
  SeriesId Named(const Expr& expr);
  SeriesId SignalNamed(const Expr& expr, DeclId signal);
  SeriesId LabelNamed(const Expr& expr);
  SeriesId NamedDeclaration(const Expr& expr, const syntax::Name& name);
  SeriesId Member(const Expr& expr, syntax::ExprId id);

  // series_rows.cpp: some of the rows, and rows into fewer.
  SeriesId Select(const Expr& expr);
  void NotSelected(syntax::ExprId id);
  SeriesId LabelWithin(const Expr& expr, SeriesId label, const Expr& range, bool except);
  SeriesId Where(const Expr& expr);
  SeriesId By(const Expr& expr);
  SeriesId Matching(const Expr& expr);
  SeriesId Window(const Expr& expr);
  SeriesId Fold(const Expr& expr, const values::FunctionRow& function, SeriesId operand,
                const std::vector<double>& constants, const std::vector<syntax::Name>* by);

  // series_operators.cpp: arithmetic, comparison, logic.
  SeriesId Unary(const Expr& expr);
  SeriesId Binary(const Expr& expr);
  SeriesId Sum(const Expr& expr, ir::SeriesOp op, SeriesId a, SeriesId b, std::string_view verb);
  bool CanDiffer(SeriesId measured, ir::SeriesOp op, SeriesId limit);
  bool HaveNoSums(SeriesId a, SeriesId b) const;
  bool HasOrder(SeriesId id);
  bool Backwards(SeriesId least, SeriesId most) const;
  bool WrittenBackwards(const Expr& range) const;
  SeriesId Seconds(const Expr& expr, SeriesId duration);
  SeriesId Product(const Expr& expr, ir::SeriesOp op, SeriesId a, SeriesId b);
  SeriesId Logic(const Expr& expr, ir::SeriesOp op, SeriesId a, SeriesId b);
  SeriesId Compare(const Expr& expr, ir::SeriesOp op, SeriesId a, SeriesId b);
  SeriesId LabelIs(const Expr& expr, SeriesId label, const std::vector<SeriesId>& values,
                   bool except);
  SeriesId Within(const Expr& expr);
  SeriesId WithinRange(const Expr& expr, SeriesId value, const Expr& range);
  SeriesId If(const Expr& expr);
  void DontFit(SeriesId a, SeriesId b, ir::SeriesOp op, std::string_view verb);

  // series_calls.cpp: functions, of the language and of the policy.
  SeriesId Call(const Expr& expr, const std::vector<syntax::Name>* by = nullptr);
  SeriesId Standard(const Expr& expr, const values::FunctionRow& function,
                    const std::vector<syntax::Name>* by);
  SeriesId Own(const Expr& expr, DeclId function);
  SeriesId StateOf(const Expr& expr, std::string_view state);
  SeriesId OfSets(const Expr& expr, std::string_view name);
  bool WindowApart(const Expr& expr, const values::FunctionRow& function);
  bool EachOnce(const Expr& list);
  SeriesId AboutTest(const Expr& expr, std::string_view name);
  SeriesId WindowOrNot(const values::FunctionRow& function, SeriesId argument);
  bool Serves(const Expr& expr, const values::FunctionRow& function,
              std::span<const double> constants, double length_ms);
  bool HasBounds(const values::FunctionRow& function, SeriesId operand,
                 std::span<const syntax::Name> by);
  bool Reaches(const Expr& expr, const values::FunctionRow& function, const SeriesNode& node);
  bool IsArgument(const values::FunctionParameter& parameter, SeriesId argument);

  const SeriesNode& operator[](SeriesId id) const { return context_.policy[id]; }

  Context& context_;
  const syntax::Tree& tree_;
  const LocalNames* locals_;
  const SeriesNode* where_ = nullptr;  // inside `where`: what its labels are those of
};

bool IsComparison(ir::SeriesOp op);
// How many values a function takes that is an instruction; 0 for what is none.
std::size_t OperandsOf(std::string_view function);
// Whether the language has a call of this name that takes more than values: a state, a set, a
// question of a test, an action.
bool IsCallOfLanguage(std::string_view name);

// The label names of `labels` that are not in `in`; sorted as `labels`.
std::vector<std::string> Without(const std::vector<std::string>& labels,
                                 const std::vector<std::string>& in);

}  // namespace tocsin::check
