// Slips of the hand: a policy with one token deleted, doubled, or swapped with the next one.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/slips/policies.h"

namespace tocsin::testing {

enum class SlipSort : std::uint8_t { kDeleted, kDoubled, kSwapped };
inline constexpr std::array<std::string_view, 3> kSlipSorts = {"deleted", "doubled", "swapped"};

struct Slip {
  SlipSort sort = SlipSort::kDeleted;
  std::size_t file = 0;  // of the policy
  std::string text;      // of that file, with the slip
  std::string what;      // `examples/a/b.tocsin:3:4 deleted `for``
};

// Every slip of a policy. Comments and the lines under table headers have none, and swapping two
// tokens that are the same is none.
std::vector<Slip> SlipsOf(const ShippedPolicy& policy);

enum class Verdict : std::uint8_t { kCaught, kHarmless, kMissed };

// Compiles the policy with the slip. Harmless is what leaves the typed policy as it is, printed as
// `typed`.
Verdict Judge(const ShippedPolicy& policy, const Slip& slip, std::string_view typed);

// The typed policy without a slip, printed.
std::string TypedText(const ShippedPolicy& policy);

}  // namespace tocsin::testing
