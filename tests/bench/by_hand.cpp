#include "tests/bench/by_hand.h"

#include <cmath>
#include <limits>

namespace tocsin::bench {
namespace {

constexpr std::int64_t kNotHeld = std::numeric_limits<std::int64_t>::min();
constexpr double kLargest = std::numeric_limits<double>::max();

struct Columns {
  explicit Columns(const ir::KernelFrame& frame)
      : a(frame.numbers_in[0].values),
        b(frame.numbers_in[1].values),
        a_known(frame.numbers_in[0].known),
        b_known(frame.numbers_in[1].known),
        since(frame.holds[0].since),
        out_true(frame.truths_out[0].is_true),
        out_known(frame.truths_out[0].known),
        duration(frame.holds[0].duration_ms),
        limit(frame.constants[0]) {}
  const double* __restrict a;
  const double* __restrict b;
  const std::uint8_t* __restrict a_known;
  const std::uint8_t* __restrict b_known;
  std::int64_t* __restrict since;
  std::uint8_t* __restrict out_true;
  std::uint8_t* __restrict out_known;
  std::int64_t duration;
  double limit;
};

[[gnu::always_inline]] inline void Plain(const ir::KernelFrame& frame) {
  const Columns to(frame);
  for (std::int64_t block = 0; block < frame.blocks; ++block) {
    const unsigned both = to.a_known[block] & to.b_known[block];
    unsigned is_true = 0, known = 0;
    for (unsigned lane = 0; lane < ir::kLanes; ++lane) {
      const std::int64_t row = block * ir::kLanes + lane;
      const double quotient = to.a[row] / to.b[row];
      const bool is_known = (both >> lane & 1u) != 0 && std::fabs(quotient) <= kLargest;
      const bool holds = is_known && quotient > to.limit;
      const std::int64_t was = to.since[row];
      const std::int64_t kept = was == kNotHeld ? frame.tick_ms : was;
      const std::int64_t moved = was == kNotHeld ? kNotHeld : was + frame.step_ms;
      to.since[row] = holds ? kept : is_known ? kNotHeld : moved;
      is_true |= static_cast<unsigned>(holds && frame.tick_ms - kept >= to.duration) << lane;
      known |= static_cast<unsigned>(is_known) << lane;
    }
    to.out_true[block] = static_cast<std::uint8_t>(is_true);
    to.out_known[block] = static_cast<std::uint8_t>(known);
  }
}

// The vectors of g++ and clang: four rows, the width of AVX2.
constexpr unsigned kWidth = 4;
using Doubles = double __attribute__((vector_size(32), may_alias));
using Masks = std::int64_t __attribute__((vector_size(32), may_alias));

[[gnu::always_inline]] inline unsigned Packed(Masks mask) {
  const Masks bits = mask & Masks{1, 2, 4, 8};
  return static_cast<unsigned>((bits[0] | bits[1]) | (bits[2] | bits[3]));
}

[[gnu::always_inline]] inline void Vectors(const ir::KernelFrame& frame) {
  const Columns to(frame);
  for (std::int64_t block = 0; block < frame.blocks; ++block) {
    const unsigned both_known = to.a_known[block] & to.b_known[block];
    unsigned is_true = 0, is_known = 0;
    for (unsigned first = 0; first < ir::kLanes; first += kWidth) {
      const std::int64_t row = block * ir::kLanes + first;
      const Doubles a = *reinterpret_cast<const Doubles*>(to.a + row);
      const Doubles b = *reinterpret_cast<const Doubles*>(to.b + row);
      auto* since = reinterpret_cast<Masks*>(to.since + row);
      const Doubles quotient = a / b;
      const Masks both = (static_cast<std::int64_t>(both_known >> first) & Masks{1, 2, 4, 8}) != 0;
      const Masks known = both & (quotient <= kLargest) & (quotient >= -kLargest);
      const Masks holds = known & (quotient > to.limit);
      const Masks was = *since;
      const Masks never = was == kNotHeld;
      const Masks kept = never ? frame.tick_ms + Masks{} : was;
      const Masks moved = never ? was : was + frame.step_ms;
      *since = holds ? kept : (known ? kNotHeld + Masks{} : moved);
      is_true |= Packed(holds & (frame.tick_ms - kept >= to.duration)) << first;
      is_known |= Packed(known) << first;
    }
    to.out_true[block] = static_cast<std::uint8_t>(is_true);
    to.out_known[block] = static_cast<std::uint8_t>(is_known);
  }
}

}  // namespace

void ByHand(const ir::KernelFrame& frame) { Plain(frame); }
[[gnu::target("avx2")]] void ByHandVectors(const ir::KernelFrame& frame) { Vectors(frame); }
bool HasAvx2() { return __builtin_cpu_supports("avx2") != 0; }

}  // namespace tocsin::bench
