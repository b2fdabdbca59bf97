// What compiled code and the interpreter are handed: plain pointers in a fixed layout, the same for
// both. The layout is part of the module format: a change raises kFrameVersion.
#pragma once

#include <cstdint>

namespace tocsin::ir {

inline constexpr std::uint32_t kFrameVersion = 1;

// Rows are worked on in blocks of eight, the lanes of a vector; every column is padded to whole
// blocks. Bit i of byte b of a bitmap is row 8 b + i. Pointers are aligned to 64 bytes. A Truth is
// two bitmaps: where it is true, and where it is known; true implies known.
inline constexpr std::int64_t kLanes = 8;

struct TruthView {
  std::uint8_t* is_true;
  std::uint8_t* known;
};
struct NumberView {
  double* values;
  std::uint8_t* known;
};
struct HoldView {
  std::int64_t* since;
  std::int64_t duration_ms;
};
struct LabelView {
  const std::int32_t* column;  // the value's number in each row
  std::int64_t value;
};

// Slots of a kernel's binding, in the order of the lists of ir::Kernel.
struct KernelFrame {
  std::int64_t blocks;
  std::int64_t tick_ms;
  std::int64_t step_ms;  // the distance between ticks
  const NumberView* numbers_in;
  const TruthView* truths_in;
  const double* constants;
  const LabelView* label_tests;
  const HoldView* holds;
  const NumberView* numbers_out;
  const TruthView* truths_out;
};
using KernelFunction = void (*)(const KernelFrame*);

// What an action may ask for. The first argument is MachineFrame::host.
struct MachineHost {
  void (*arm)(void* host, std::int64_t timer, std::int64_t due_ms);
  void (*cancel)(void* host, std::int64_t timer);
  void (*emit)(void* host, std::int64_t effect);
  void (*spawn)(void* host, std::int64_t child);
  void (*end_children)(void* host);
};

struct MachineFrame {
  std::int64_t now_ms;
  std::int64_t state;
  std::int64_t trigger;   // TriggerKind
  std::int64_t argument;  // of the trigger
  std::uint64_t inputs_true;
  std::uint64_t inputs_known;
  std::int64_t* fields;
  const MachineHost* calls;
  void* host;
};
// The first transition that applies, or -1.
using SelectFunction = std::int64_t (*)(const MachineFrame*);
// Runs the action of a transition.
using ActFunction = void (*)(const MachineFrame*, std::int64_t transition);

}  // namespace tocsin::ir
