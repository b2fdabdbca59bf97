// Aggregates: what several samples are together, over a window of time or across rows. An aggregate
// keeps a *partial*, a few doubles that stand for any number of samples, and knows how two partials
// of neighbouring samples become one. Its laws, which the tests check: the partial of no samples
// changes nothing, and how samples are grouped changes no more than the last bits of a sum.
//
// Everything works on columns: `rows` consecutive rows, each by itself, so that the loops are
// vectors. NaN stands for no sample, and for a result that is absent.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

namespace tocsin::values {

// Partials of consecutive rows: field f of row r is base[f * stride + r].
struct Partials {
  double* base = nullptr;
  std::int64_t stride = 0;
};

// At most one sample of each row.
struct AggregateInput {
  const double* values = nullptr;
  const double* previous = nullptr;  // where needs_previous: the sample before it; NaN: none counts
  const double* seconds = nullptr;   // where needs_time: when, since the epoch
};

// How a window is cut: a pane is one tick, or as many as make a window of at most 240 panes; a
// window whose length is no whole number of panes is rounded up to one.
inline constexpr std::int64_t kMaxPanes = 240;
struct Panes {
  std::int64_t ticks = 0;  // in the window
  std::int64_t count = 0;
  std::int64_t length_ms = 0;  // of one
};
constexpr Panes PanesOf(std::int64_t length_ms, std::int64_t resolution_ms) {
  const std::int64_t ticks = (length_ms + resolution_ms - 1) / resolution_ms;
  const std::int64_t each = (ticks + kMaxPanes - 1) / kMaxPanes;
  return {ticks, (ticks + each - 1) / each, each * resolution_ms};
}

// What is looked back at is exact for up to kMostEarlier ticks. Further back, values are kept at as
// many ticks of a coarser grid, which is fixed to the epoch.
inline constexpr std::int64_t kMostEarlier = 1440;
struct EarlierGrid {
  std::int64_t step_ms = 0;
  std::int64_t count = 0;  // of values kept
};
constexpr EarlierGrid EarlierGridOf(std::int64_t ago_ms, std::int64_t resolution_ms) {
  const std::int64_t ticks = (ago_ms + resolution_ms - 1) / resolution_ms;
  const std::int64_t step_ms = (ticks + kMostEarlier - 1) / kMostEarlier * resolution_ms;
  return {step_ms, (ago_ms + step_ms - 1) / step_ms + 1};
}

struct AggregateContext {
  double now_s = 0;     // the tick, since the epoch
  double length_s = 0;  // of the window
  double ticks = 0;     // in the window
  std::span<const double> parameters;
  const double* bounds = nullptr;  // across rows of a function that has a bound label: its numbers
};

// A window that is no partials: it keeps what it needs of each row by itself, and takes the value
// at each tick. It is made for one window, a number of ticks long.
class TickWindow {
 public:
  virtual ~TickWindow() = default;
  virtual void Resize(std::int64_t rows) = 0;  // only ever grows; a new row has seen nothing
  // To the next tick.
  virtual void Advance() = 0;
  // Takes the values of consecutive rows at this tick, NaN where absent, and gives the results.
  virtual void Slide(std::int64_t first, std::int64_t rows, const double* values,
                     double* results) = 0;
};
struct TickWindowKind {
  std::unique_ptr<TickWindow> (*make)(std::span<const double> parameters,
                                      std::int64_t ticks) = nullptr;
  std::uint64_t (*bytes_of_row)(std::int64_t ticks) = nullptr;
};

// One tick of a window. It is cut into panes on a fixed grid, and the panes into blocks of as many
// as the window has (van Herk 1992, Gil and Werman 1993): what the window holds is the rest of the
// block before, from the pane after this one's place on, then the closed panes of this block, then
// this pane. So a result depends on the samples and the grid alone, and costs two merges.
struct Slide {
  AggregateInput sample;
  bool fresh = false;   // the pane begins with this sample
  bool closes = false;  // the pane ends with it
  Partials pane;
  Partials block;
  Partials rest;
  const AggregateContext* context = nullptr;
};

struct Aggregate {
  std::uint32_t fields = 0;
  bool needs_previous = false;
  bool needs_time = false;
  bool of_ticks = false;      // takes the value at each tick, even of a signal that is measured
  bool takes_absent = false;  // across rows, a row without a value takes part
  void (*clear)(Partials partials, std::int64_t rows) = nullptr;
  void (*add)(const AggregateInput& sample, Partials into, std::int64_t rows) = nullptr;
  // `into` may be one of the two.
  void (*merge)(Partials older, Partials newer, Partials into, std::int64_t rows) = nullptr;
  void (*slide)(const Slide& slide, std::int64_t rows, double* result) = nullptr;
  // Across rows: `count` values in canonical order. Value i goes to lane i modulo 8, and the lanes
  // become one as a fixed tree, whatever the machine.
  double (*fold)(const double* values, std::int64_t count,
                 const AggregateContext& context) = nullptr;
  // Over a window, in the place of `clear` to `slide`; of_ticks is set then.
  const TickWindowKind* by_ticks = nullptr;
};

}  // namespace tocsin::values
