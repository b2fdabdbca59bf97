#include "runtime/ir/binary.h"

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "runtime/ir/describe.h"
#include "runtime/ir/traits.h"
#include "runtime/ir/words.h"

namespace tocsin::ir {
namespace {

class Writer {
 public:
  static constexpr bool kReads = false;
  template <class T>
  void operator()(std::string_view, const T& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>) {
      Number<std::uint8_t>(static_cast<std::uint8_t>(value));
    } else if constexpr (std::is_same_v<T, double>) {
      Number(std::bit_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<T>) {
      Number(static_cast<std::make_unsigned_t<T>>(value));
    } else if constexpr (kIsId<T>) {
      Number(value.index);
    } else if constexpr (std::is_same_v<T, std::string>) {
      Count(value.size());
      bytes.append(value);
    } else if constexpr (kIsList<T>) {
      Count(value.size());
      for (const auto& item : value) (*this)({}, item);
    } else {
      Describe(*this, value);
    }
  }
  std::string bytes;

 private:
  template <class Unsigned>
  void Number(Unsigned value) {
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
      bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
    }
  }
  void Count(std::size_t count) {
    TOCSIN_CHECK(count <= std::numeric_limits<std::uint32_t>::max(), "a list is too long to write");
    Number(static_cast<std::uint32_t>(count));
  }
};

class Reader {
 public:
  static constexpr bool kReads = true;
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  void operator()(std::string_view name, T& value) {
    if (!ok()) return;
    if constexpr (std::is_same_v<T, bool>) {
      value = Byte(name, 2) != 0;
    } else if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(Byte(name, Words(T{}).size()));
    } else if constexpr (std::is_same_v<T, double>) {
      value = std::bit_cast<double>(Number<std::uint64_t>(name));
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(Number<std::make_unsigned_t<T>>(name));
    } else if constexpr (kIsId<T>) {
      value.index = Number<std::uint32_t>(name);
    } else if constexpr (std::is_same_v<T, std::string>) {
      const std::size_t count = Count(name, 1);
      value.assign(bytes_.substr(at_, count));
      at_ += count;
    } else if constexpr (kIsList<T>) {
      List(name, value);
    } else {
      Describe(*this, value);
    }
  }
  void Fail(std::string what) {
    if (ok()) error_ = fmt::format("{} (byte {})", what, at_);
  }
  bool ok() const { return error_.empty(); }
  bool at_end() const { return at_ == bytes_.size(); }
  const std::string& error() const { return error_; }

 private:
  template <class T>
  void List(std::string_view name, std::vector<T>& list) {
    // Nothing that stands in a list is written in fewer than four bytes, which bounds the memory
    // that a false count can ask for; the list grows as its items are read.
    const std::size_t count = Count(name, 4);
    list.clear();
    for (std::size_t i = 0; i < count && ok(); ++i) (*this)(name, list.emplace_back());
  }
  template <class Unsigned>
  Unsigned Number(std::string_view name) {
    if (bytes_.size() - at_ < sizeof(Unsigned)) {
      Fail(fmt::format("the bytes end within `{}`", name));
      return 0;
    }
    Unsigned value = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
      const auto byte = static_cast<Unsigned>(static_cast<std::uint8_t>(bytes_[at_ + i]));
      value = static_cast<Unsigned>(value | static_cast<Unsigned>(byte << (8 * i)));
    }
    at_ += sizeof(Unsigned);
    return value;
  }
  std::uint8_t Byte(std::string_view name, std::size_t end) {
    const auto value = Number<std::uint8_t>(name);
    if (value < end) return value;
    Fail(fmt::format("`{}` is {}, expected less than {}", name, value, end));
    return 0;
  }
  std::size_t Count(std::string_view name, std::size_t item_bytes) {
    const std::size_t count = Number<std::uint32_t>(name);
    if (count <= (bytes_.size() - at_) / item_bytes) return count;
    Fail(fmt::format("`{}` counts {}, more than the bytes that are left", name, count));
    return 0;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::string error_;
};

}  // namespace

std::string Encode(const Program& program) {
  Writer writer;
  Describe(writer, program);
  return std::move(writer.bytes);
}

std::expected<Program, std::string> Decode(std::string_view bytes) {
  Reader reader(bytes);
  Program program;
  Describe(reader, program);
  if (reader.ok() && !reader.at_end()) reader.Fail("bytes are left over after the program");
  if (!reader.ok()) return std::unexpected(reader.error());
  return program;
}

}  // namespace tocsin::ir
