// Whether what a test expects happened.
#pragma once

#include "compiler/study/test_story.h"

namespace tocsin::study {

// Both ends belong to it, and it may be empty.
struct TimeSpan {
  values::Duration first = 0;
  values::Duration last = 0;
  bool Has(values::Duration at) const { return at >= first && at <= last; }
};

// An expectation: when `condition` is asked for, and whether it must not happen.
//
//   within D   from 0s to D                    at T    at T; of messages, from 0s to T
//   before D   from 0s to D, and not at D      after T  later than T, to the end
//   expect     from 0s to the end
struct Expectation {
  const check::Clause* clause = nullptr;
  TimeSpan states;
  TimeSpan messages;
  bool no = false;
};
Expectation ExpectationOf(const check::Clause& clause, const World& world);

// One question of an expectation.
struct Asked {
  check::SeriesId what;                             // a kState or kAbout
  std::vector<const check::Selection*> selections;  // of its rows
};
// All that a condition asks, in the order written.
std::vector<Asked> QuestionsOf(const check::Policy& policy, check::SeriesId condition);

bool Selects(const std::vector<const check::Selection*>& selections, const values::LabelSet& row);

// Whether a message is what a kAbout asks for, whenever it was sent.
bool IsAsked(const check::Policy& policy, const check::SeriesNode& about, const Message& message);

// Each question is asked of the whole time: some row was in the state at some instant of it; a
// message was sent in it. `not` is that it did not happen in all that time.
bool Happened(const check::Policy& policy, const Story& story, const Expectation& expectation,
              const Asked& asked);
bool Holds(const check::Policy& policy, const Story& story, const Expectation& expectation);

// The questions because of which an expectation does not hold, and whether each should have
// happened.
struct Blame {
  Asked asked;
  bool wanted = true;
};
std::vector<Blame> BlamesOf(const check::Policy& policy, const Story& story,
                            const Expectation& expectation);

}  // namespace tocsin::study
