#include "runtime/engine/earlier.h"

#include <algorithm>

namespace tocsin::engine {
namespace {

// Slots of `before` elements each become longer.
template <class T>
void Lengthen(AlignedVector<T>& slots, std::size_t count, std::size_t before, std::size_t size) {
  AlignedVector<T> grown(count * size, T{});
  for (std::size_t slot = 0; slot < count; ++slot)
    std::copy_n(slots.data() + slot * before, before, grown.data() + slot * size);
  slots = std::move(grown);
}

}  // namespace

Earlier::Earlier(const ir::Program& program, Columns& columns)
    : program_(program), columns_(columns) {
  for (const ir::Earlier& earlier : program.earlier)
    states_.push_back(
        {values::EarlierGridOf(earlier.ago_ms, program.resolution_ms), 0, {}, {}, {}});
}

// New rows held nothing.
void Earlier::Grow(State& state, bool number, std::size_t capacity) {
  if (capacity == state.capacity) return;
  const auto count = static_cast<std::size_t>(state.grid.count);
  const std::size_t before = state.capacity / ir::kLanes, blocks = capacity / ir::kLanes;
  if (number) {
    Lengthen(state.values, count, state.capacity, capacity);
  } else {
    Lengthen(state.states, count, before, blocks);
  }
  Lengthen(state.known, count, before, blocks);
  state.capacity = capacity;
}

Earlier::Slot Earlier::SlotAt(State& state, std::int64_t number) {
  const auto slot = static_cast<std::size_t>(values::FloorModulo(number, state.grid.count));
  const std::size_t blocks = state.capacity / ir::kLanes;
  const auto at = [slot](auto& slots, std::size_t size) {
    return slots.empty() ? nullptr : slots.data() + slot * size;
  };
  return {at(state.values, state.capacity), at(state.states, blocks), at(state.known, blocks)};
}

void Earlier::Run(std::uint32_t index, values::Instant tick) {
  State& state = states_[index];
  const ir::Earlier& earlier = program_.earlier[index];
  const bool number = earlier.of.number.valid();
  const std::uint32_t rows = columns_.rows(earlier.space).count();
  if (rows == 0) return;
  Grow(state, number, columns_.rows(earlier.space).capacity());
  const auto blocks = static_cast<std::size_t>(columns_.blocks(earlier.space));
  // What is not known is 0 in a column, so that it is taken as it is.
  const auto take = [&](const auto* from, auto* to, std::size_t each) {
    std::copy_n(from, blocks * each, to);
  };
  if (values::FloorModulo(tick, state.grid.step_ms) == 0) {
    const Slot now = SlotAt(state, values::FloorDivide(tick, state.grid.step_ms));
    if (number) {
      take(columns_.Number(earlier.of.number).values, now.values, ir::kLanes);
      take(columns_.Number(earlier.of.number).known, now.known, 1);
    } else {
      take(columns_.Truth(earlier.of.truth).is_true, now.is_true, 1);
      take(columns_.Truth(earlier.of.truth).known, now.known, 1);
    }
    Truncate(now, rows);
  }
  const Slot then = SlotAt(state, values::FloorDivide(tick - earlier.ago_ms, state.grid.step_ms));
  if (number) {
    take(then.values, columns_.Number(earlier.result.number).values, ir::kLanes);
    take(then.known, columns_.Number(earlier.result.number).known, 1);
  } else {
    take(then.is_true, columns_.Truth(earlier.result.truth).is_true, 1);
    take(then.known, columns_.Truth(earlier.result.truth).known, 1);
  }
}

// Lanes behind the last row may hold anything in a column; what will be a row there was absent.
void Earlier::Truncate(const Slot& slot, std::uint32_t rows) {
  const unsigned lanes = rows % ir::kLanes;
  if (lanes == 0) return;
  const auto keep = static_cast<std::uint8_t>((1u << lanes) - 1);
  slot.known[rows / ir::kLanes] &= keep;
  if (slot.values == nullptr) {
    slot.is_true[rows / ir::kLanes] &= keep;
  } else {
    std::fill(slot.values + rows, slot.values + (rows / ir::kLanes + 1) * ir::kLanes, 0.0);
  }
}

}  // namespace tocsin::engine
