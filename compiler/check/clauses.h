// What a declaration says in clauses that are no fields: conditions, and what sets something going
// and is done then.
#pragma once

#include <set>
#include <string>

#include "compiler/check/context.h"
#include "compiler/check/series.h"

namespace tocsin::check {

class ClauseChecker {
 public:
  // Fields that a misspelt clause was close to are added to `meant`. Everything given outlives the
  // checker.
  ClauseChecker(Context& context, const syntax::Tree& tree, const syntax::Decl& syntax, Decl& decl,
                std::set<std::string, std::less<>>& meant)
      : context_(context),
        tree_(tree),
        syntax_(syntax),
        schema_(*decl.schema),
        decl_(decl),
        meant_(meant) {}

  void Run(const syntax::Clause& clause);
  // Reports the clauses that the schema wants and the declaration lacks.
  void Missing();

 private:
  std::string_view Keyword(const syntax::Clause& clause) const;
  void Unknown(const syntax::Clause& clause);
  const ClauseSchema* Known(const syntax::Clause& clause, std::string_view takes);
  Clause Start(const syntax::Clause& clause) const;
  void Condition(const syntax::Clause& clause);
  void Unless(const syntax::Clause& clause);
  void UnknownInhibitor(const syntax::Name& name);
  void On(const syntax::Clause& clause);
  void Timed(const syntax::Clause& clause);
  void Period(const syntax::Clause& clause, Clause& typed);
  void Move(const syntax::Clause& clause);
  void MoveTrigger(const syntax::Clause& clause, syntax::ExprId id, Clause& typed);
  void Actions(const syntax::Clause& clause, std::string_view written, Clause& typed);
  void Act(const syntax::Clause& clause);
  void Arm(const syntax::Clause& clause);
  bool ArmsResult(const syntax::Name& name, check::Clause& typed);
  const LocalNames* LocalsOfEntity();

  Context& context_;
  const syntax::Tree& tree_;
  const syntax::Decl& syntax_;
  const Schema& schema_;
  Decl& decl_;
  std::set<std::string, std::less<>>& meant_;
  std::optional<LocalNames> locals_;  // the fields of what is classified
  std::string_view arms_kind_;        // of what the first arm leads to
};

}  // namespace tocsin::check
