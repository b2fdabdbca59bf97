// Bytes from a file or from memory, decompressed where they begin with zstd's magic number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/history/history.h"

namespace tocsin::history {

struct InputError {
  enum class Kind : std::uint8_t { kCannotRead, kDamaged, kTruncated };
  Kind kind = Kind::kCannotRead;
  std::string detail;
};

class Input {
 public:
  virtual ~Input() = default;
  // Up to `size` bytes; 0 at the end.
  virtual std::expected<std::size_t, InputError> Read(char* to, std::size_t size) = 0;
  virtual Progress progress() const = 0;
};

std::expected<std::unique_ptr<Input>, InputError> OpenInput(const std::string& path);
std::expected<std::unique_ptr<Input>, InputError> OpenMemory(std::string_view data);

}  // namespace tocsin::history
