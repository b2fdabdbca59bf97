#include "runtime/diagnostics/codes.h"

namespace tocsin::diagnostics::codes {
namespace {

constexpr const Row* kAll[] = {
#define TOCSIN_CODE(number, constant, slug, level, text) &constant,
#include "runtime/diagnostics/tables/all.def"
#undef TOCSIN_CODE
};

}  // namespace

std::span<const Row* const> All() { return kAll; }

}  // namespace tocsin::diagnostics::codes
