#include "runtime/history/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tocsin::history {
namespace {

using Count = std::expected<std::size_t, InputError>;
using Opened = std::expected<std::unique_ptr<Input>, InputError>;

std::unexpected<InputError> SystemError(int number) {
  return std::unexpected(
      InputError{InputError::Kind::kCannotRead, std::generic_category().message(number)});
}

class FileInput : public Input {
 public:
  FileInput(int descriptor, std::uint64_t size) : descriptor_(descriptor), progress_{0, size} {}
  FileInput(const FileInput&) = delete;
  FileInput& operator=(const FileInput&) = delete;
  ~FileInput() override { close(descriptor_); }

  Count Read(char* to, std::size_t size) override {
    for (;;) {
      const ssize_t count = read(descriptor_, to, size);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return SystemError(errno);
      progress_.bytes_read += static_cast<std::size_t>(count);
      return static_cast<std::size_t>(count);
    }
  }
  Progress progress() const override { return progress_; }

 private:
  int descriptor_;
  Progress progress_;
};

class MemoryInput : public Input {
 public:
  explicit MemoryInput(std::string_view data) : data_(data) {}
  Count Read(char* to, std::size_t size) override {
    const std::size_t count = std::min(size, data_.size() - at_);
    if (count > 0) std::memcpy(to, data_.data() + at_, count);
    at_ += count;
    return count;
  }
  Progress progress() const override { return {at_, data_.size()}; }

 private:
  std::string_view data_;
  std::size_t at_ = 0;
};

// Puts bytes that were read ahead back in front.
class Rewound : public Input {
 public:
  Rewound(std::string head, std::unique_ptr<Input> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}
  Count Read(char* to, std::size_t size) override {
    if (at_ == head_.size()) return rest_->Read(to, size);
    const std::size_t count = head_.copy(to, size, at_);
    at_ += count;
    return count;
  }
  Progress progress() const override { return rest_->progress(); }

 private:
  std::string head_;
  std::size_t at_ = 0;
  std::unique_ptr<Input> rest_;
};

// One or more zstd frames. A frame that ends early is an error, because what is missing would look
// like silence.
class ZstdInput : public Input {
 public:
  explicit ZstdInput(std::unique_ptr<Input> packed)
      : packed_(std::move(packed)),
        stream_(ZSTD_createDCtx(), ZSTD_freeDCtx),
        buffer_(ZSTD_DStreamInSize()) {}

  Count Read(char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size && !drains_) {
        const Count count = packed_->Read(buffer_.data(), buffer_.size());
        if (!count) return count;
        if (*count == 0 && inside_frame_)
          return std::unexpected(InputError{InputError::Kind::kTruncated, ""});
        if (*count == 0) return 0;
        in_ = {buffer_.data(), *count, 0};
      }
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in_);
      if (ZSTD_isError(result)) {
        return std::unexpected(InputError{InputError::Kind::kDamaged, ZSTD_getErrorName(result)});
      }
      inside_frame_ = result != 0;
      drains_ = out.pos == out.size && inside_frame_;  // more may be waiting inside the decoder
    }
    return out.pos;
  }
  Progress progress() const override { return packed_->progress(); }

 private:
  std::unique_ptr<Input> packed_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> stream_;
  std::vector<char> buffer_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool inside_frame_ = false;
  bool drains_ = false;
};

Opened Detect(std::unique_ptr<Input> input) {
  static constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";
  std::string head(kZstdMagic.size(), '\0');
  std::size_t have = 0;
  while (have < head.size()) {
    const Count count = input->Read(head.data() + have, head.size() - have);
    if (!count) return std::unexpected(count.error());
    if (*count == 0) break;
    have += *count;
  }
  head.resize(have);
  const bool packed = head == kZstdMagic;
  std::unique_ptr<Input> whole = std::make_unique<Rewound>(std::move(head), std::move(input));
  if (packed) return std::make_unique<ZstdInput>(std::move(whole));
  return whole;
}

}  // namespace

Opened OpenInput(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return SystemError(errno);
  struct stat status{};
  if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
    const int number = S_ISDIR(status.st_mode) ? EISDIR : errno;
    close(descriptor);
    return SystemError(number);
  }
  return Detect(
      std::make_unique<FileInput>(descriptor, static_cast<std::uint64_t>(status.st_size)));
}

Opened OpenMemory(std::string_view data) { return Detect(std::make_unique<MemoryInput>(data)); }

}  // namespace tocsin::history
