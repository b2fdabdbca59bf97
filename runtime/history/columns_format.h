// The layout of a packed recording, `.columns`: a file of blocks, each compressed by itself, that
// ends with a block of totals, so that one which was cut off is known by it.
//
//   file   := kColumnsMagic block* totals
//   block  := kind:1 length:4 packed_length:4 packed       packed is a zstd frame with a checksum
//   series := count:4 (metric labels:4 (name value)*)*     numbered on from the blocks before
//   samples:= count:4 series:count stamps:count values:8*count
//   event  := at:8 line:8 name alert by labels:4 (name value)*
//   totals := samples:8 events:8
//
// Numbers are little-endian; a text is its length:4 and its bytes. Series and stamps of samples are
// differences to the one before, zigzag and as a varint; of the bytes of values all first ones come
// first, then all second ones, and so on, because those are alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tocsin::history {

inline constexpr std::string_view kColumnsMagic = "TOCSINC\x01";
inline constexpr std::size_t kColumnsBlockHead = 9;            // bytes
inline constexpr std::size_t kColumnsBlockSamples = 1u << 16;  // at most
inline constexpr std::size_t kColumnsMaxBlock = 8u << 20;      // bytes, unpacked

enum class ColumnsBlock : std::uint8_t { kSeries = 1, kSamples = 2, kEvent = 3, kTotals = 4 };

inline std::uint64_t Zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
inline std::int64_t Unzigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

}  // namespace tocsin::history
