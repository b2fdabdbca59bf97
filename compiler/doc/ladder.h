// A ladder of people as a drawing: from top to bottom who is asked when, counted from 0s, how the
// next round begins, what happens when nobody answered, and where among that a promise falls.
#pragma once

#include <string>
#include <vector>

#include "compiler/doc/document.h"
#include "runtime/values/instants.h"

namespace tocsin::doc {

struct Ladder {
  struct Rung {
    std::string who;
    std::vector<std::string> details;  // a line each
    values::Duration window_ms = 0;    // how long they have to answer
  };
  struct Promise {
    std::string text;  // "answered within 15m"
    values::Duration after_ms = 0;
  };
  std::vector<Rung> rungs;
  std::int64_t rounds = 1;
  std::vector<std::string> at_last;  // what is done when nobody answered, a line each
  std::vector<Promise> promises;
};

// How long all rungs of one round take.
values::Duration RoundOf(const Ladder& ladder);
Drawing DrawLadder(const Ladder& ladder, std::string name, std::string about);

}  // namespace tocsin::doc
