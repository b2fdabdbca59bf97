// What the library that holds LLVM offers, as a table of plain functions: neither exceptions nor
// objects that one side frees for the other cross it. Both sides are built from one tree; kBuildTag
// tells when they were not.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/ir/frames.h"
#include "runtime/ir/program.h"
#include "runtime/native/native.h"

namespace tocsin::native {

// Receives bytes; what has been received stays with the receiver.
struct Sink {
  void* context;
  void (*write)(void* context, const char* bytes, std::size_t size);
};

struct MachineCode {
  ir::SelectFunction select;
  ir::ActFunction act;
};

// Code in memory. The arrays have the length of Program::shapes and Program::machines, and live,
// like the code, until `release` is called with `owner`.
struct LoadedCode {
  void* owner = nullptr;
  const ir::KernelFunction* kernels = nullptr;
  const MachineCode* machines = nullptr;
};

struct EmitRequest {
  const ir::Program* program;
  Level level;
  std::uint64_t fingerprint;  // of the program's code, for CodeLabel
};

struct EmitterAbi {
  std::uint32_t version;
  std::uint64_t build_tag;
  // Both return false after having written what went wrong to `error`.
  bool (*compile)(const EmitRequest* request, LoadedCode* code, const Sink* error);
  bool (*emit)(const EmitRequest* request, Artifact artifact, const Sink* bytes, const Sink* error);
  void (*release)(void* owner);
};

inline constexpr std::uint32_t kEmitterVersion = 1;
inline constexpr const char* kEmitterSymbol = "tocsin_emitter";
using EmitterFunction = const EmitterAbi* (*)();

// Differs when the two sides disagree about the layout of what they share.
constexpr std::uint64_t BuildTag() {
  std::uint64_t tag = ir::kFrameVersion;
  for (std::size_t part :
       {sizeof(ir::Program), sizeof(ir::Shape), sizeof(ir::SeriesInst), sizeof(ir::Machine),
        sizeof(ir::Transition), sizeof(ir::ScalarInst), sizeof(ir::KernelFrame),
        sizeof(ir::MachineFrame), offsetof(ir::Program, shapes), offsetof(ir::Program, machines),
        static_cast<std::size_t>(ir::SeriesOp::kStoreTruth),
        static_cast<std::size_t>(ir::ScalarOp::kEndChildren),
        static_cast<std::size_t>(ir::TriggerKind::kNobody)}) {
    tag = tag * 1'000'003 + part;
  }
  return tag;
}
inline constexpr std::uint64_t kBuildTag = BuildTag();

// The constant `tocsin_code` in every object: what the code was made for, so that a linked file is
// not run for a program, a frame layout or a processor that it does not fit.
struct CodeLabel {
  std::uint64_t frame_version;
  std::uint64_t level;
  std::uint64_t kernels;
  std::uint64_t machines;
  std::uint64_t fingerprint;
};
inline constexpr const char* kCodeLabelSymbol = "tocsin_code";
// The functions are `kernel_N` for the N-th shape, `select_N` and `act_N` for the N-th machine.

}  // namespace tocsin::native
