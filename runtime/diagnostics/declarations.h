// Which declaration a place is in, so that a finding can be told by its declaration when lines
// move. Whoever knows the syntax fills it in; nothing here knows what a declaration is.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/diagnostics/source.h"

namespace tocsin::diagnostics {

struct Declaration {
  Span span;
  std::string kind;  // "rung"
  std::string path;  // "escalation climb/rung": kinds and names from the outermost in
};

class Declarations {
 public:
  void Add(Declaration declaration);
  // The innermost declaration that `place` begins in, or null.
  const Declaration* At(Span place) const;

 private:
  std::map<SourceId, std::vector<Declaration>> by_source_;
};

}  // namespace tocsin::diagnostics
