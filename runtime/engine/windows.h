// Windows of a program: for each, the partials of its panes, kept in columns, and one step a tick.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "runtime/engine/columns.h"
#include "runtime/engine/window_source.h"
#include "runtime/values/functions.h"

namespace tocsin::engine {

class Windows {
 public:
  Windows(const ir::Program& program, Columns& columns,
          std::span<const values::FunctionRow* const> functions);

  // Where the samples of a signal go until the next tick; null where no window is over them.
  Arrivals* ArrivalsOf(ir::SignalId signal);
  // Computes a window's result at a tick. Each runs once at every tick.
  void Run(std::uint32_t window, values::Instant tick);
  // After the last step of a tick.
  void Finish();

 private:
  struct State {
    const values::Aggregate* aggregate = nullptr;
    ir::AnyColumn
        now;  // what a row must have for the window to speak of it; none where it need not
    WindowSource* source = nullptr;
    values::Panes panes;
    std::int64_t pane = std::numeric_limits<std::int64_t>::min();  // the one it is in
    std::size_t capacity = 0;
    // Of this block's panes up to now, and of the block before from the next one's place on; behind
    // them one without samples.
    AlignedVector<double> slots;
    AlignedVector<double> block;  // the closed panes of this block
    double longest_gap_s = 0;     // between two samples of which one is the other's previous
    std::unique_ptr<values::TickWindow> by_ticks;  // in the place of all the partials
  };

  ir::AnyColumn ColumnOf(const ir::Window& window) const;
  WindowSource& SourceOf(const ir::Window& window, bool of_ticks);
  static values::Partials At(AlignedVector<double>& data, const State& state, std::int64_t slot);
  void Grow(State& state, std::size_t capacity);
  static void Turn(State& state, std::int64_t rows);
  void Slide(const ir::Window& window, State& state, values::Instant tick, bool fresh);
  double* ResultsAt(const ir::Window& window, std::int64_t first, double* aside);
  void Store(const ir::Window& window, const State& state, std::int64_t first,
             std::span<double> results);
  void SlideByTicks(const ir::Window& window, State& state);

  const ir::Program& program_;
  Columns& columns_;
  std::vector<std::unique_ptr<WindowSource>> sources_;
  std::vector<State> states_;             // by window
  std::vector<WindowSource*> by_signal_;  // null where no window is over its samples
};

}  // namespace tocsin::engine
