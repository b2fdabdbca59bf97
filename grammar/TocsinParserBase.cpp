#include "TocsinParserBase.h"

void TocsinParserBase::Enter() {
  outer_depths_.push_back(depth_);
  if (++depth_ > kMaxDepth) throw TooDeep();
}

void TocsinParserBase::Exit() {
  depth_ = outer_depths_.back();
  outer_depths_.pop_back();
}

void TocsinParserBase::enterRule(antlr4::ParserRuleContext* context, size_t state, size_t rule) {
  antlr4::Parser::enterRule(context, state, rule);
  Enter();
}

void TocsinParserBase::exitRule() {
  Exit();
  antlr4::Parser::exitRule();
}

void TocsinParserBase::enterRecursionRule(antlr4::ParserRuleContext* context, size_t state,
                                          size_t rule, int precedence) {
  antlr4::Parser::enterRecursionRule(context, state, rule, precedence);
  Enter();
}

void TocsinParserBase::pushNewRecursionContext(antlr4::ParserRuleContext* context, size_t state,
                                               size_t rule) {
  antlr4::Parser::pushNewRecursionContext(context, state, rule);
  if (++depth_ > kMaxDepth) throw TooDeep();
}

void TocsinParserBase::unrollRecursionContexts(antlr4::ParserRuleContext* parent) {
  Exit();
  antlr4::Parser::unrollRecursionContexts(parent);
}
