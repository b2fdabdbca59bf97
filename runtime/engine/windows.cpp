#include "runtime/engine/windows.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "runtime/base/check.h"
#include "runtime/engine/results.h"
#include "runtime/engine/vectors.h"

namespace tocsin::engine {
namespace {

constexpr std::int64_t kChunkRows = 512;

// Between one field and the next of a partial: room for so many rows is a power of two, and a cache
// keeps few lines whose addresses differ by one of those.
constexpr std::size_t kApart = 9 * 8;
std::size_t StrideOf(std::size_t capacity) { return capacity + kApart; }

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// From row `first` on.
values::Partials From(values::Partials partials, std::int64_t first) {
  return {partials.base + first, partials.stride};
}

const values::FunctionRow& FunctionOf(std::span<const values::FunctionRow* const> functions,
                                      const ir::Window& window, const values::Panes& panes) {
  for (const values::FunctionRow* row : functions) {
    if (row->name == window.function && row->OverWindow(window.parameters, panes.ticks) != nullptr)
      return *row;
  }
  TOCSIN_CHECK(false, "no function of the table serves a window of `" + window.function + "`");
}

}  // namespace

Windows::Windows(const ir::Program& program, Columns& columns,
                 std::span<const values::FunctionRow* const> functions)
    : program_(program), columns_(columns), by_signal_(program.signals.size(), nullptr) {
  for (const ir::Window& window : program.windows) {
    State& state = states_.emplace_back();
    state.panes = values::PanesOf(window.length_ms, program.resolution_ms);
    const values::FunctionRow& function = FunctionOf(functions, window, state.panes);
    state.aggregate = function.OverWindow(window.parameters, state.panes.ticks);
    if (!function.of_silent_rows) state.now = ColumnOf(window);
    state.source = &SourceOf(window, state.aggregate->of_ticks);
    if (state.aggregate->needs_previous) state.source->NeedPrevious();
    if (state.aggregate->needs_time) state.source->NeedSeconds();
    state.longest_gap_s =
        static_cast<double>(std::max(window.length_ms, state.source->stale_ms())) / 1000;
    if (state.aggregate->by_ticks != nullptr)
      state.by_ticks = state.aggregate->by_ticks->make(window.parameters, state.panes.ticks);
  }
}

// Where the values at ticks of what it is over are.
ir::AnyColumn Windows::ColumnOf(const ir::Window& window) const {
  if (!window.signal.valid()) return window.of;
  const ir::Signal& signal = program_.signals[window.signal.index];
  return {signal.number, signal.truth};
}

WindowSource& Windows::SourceOf(const ir::Window& window, bool of_ticks) {
  const ir::AnyColumn column = ColumnOf(window);
  const bool samples = window.signal.valid() && !of_ticks;
  for (const auto& source : sources_) {
    if (samples ? source->Is(window.signal) : source->Is(column)) return *source;
  }
  sources_.push_back(samples ? std::make_unique<WindowSource>(program_, columns_, window.signal)
                             : std::make_unique<WindowSource>(program_, columns_, column));
  if (samples) by_signal_[window.signal.index] = sources_.back().get();
  return *sources_.back();
}

Arrivals* Windows::ArrivalsOf(ir::SignalId signal) {
  WindowSource* source = by_signal_[signal.index];
  return source == nullptr ? nullptr : &source->arrivals();
}

values::Partials Windows::At(AlignedVector<double>& data, const State& state, std::int64_t slot) {
  const std::size_t stride = StrideOf(state.capacity);
  return {data.data() + static_cast<std::size_t>(slot) * state.aggregate->fields * stride,
          static_cast<std::int64_t>(stride)};
}

// New rows have seen nothing.
void Windows::Grow(State& state, std::size_t capacity) {
  if (capacity == state.capacity) return;
  const std::size_t before = state.capacity;
  const std::size_t fields = state.aggregate->fields;
  const auto slots = static_cast<std::size_t>(state.panes.count) + 1;
  AlignedVector<double> old_slots = std::move(state.slots);
  AlignedVector<double> old_block = std::move(state.block);
  state.capacity = capacity;
  const std::size_t stride = StrideOf(capacity), stride_before = StrideOf(before);
  state.slots.assign(slots * fields * stride, 0);
  state.block.assign(fields * stride, 0);
  const auto refill = [&](const AlignedVector<double>& old, AlignedVector<double>& data,
                          std::size_t count) {
    for (std::size_t slot = 0; slot < count; ++slot) {
      state.aggregate->clear(At(data, state, static_cast<std::int64_t>(slot)),
                             static_cast<std::int64_t>(capacity));
      if (before == 0) continue;
      for (std::size_t field = 0; field < fields; ++field) {
        std::copy_n(old.data() + (slot * fields + field) * stride_before, before,
                    data.data() + (slot * fields + field) * stride);
      }
    }
  };
  refill(old_slots, state.slots, slots);
  refill(old_block, state.block, 1);
}

// A block ends: its panes become what is left of it from each of them on. A few rows at a time, so
// that what was merged last is still at hand.
void Windows::Turn(State& state, std::int64_t rows) {
  for (std::int64_t first = 0; first < rows; first += kChunkRows) {
    const std::int64_t count = std::min(kChunkRows, rows - first);
    for (std::int64_t slot = state.panes.count - 2; slot >= 0; --slot) {
      const values::Partials older = From(At(state.slots, state, slot), first);
      state.aggregate->merge(older, From(At(state.slots, state, slot + 1), first), older, count);
    }
  }
  state.aggregate->clear(At(state.block, state, 0), rows);
}

void Windows::Run(std::uint32_t window, values::Instant tick) {
  State& state = states_[window];
  const ir::Window& described = program_.windows[window];
  if (state.by_ticks != nullptr) {
    state.source->Prepare(tick);
    return SlideByTicks(described, state);
  }
  const std::int64_t rows = columns_.rows(described.space).count();
  if (rows == 0) return;
  Grow(state, columns_.rows(described.space).capacity());
  state.source->Prepare(tick);
  const std::int64_t pane = values::FloorDivide(tick - 1, state.panes.length_ms);
  const bool fresh = pane != state.pane;
  state.pane = pane;
  if (fresh && values::FloorModulo(pane, state.panes.count) == 0) Turn(state, rows);
  Slide(described, state, tick, fresh);
}

void Windows::Slide(const ir::Window& window, State& state, values::Instant tick, bool fresh) {
  const values::Aggregate& aggregate = *state.aggregate;
  // Of the pane that it is in, a long window may have only a part.
  const values::Instant begin = (state.pane - state.panes.count + 1) * state.panes.length_ms;
  const values::AggregateContext context{
      static_cast<double>(tick) / 1000, static_cast<double>(tick - begin) / 1000,
      static_cast<double>((tick - begin) / program_.resolution_ms), window.parameters};
  const std::int64_t place = values::FloorModulo(state.pane, state.panes.count);
  const values::Partials pane = At(state.slots, state, place);
  const values::Partials rest = At(state.slots, state, place + 1);
  const values::Partials block = At(state.block, state, 0);
  const bool closes = values::FloorModulo(tick, state.panes.length_ms) == 0;
  const std::int64_t rows = columns_.rows(window.space).count();
  const std::size_t last = state.source->rounds() - 1;
  std::array<double, kChunkRows> previous;
  std::array<double, kChunkRows> aside;
  for (std::int64_t first = 0; first < rows; first += kChunkRows) {
    const std::int64_t count = std::min(kChunkRows, rows - first);
    double* results = ResultsAt(window, first, aside.data());
    bool begins = fresh;
    for (std::size_t round = 0; round <= last; ++round) {
      const WindowSource::Round& samples = state.source->round(round);
      values::AggregateInput input{samples.values + first, nullptr, samples.seconds + first};
      if (aggregate.needs_previous && samples.longest_gap_s <= state.longest_gap_s) {
        input.previous = samples.previous + first;
      } else if (aggregate.needs_previous) {
        const double* gaps = state.source->Gaps(round) + first;
        for (std::int64_t i = 0; i < count; ++i) {
          const bool counts = gaps[i] <= state.longest_gap_s;
          previous[static_cast<std::size_t>(i)] =
              counts ? samples.previous[first + i] : std::numeric_limits<double>::quiet_NaN();
        }
        input.previous = previous.data();
      }
      if (round < last) {
        if (begins) aggregate.clear(From(pane, first), count);
        aggregate.add(input, From(pane, first), count);
        begins = false;
        continue;
      }
      aggregate.slide({input, begins, closes, From(pane, first), From(block, first),
                       From(rest, first), &context},
                      count, results);
    }
    Store(window, state, first, {results, static_cast<std::size_t>(count)});
  }
}

// Numbers are computed where they are to be; what becomes a truth, aside.
double* Windows::ResultsAt(const ir::Window& window, std::int64_t first, double* aside) {
  return window.result.number.valid() ? columns_.Number(window.result.number).values + first
                                      : aside;
}

// A source that is gone must not look as if all was quiet: without a value now there is nothing to
// say of what a row was.
void Windows::Store(const ir::Window& window, const State& state, std::int64_t first,
                    std::span<double> results) {
  const bool number = state.now.number.valid();
  if (number || state.now.truth.valid()) {
    const std::uint8_t* known =
        (number ? columns_.Number(state.now.number).known : columns_.Truth(state.now.truth).known) +
        first / ir::kLanes;
    const bool all = vectors::AllSet(known, (results.size() + ir::kLanes - 1) / ir::kLanes);
    for (std::size_t i = 0; !all && i < results.size(); i += ir::kLanes) {
      const std::uint8_t here = known[i / ir::kLanes];
      if (here == 0xff) continue;
      for (std::size_t lane = i; lane < std::min(results.size(), i + ir::kLanes); ++lane) {
        if ((here >> (lane - i) & 1u) == 0) results[lane] = kNone;
      }
    }
  }
  StoreResults(columns_, window.result, first, results);
}

void Windows::SlideByTicks(const ir::Window& window, State& state) {
  state.by_ticks->Advance();
  const std::int64_t rows = columns_.rows(window.space).count();
  state.by_ticks->Resize(columns_.rows(window.space).capacity());
  const double* values = state.source->round(0).values;
  std::array<double, kChunkRows> aside;
  for (std::int64_t first = 0; first < rows; first += kChunkRows) {
    const std::int64_t count = std::min(kChunkRows, rows - first);
    double* results = ResultsAt(window, first, aside.data());
    state.by_ticks->Slide(first, count, values + first, results);
    Store(window, state, first, {results, static_cast<std::size_t>(count)});
  }
}

void Windows::Finish() {
  for (const auto& source : sources_) source->Finish();
}

}  // namespace tocsin::engine
