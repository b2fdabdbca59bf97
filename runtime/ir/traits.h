// What sort of thing a field is, for the archives of describe.h.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "runtime/base/ids.h"
#include "runtime/ir/program.h"

namespace tocsin::ir {

template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<base::Id<Tag>> = true;

template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;

// Values with nothing inside.
template <class T>
inline constexpr bool kIsScalar =
    std::is_arithmetic_v<T> || std::is_enum_v<T> || kIsId<T> || std::is_same_v<T, std::string>;

template <class T>
inline constexpr bool kIsInstruction =
    std::is_same_v<T, SeriesInst> || std::is_same_v<T, ScalarInst>;

}  // namespace tocsin::ir
