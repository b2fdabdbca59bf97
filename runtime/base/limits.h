// Bounds on everything a user can write or send. Reaching one is a diagnostic with a code, never a
// crash.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tocsin::base {

inline constexpr std::size_t kMaxSourceBytes = 4u << 20;  // one policy file
inline constexpr std::size_t kMaxPolicyFiles = 1000;      // files of one policy
inline constexpr std::size_t kMaxNesting = 200;       // blocks, parentheses, lists in one another
inline constexpr std::size_t kMaxTokens = 1'000'000;  // tokens of one file
inline constexpr std::size_t kMaxRows = 1'000'000;    // rows of one set of labels
inline constexpr std::size_t kMaxDiagnostics = 1000;  // kept by one sink
inline constexpr std::size_t kMaxHistoryLine = 1u << 20;    // bytes of one line of recorded data
inline constexpr std::size_t kMaxModuleBytes = 256u << 20;  // one policy module
inline constexpr std::size_t kMaxExpressionParts =
    500;  // names, literals and operators of one expression
inline constexpr std::size_t kMaxCalendarParts =
    500;  // of one calendar, with those of the calendars that it is made of
inline constexpr std::size_t kMaxKernelInstructions = 4096;               // one series kernel
inline constexpr std::size_t kMaxMachineStates = 256;                     // one machine
inline constexpr std::int64_t kMaxDurationMs = 100LL * 366 * 86'400'000;  // 100 years

}  // namespace tocsin::base
