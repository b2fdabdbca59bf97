// How the generated parser decides between alternatives, and what it has learnt about that so far.
// ANTLR keeps the latter once for all threads and lets some of them read what another one is
// changing; here each thread has its own, and needs no lock to look it up.
#pragma once

#include <vector>

#include "TocsinParser.h"

namespace tocsin::parse {

// What a thread has learnt. It grows with the forms that were seen, not with the texts.
struct Learnt {
  Learnt();

  std::vector<antlr4::dfa::DFA> decisions;
  antlr4::atn::PredictionContextCache contexts;
};

class Prediction final : public antlr4::atn::ParserATNSimulator {
 public:
  // Decides by SLL alone: a test holds that the grammar needs no more.
  Prediction(grammar::TocsinParser& owner, Learnt& learnt);

 protected:
  antlr4::dfa::DFAState* getExistingTargetState(antlr4::dfa::DFAState* from,
                                                std::size_t token) override;
};

}  // namespace tocsin::parse
