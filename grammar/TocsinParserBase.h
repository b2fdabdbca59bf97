// Bounds the depth of the parse tree, and with it the recursion of the parser and of everything
// that walks the tree later: brackets within brackets, but also `not not not ...` and sums of ten
// thousand terms.
#pragma once

#include <cstddef>
#include <vector>

#include "antlr4-runtime.h"

class TocsinParserBase : public antlr4::Parser {
 public:
  // Deep enough for base::kMaxNesting brackets within one another, and shallow enough for an 8 MB
  // stack even under the address sanitizer.
  static constexpr size_t kMaxDepth = 1500;
  struct TooDeep {};  // thrown past the bound

  explicit TocsinParserBase(antlr4::TokenStream* input) : antlr4::Parser(input) {}

  // Hides the one of Recognizer, which finds out at run time what is known: each decision of the
  // generated rules asks for it.
  template <class Interpreter>
  Interpreter* getInterpreter() const {
    return static_cast<Interpreter*>(_interpreter);
  }

  void enterRule(antlr4::ParserRuleContext* context, size_t state, size_t rule) override;
  // Hides the one of Parser, which is not virtual; the generated rules call this one.
  void exitRule();
  void enterRecursionRule(antlr4::ParserRuleContext* context, size_t state, size_t rule,
                          int precedence) override;
  void pushNewRecursionContext(antlr4::ParserRuleContext* context, size_t state,
                               size_t rule) override;
  void unrollRecursionContexts(antlr4::ParserRuleContext* parent) override;

 private:
  void Enter();
  void Exit();

  size_t depth_ = 0;
  std::vector<size_t> outer_depths_;
};
