// A tree to the declarations in it and where they are, for findings that name theirs.
#pragma once

#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/declarations.h"

namespace tocsin::syntax {

// Adds every declaration of the tree, each row of a table and each nested one, as `kind name` after
// those it is in: `escalation climb/rung`. What has no name has its title, where it has one. With
// them their clauses are added.
void Outline(const Tree& tree, const diagnostics::SourceSet& sources,
             diagnostics::Declarations& declarations);

}  // namespace tocsin::syntax
