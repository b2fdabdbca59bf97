// A policy as it is looked up while its handbook is written: where each declaration is and leads,
// what was written there, and the comment above it.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/typed.h"
#include "compiler/core/core.h"
#include "compiler/doc/document.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/source.h"

namespace tocsin::doc {

// A policy without errors. All of it must outlive the book.
struct BookInput {
  const check::Policy& policy;
  const core::Policy& core;
  const check::SchemaSet& schemas;
  const std::deque<syntax::Tree>& trees;
  const diagnostics::SourceSet& sources;
  std::string_view root;  // the policy's folder with its `/`; places are within it
};

class Book {
 public:
  explicit Book(const BookInput& input);

  const check::Policy& policy() const { return input_.policy; }
  const core::Policy& core() const { return input_.core; }
  const check::SchemaSet& schemas() const { return input_.schemas; }
  const check::Decl& operator[](check::DeclId id) const { return input_.policy[id]; }
  std::vector<const check::Decl*> OfKind(std::string_view kind) const;
  const core::Machine* Machine(std::string_view name) const;

  // "alert-registry_down"; the same for a declaration whatever else is in the policy.
  std::string Anchor(const check::Decl& decl) const;
  // "policy.tocsin:24".
  std::string Place(const check::Decl& decl) const;
  // Its name, as a link to it.
  Piece Link(const check::Decl& decl) const;
  // Its name and title.
  Line Named(const check::Decl& decl) const;
  // What the comment right above it says; for the policy, that at the head of its file. Empty where
  // there is none.
  std::string Comment(const check::Decl& decl) const;

  // Code in which the names of declarations lead to them.
  Piece Linked(std::string_view code) const;
  // What stands in a span, in one line.
  std::string Written(diagnostics::Span span) const;
  // What stands after `=`; empty where nothing does.
  std::string Value(const check::Decl& decl) const;
  // A field as people read it: texts without quotes, names as links, anything else as written.
  Line Shown(const check::Decl& decl, const check::Field& field) const;
  Line Shown(const check::Decl& decl, std::string_view field) const;
  // Whether a field has a value that is no default.
  static bool Writes(const check::Decl& decl, std::string_view field);
  Line Recipients(const check::Recipients& recipients) const;
  // Those declarations that name this one in a field of theirs.
  std::vector<const check::Decl*> Users(const check::Decl& decl, std::string_view kind) const;
  // "field: value" of all that is written and not among these; a pair for each.
  std::vector<std::vector<Line>> Others(const check::Decl& decl,
                                        const std::set<std::string_view>& said) const;
  // The declarations whose names stand in what was written, in the order in which they do.
  std::vector<const check::Decl*> NamesIn(std::string_view code) const;

 private:
  struct Found {
    const syntax::Tree* tree = nullptr;
    const syntax::Decl* decl = nullptr;
  };
  const Found* Find(const check::Decl& decl) const;
  std::string CommentAbove(diagnostics::SourceId source, std::uint32_t line) const;
  Line ShownValue(const check::Value& value) const;

  BookInput input_;
  std::map<diagnostics::Span, Found> written_;  // by the place of the name, or of the kind
  std::map<std::string_view, const check::Decl*> by_name_;
  std::map<std::string_view, const core::Machine*> machines_;
  std::map<const check::Decl*, std::size_t> nameless_;  // among those of its kind
};

}  // namespace tocsin::doc
