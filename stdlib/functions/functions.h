// The standard functions: one file each, one row each, collected in a table made at build time.
#pragma once

#include <span>

#include "runtime/values/functions.h"

namespace tocsin::stdlib {

std::span<const values::FunctionRow* const> Functions();

}  // namespace tocsin::stdlib
