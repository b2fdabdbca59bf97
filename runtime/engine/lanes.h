// The loops of the interpreter over one chunk: `blocks` blocks of eight rows. Every function here
// is one instruction's meaning, and writes each lane of its result.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "runtime/ir/frames.h"
#include "runtime/ir/program.h"

namespace tocsin::engine::lanes {

using ir::kLanes;
using ir::NumberView;
using ir::TruthView;

template <class Compare>
std::uint8_t Bits(const double* a, const double* b, Compare compare) {
  unsigned bits = 0;
  for (unsigned lane = 0; lane < kLanes; ++lane) {
    bits |= static_cast<unsigned>(compare(a[lane], b[lane])) << lane;
  }
  return static_cast<std::uint8_t>(bits);
}

inline std::uint8_t FiniteBits(const double* a) {
  unsigned bits = 0;
  for (unsigned lane = 0; lane < kLanes; ++lane) {
    const bool finite = std::fabs(a[lane]) <= std::numeric_limits<double>::max();
    bits |= static_cast<unsigned>(finite) << lane;
  }
  return static_cast<std::uint8_t>(bits);
}

inline void ZeroUnknown(double* values, std::uint8_t known) {
  if (known == 0xff) return;
  for (unsigned lane = 0; lane < kLanes; ++lane) {
    if ((known >> lane & 1u) == 0) values[lane] = 0.0;
  }
}

inline double* Block(double* values, std::int64_t block) { return values + block * kLanes; }

template <class Op>
void Arithmetic(NumberView a, NumberView b, NumberView out, std::int64_t blocks, Op op) {
  for (std::int64_t row = 0; row < blocks * kLanes; ++row) {
    out.values[row] = op(a.values[row], b.values[row]);
  }
  for (std::int64_t block = 0; block < blocks; ++block) {
    double* lanes = Block(out.values, block);
    const auto known =
        static_cast<std::uint8_t>(a.known[block] & b.known[block] & FiniteBits(lanes));
    out.known[block] = known;
    ZeroUnknown(lanes, known);
  }
}

template <class Op>
void Unary(NumberView a, NumberView out, std::int64_t blocks, Op op) {
  for (std::int64_t row = 0; row < blocks * kLanes; ++row) out.values[row] = op(a.values[row]);
  for (std::int64_t block = 0; block < blocks; ++block) {
    out.known[block] = a.known[block];
    ZeroUnknown(Block(out.values, block), a.known[block]);
  }
}

template <class Compare>
void Comparison(NumberView a, NumberView b, TruthView out, std::int64_t blocks, Compare compare) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    const auto known = static_cast<std::uint8_t>(a.known[block] & b.known[block]);
    const std::uint8_t bits = Bits(Block(a.values, block), Block(b.values, block), compare);
    out.known[block] = known;
    out.is_true[block] = static_cast<std::uint8_t>(bits & known);
  }
}

inline void And(TruthView a, TruthView b, TruthView out, std::int64_t blocks) {
  for (std::int64_t i = 0; i < blocks; ++i) {
    const unsigned is_true = a.is_true[i] & b.is_true[i];
    const unsigned is_false = (a.known[i] & ~a.is_true[i]) | (b.known[i] & ~b.is_true[i]);
    out.is_true[i] = static_cast<std::uint8_t>(is_true);
    out.known[i] = static_cast<std::uint8_t>(is_true | is_false);
  }
}

inline void Or(TruthView a, TruthView b, TruthView out, std::int64_t blocks) {
  for (std::int64_t i = 0; i < blocks; ++i) {
    const unsigned is_true = a.is_true[i] | b.is_true[i];
    const unsigned is_false = (a.known[i] & ~a.is_true[i]) & (b.known[i] & ~b.is_true[i]);
    out.is_true[i] = static_cast<std::uint8_t>(is_true);
    out.known[i] = static_cast<std::uint8_t>(is_true | is_false);
  }
}

inline void Not(TruthView a, TruthView out, std::int64_t blocks) {
  for (std::int64_t i = 0; i < blocks; ++i) {
    const std::uint8_t known = a.known[i];
    out.is_true[i] = static_cast<std::uint8_t>(known & ~a.is_true[i]);
    out.known[i] = known;
  }
}

inline void IsAbsent(TruthView a, TruthView out, std::int64_t blocks) {
  for (std::int64_t i = 0; i < blocks; ++i) {
    out.is_true[i] = static_cast<std::uint8_t>(~a.known[i]);
    out.known[i] = 0xff;
  }
}

inline void OnlyWhere(TruthView a, TruthView where, TruthView out, std::int64_t blocks) {
  for (std::int64_t i = 0; i < blocks; ++i) {
    const std::uint8_t kept = where.is_true[i];
    out.is_true[i] = static_cast<std::uint8_t>(a.is_true[i] & kept);
    out.known[i] = static_cast<std::uint8_t>(a.known[i] & kept);
  }
}

inline void NumberWhere(NumberView a, TruthView where, NumberView out, std::int64_t blocks) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    const auto known = static_cast<std::uint8_t>(a.known[block] & where.is_true[block]);
    double* lanes = Block(out.values, block);
    const double* from = Block(a.values, block);
    for (unsigned lane = 0; lane < kLanes; ++lane) lanes[lane] = from[lane];
    out.known[block] = known;
    ZeroUnknown(lanes, known);
  }
}

inline void TruthElse(TruthView a, TruthView b, TruthView out, std::int64_t blocks) {
  for (std::int64_t i = 0; i < blocks; ++i) {
    const auto instead = static_cast<unsigned>(b.is_true[i] & ~a.known[i]);
    const auto known = static_cast<std::uint8_t>(a.known[i] | b.known[i]);
    out.is_true[i] = static_cast<std::uint8_t>(a.is_true[i] | instead);
    out.known[i] = known;
  }
}

// Both hold 0 in rows where they are not known, and so does what is made of them.
inline void NumberElse(NumberView a, NumberView b, NumberView out, std::int64_t blocks) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    const std::uint8_t first = a.known[block];
    const auto known = static_cast<std::uint8_t>(first | b.known[block]);
    double* lanes = Block(out.values, block);
    const double* of_a = Block(a.values, block);
    const double* of_b = Block(b.values, block);
    for (unsigned lane = 0; lane < kLanes; ++lane)
      lanes[lane] = (first >> lane & 1u) != 0 ? of_a[lane] : of_b[lane];
    out.known[block] = known;
    ZeroUnknown(lanes, known);
  }
}

inline void Constant(double value, NumberView out, std::int64_t blocks) {
  for (std::int64_t row = 0; row < blocks * kLanes; ++row) out.values[row] = value;
  for (std::int64_t block = 0; block < blocks; ++block) out.known[block] = 0xff;
}

inline void LabelIs(const std::int32_t* column, std::int64_t value, TruthView out,
                    std::int64_t blocks) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    unsigned bits = 0;
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      bits |= static_cast<unsigned>(column[block * kLanes + lane] == value) << lane;
    }
    out.is_true[block] = static_cast<std::uint8_t>(bits);
    out.known[block] = 0xff;
  }
}

// `since` is the state of the chunk's rows; see the comment on Hold in instructions.def.
inline void Hold(TruthView a, std::int64_t* since, std::int64_t duration_ms, std::int64_t tick_ms,
                 std::int64_t step_ms, TruthView out, std::int64_t blocks) {
  for (std::int64_t block = 0; block < blocks; ++block) {
    const unsigned is_true = a.is_true[block];
    const unsigned known = a.known[block];
    unsigned held = 0;
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      std::int64_t& start = since[block * kLanes + lane];
      if ((is_true >> lane & 1u) != 0) {
        if (start == ir::kNotHeld) start = tick_ms;
        held |= static_cast<unsigned>(tick_ms - start >= duration_ms) << lane;
      } else if ((known >> lane & 1u) != 0) {
        start = ir::kNotHeld;
      } else if (start != ir::kNotHeld) {
        start += step_ms;
      }
    }
    out.is_true[block] = static_cast<std::uint8_t>(held);
    out.known[block] = static_cast<std::uint8_t>(known);
  }
}

}  // namespace tocsin::engine::lanes
