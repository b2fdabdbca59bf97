// Units and labels of series expressions. Internal to the checker.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

class SeriesChecker {
 public:
  SeriesChecker(Context& context, const syntax::Tree& tree) : context_(context), tree_(tree) {}

  SeriesId Check(syntax::ExprId id);

 private:
  SeriesId Part(const syntax::Expr& expr, syntax::ExprId id);
  SeriesId Constant(const syntax::Expr& expr);
  SeriesId Named(const syntax::Expr& expr);
  SeriesId Select(const syntax::Expr& expr);
  SeriesId Unary(const syntax::Expr& expr);
  SeriesId Binary(const syntax::Expr& expr);
  SeriesId Call(const syntax::Expr& expr);
  SeriesId Function(const syntax::Expr& expr, const values::FunctionRow& function);
  SeriesId Sum(const syntax::Expr& expr, ir::SeriesOp op, SeriesId a, SeriesId b,
               std::string_view verb);
  SeriesId Product(const syntax::Expr& expr, ir::SeriesOp op, SeriesId a, SeriesId b);
  SeriesId Logic(const syntax::Expr& expr, ir::SeriesOp op, SeriesId a, SeriesId b);
  SeriesId NotBuilt(const syntax::Expr& expr, std::string_view what);

  // Reports what is not; both give true for what was.
  bool IsNumber(SeriesId id);
  bool IsTruth(SeriesId id);

  SeriesId Add(SeriesNode node, const syntax::Expr& expr);
  // A node over operands, whose labels must fit.
  SeriesId Over(const syntax::Expr& expr, ir::SeriesOp op, values::Unit unit,
                std::vector<SeriesId> operands);
  bool Join(const std::vector<SeriesId>& operands, SeriesNode& node);
  void DontFit(SeriesId a, SeriesId b, ir::SeriesOp op, std::string_view verb);
  const SeriesNode& operator[](SeriesId id) const { return context_.policy[id]; }

  Context& context_;
  const syntax::Tree& tree_;
  std::size_t parts_ = 0;
  bool too_long_ = false;  // reported
};

}  // namespace tocsin::check
