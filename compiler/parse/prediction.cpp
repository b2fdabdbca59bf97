#include "compiler/parse/prediction.h"

namespace tocsin::parse {

Learnt::Learnt() {
  const antlr4::atn::ATN& atn = grammar::TocsinParser(nullptr).getATN();
  for (std::size_t i = 0; i < atn.getNumberOfDecisions(); ++i)
    decisions.emplace_back(atn.getDecisionState(i), i);
}

Prediction::Prediction(grammar::TocsinParser& owner, Learnt& learnt)
    : ParserATNSimulator(&owner, owner.getATN(), learnt.decisions, learnt.contexts) {
  setPredictionMode(antlr4::atn::PredictionMode::SLL);
}

// As ANTLR's, but for the lock.
antlr4::dfa::DFAState* Prediction::getExistingTargetState(antlr4::dfa::DFAState* from,
                                                          std::size_t token) {
  const auto edge = from->edges.find(token);
  return edge == from->edges.end() ? nullptr : edge->second;
}

}  // namespace tocsin::parse
