// Untyped trees to a typed policy. Never stops at the first mistake; a name that could not be found
// or an expression without a meaning is reported once and silent afterwards.
#pragma once

#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "compiler/check/typed.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::check {

// The policy itself comes first, then the folders that it imports, and those that they do.
struct Package {
  std::string prefix;  // of its names in the whole policy: `shared.`; empty for the policy itself
  std::map<std::string, std::size_t, std::less<>> imports;  // packages by their names in this one
};
struct Packages {
  std::vector<Package> all;
  std::vector<std::size_t> of_tree;  // of each tree; all of the policy itself where it is empty
};

// `schemas` is filled with the kinds of the standard library before, and gets the policy's own
// added. Trees, schemas and functions must outlive the result.
Policy Check(const std::deque<syntax::Tree>& trees, const diagnostics::SourceSet& sources,
             SchemaSet& schemas, std::span<const values::FunctionRow* const> functions,
             diagnostics::Sink& sink, const Packages& packages = {});

}  // namespace tocsin::check
