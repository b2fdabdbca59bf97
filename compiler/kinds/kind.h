// Kinds with behaviour: what a kind's own checks are, beyond its schema, and what its declarations
// expand into. One file for each, which defines one row; a table made at build time collects them.
// Whatever runs before knows no kind.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "compiler/check/typed.h"
#include "compiler/core/core.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::kinds {

namespace codes = diagnostics::codes;

struct CheckContext {
  const check::Policy& policy;
  const diagnostics::SourceSet& sources;
  diagnostics::Sink& sink;
};

struct ExpandContext {
  const check::Policy& policy;
  const diagnostics::SourceSet& sources;
  core::Policy& core;
  std::string_view root;  // the policy's folder with its `/`: places are within it, wherever it is

  ir::Place Place(diagnostics::Span span) const;
  const check::Decl& operator[](check::DeclId id) const { return policy[id]; }
};

struct KindRow {
  std::string_view name;
  void (*check)(CheckContext&, const check::Decl&) = nullptr;  // may be absent
  void (*expand)(ExpandContext&, const check::Decl&) = nullptr;
};

// All rows, by name; from the generated table.
std::span<const KindRow* const> Rows();

// Runs the checks of all kinds.
void CheckKinds(const check::Policy& policy, const diagnostics::SourceSet& sources,
                diagnostics::Sink& sink);
// Expands a policy without errors. `root` is what the paths of its files begin with, up to its
// folder.
core::Policy Expand(const check::Policy& policy, const diagnostics::SourceSet& sources,
                    std::string_view root);

// For the files of kinds.

// Reports a `via` that says by which channel nobody is told.
void CheckVia(CheckContext& context, const check::Decl& decl);

const check::Decl* Referred(const check::Policy& policy, const check::Value& value);
values::Duration DurationOf(const check::Value& value);
std::vector<core::Recipient> RecipientsOf(const check::Policy& policy,
                                          const check::Recipients& recipients);
std::string NameOf(const check::Policy& policy, check::DeclId id);
std::string RecipientsText(
    const std::vector<core::Recipient>& recipients);  // "on_call(L3), duty_mgr"

// Somebody who can be told something: a person, or an audience.
void ExpandReachable(ExpandContext& context, const check::Decl& decl);
// The severity of the incident that an alert opens, its own or its level's; null where it opens
// none.
const check::Decl* Opens(const check::Policy& policy, const check::Decl& alert);

// The states of a lifecycle, the first one first.
std::vector<std::string> StatesOf(const check::Decl& lifecycle);

// What `value` of an alert shows: the left side of the first comparison in its condition, where it
// has rows; invalid where there is none.
check::SeriesId ValueOf(const check::Policy& policy, check::SeriesId when);

// A text that says `before`, then the headline of the alert it all stems from, then `after`.
ir::Text AboutHeadline(std::string before, std::string after);

// A series expression as terms, and the rows it is about: an invalid id where it is about all.
core::TermId Terms(ExpandContext& context, check::SeriesId id);
// The same for rows by these labels, among which its own are.
core::TermId TermsFor(ExpandContext& context, check::SeriesId id,
                      const std::vector<std::string>& labels);
core::TermId Scope(ExpandContext& context, check::SeriesId id);
// A term by some labels, for rows by more.
core::TermId LookedUp(core::Policy& core, core::TermId term, const std::vector<std::string>& from,
                      const std::vector<std::string>& to);

}  // namespace tocsin::kinds
