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
  // A clause, a row, or what stands before the clauses of a declaration; none inside another, and
  // in the order of their places.
  void AddClause(Span clause);
  // What may come, go and move without anything meaning something else: a comment, for one.
  void AddMargin(Span margin);

  // The innermost declaration that `place` begins in, or null.
  const Declaration* At(Span place) const;
  // What a clause, or where there is none the line, that `place` begins in says: its text without
  // margins and white space, so that it outlasts every layout.
  std::string WordsAt(Span place, const SourceSet& sources) const;

 private:
  struct Source {
    std::vector<Declaration> declarations;
    std::vector<Span> clauses;
    std::vector<Span> margins;  // in the order of their places
  };
  std::map<SourceId, Source> by_source_;
};

}  // namespace tocsin::diagnostics
