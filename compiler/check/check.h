// Untyped trees to a typed policy. Never stops at the first mistake; a name that could not be found
// or an expression without a meaning is reported once and silent afterwards.
#pragma once

#include <deque>
#include <span>

#include "compiler/check/typed.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::check {

// `schemas` is filled with the kinds of the standard library before, and gets the policy's own
// added. Trees, schemas and functions must outlive the result.
Policy Check(const std::deque<syntax::Tree>& trees, const diagnostics::SourceSet& sources,
             SchemaSet& schemas, std::span<const values::FunctionRow* const> functions,
             diagnostics::Sink& sink);

}  // namespace tocsin::check
