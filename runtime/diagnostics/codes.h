// Every code, as a constant of its stage: `codes::kUnknownName`. Rows live in tables/STAGE.def; a
// number is never reused.
#pragma once

#include <span>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::diagnostics::codes {

#define TOCSIN_CODE(number, constant, slug, level, text)                                           \
  inline constexpr ::tocsin::diagnostics::TypedRow<::tocsin::diagnostics::CountPlaceholders(text)> \
      constant{{number, slug, ::tocsin::diagnostics::Severity::level, text}};
#include "runtime/diagnostics/tables/all.def"
#undef TOCSIN_CODE

// All rows, by table and number.
std::span<const Row* const> All();

}  // namespace tocsin::diagnostics::codes
