// Typed indices into stores, so that a person's number cannot be used where a channel's is meant.
// An id is only valid with the store that gave it out; the default value is "none".
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace tocsin::base {

template <class Tag>
struct Id {
  static constexpr std::uint32_t kNone = 0xffffffffu;
  std::uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}
  constexpr bool valid() const { return index != kNone; }
  constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace tocsin::base

template <class Tag>
struct std::hash<tocsin::base::Id<Tag>> {
  std::size_t operator()(tocsin::base::Id<Tag> id) const noexcept { return id.index; }
};
