// The parts of a handbook, each a section, or nothing where there is nothing to say. For
// handbook.cpp.
#pragma once

#include <string_view>

#include "compiler/doc/book.h"

namespace tocsin::doc {

// Machines that are drawn; of the others it is said that they are not.
class Drawings {
 public:
  // How a machine goes from state to state, folded or not.
  Blocks Of(const core::Machine* machine, bool folded = true);

 private:
  std::size_t drawn_ = 0;
};

Blocks OnCall(const Book& book);
Blocks Severities(const Book& book);
Blocks Escalations(const Book& book, Drawings& drawings);
Blocks Alerts(const Book& book, Drawings& drawings);
Blocks Signals(const Book& book);
Blocks OtherKinds(const Book& book, Drawings& drawings);
Blocks Tests(const Book& book);

// The kinds of which the other parts tell; `OtherKinds` tells of the rest.
bool HasPart(std::string_view kind);

// What a test expects at a place of its story, as a sentence.
Line Sentence(const Book& book, const check::Clause& clause);
// A field of recipients and the channel they are told by, where there is one.
Line Told(const Book& book, const check::Decl& decl, std::string_view field);
// The actions of a clause: "page ceo by phone".
Line Actions(const Book& book, const check::Clause& clause);

}  // namespace tocsin::doc
