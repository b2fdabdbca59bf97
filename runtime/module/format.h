// The layout of a module file, see docs/reference/module.md. Numbers are in little-endian order.
#pragma once

#include <cstddef>
#include <string_view>

namespace tocsin::module {

inline constexpr std::string_view kMagic = "TOCSINM\n";
// Where things are: magic, format version (4 bytes), frame version (4), length of the file (8),
// hash of the file (32).
inline constexpr std::size_t kFormatAt = 8;
inline constexpr std::size_t kFrameAt = 12;
inline constexpr std::size_t kLengthAt = 16;
inline constexpr std::size_t kHashAt = 24;
inline constexpr std::size_t kTableAt = 56;  // number of sections (4), then a row for each

inline constexpr std::string_view kCompilerSection = "compiler";
inline constexpr std::string_view kProgramSection = "program";
inline constexpr std::string_view kNativePrefix = "native:";  // and the level

inline constexpr std::size_t kMaxSections = 64;
inline constexpr std::size_t kMaxSectionName = 64;

}  // namespace tocsin::module
