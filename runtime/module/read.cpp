#include <optional>
#include <utility>

#include <fmt/format.h>

#include "runtime/base/limits.h"
#include "runtime/ir/binary.h"
#include "runtime/ir/frames.h"
#include "runtime/ir/verify.h"
#include "runtime/module/format.h"
#include "runtime/module/hash.h"
#include "runtime/module/module.h"

namespace tocsin::module {
namespace {

using Kind = Problem::Kind;

std::uint64_t NumberAt(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return value;
}
bool SameHash(const HashBytes& hash, std::string_view bytes) {
  return bytes == std::string_view(hash.data(), hash.size());
}

struct Section {
  std::string_view name;
  std::string_view content;
};

class FileReader {
 public:
  explicit FileReader(std::string_view bytes) : bytes_(bytes) {}

  std::expected<Module, Problem> Run() {
    if (CheckHead() && ReadTable()) Assemble();
    if (problem_) return std::unexpected(std::move(*problem_));
    return std::move(module_);
  }

 private:
  template <class... Args>
  bool Fail(Kind kind, fmt::format_string<Args...> text, Args&&... args) {
    if (!problem_) problem_ = Problem{kind, fmt::format(text, std::forward<Args>(args)...)};
    return false;
  }

  // What comes before the table: whether this is a module, one that this program knows, and all of
  // it.
  bool CheckHead() {
    if (bytes_.empty()) return Fail(Kind::kNotAModule, "it is empty");
    if (bytes_.size() < kMagic.size() && kMagic.starts_with(bytes_)) {
      return Fail(Kind::kTruncated, "it ends after {} bytes", bytes_.size());
    }
    if (!bytes_.starts_with(kMagic)) {
      return Fail(Kind::kNotAModule, "it does not begin as a module does");
    }
    if (bytes_.size() < kFrameAt + 4) {
      return Fail(Kind::kTruncated, "it ends after {} bytes", bytes_.size());
    }
    const auto format = NumberAt(bytes_, kFormatAt, 4);
    const auto frame = NumberAt(bytes_, kFrameAt, 4);
    if (format != kFormatVersion || frame != ir::kFrameVersion) {
      return Fail(Kind::kVersion, "it has format {}.{}, expected {}.{}", format, frame,
                  kFormatVersion, ir::kFrameVersion);
    }
    if (bytes_.size() < kTableAt) {
      return Fail(Kind::kTruncated, "it ends after {} bytes", bytes_.size());
    }
    const auto length = NumberAt(bytes_, kLengthAt, 8);
    if (bytes_.size() > base::kMaxModuleBytes) {
      return Fail(Kind::kDamaged, "it has {} bytes, expected at most {}", bytes_.size(),
                  base::kMaxModuleBytes);
    }
    if (bytes_.size() < length) {
      return Fail(Kind::kTruncated, "it ends after {} of {} bytes", bytes_.size(), length);
    }
    if (bytes_.size() > length) {
      return Fail(Kind::kDamaged, "it has {} bytes, expected {}", bytes_.size(), length);
    }
    if (!SameHash(Sha256({bytes_.substr(0, kHashAt), bytes_.substr(kTableAt)}),
                  bytes_.substr(kHashAt, kHashBytes))) {
      return Fail(Kind::kDamaged, "its contents differ from its checksum");
    }
    return true;
  }

  // A file whose checksum is right may still have been made by anybody, so the rest trusts nothing
  // either.
  bool ReadTable() {
    std::size_t at = kTableAt;
    const auto take = [&](std::size_t size) -> std::optional<std::uint64_t> {
      if (bytes_.size() - at < size) return std::nullopt;
      at += size;
      return NumberAt(bytes_, at - size, size);
    };
    const auto broken = [&] { return Fail(Kind::kDamaged, "its table of sections is cut short"); };
    const auto count = take(4);
    if (!count) return broken();
    if (*count > kMaxSections) {
      return Fail(Kind::kDamaged, "it has {} sections, expected at most {}", *count, kMaxSections);
    }
    std::vector<std::pair<std::uint64_t, std::string_view>> rows;  // length, checksum
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto name_size = take(4);
      if (!name_size) return broken();
      if (*name_size > kMaxSectionName) return Fail(Kind::kDamaged, "a section has a long name");
      if (bytes_.size() - at < *name_size) return broken();
      const std::string_view name = bytes_.substr(at, *name_size);
      at += *name_size;
      const auto length = take(8);
      if (!length || bytes_.size() - at < kHashBytes) return broken();
      sections_.push_back({name, {}});
      rows.emplace_back(*length, bytes_.substr(at, kHashBytes));
      at += kHashBytes;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& [length, checksum] = rows[i];
      if (bytes_.size() - at < length) {
        return Fail(Kind::kDamaged, "section `{}` is longer than what is left", sections_[i].name);
      }
      sections_[i].content = bytes_.substr(at, length);
      at += length;
      if (!SameHash(Sha256({sections_[i].content}), checksum)) {
        return Fail(Kind::kDamaged, "section `{}` differs from its checksum", sections_[i].name);
      }
    }
    if (at != bytes_.size()) return Fail(Kind::kDamaged, "bytes are left over after its sections");
    return true;
  }

  bool Assemble() {
    if (sections_.size() < 2 || sections_[0].name != kCompilerSection ||
        sections_[1].name != kProgramSection) {
      return Fail(Kind::kDamaged, "its sections are not those of a module");
    }
    module_.compiler = sections_[0].content;
    for (std::size_t i = 2; i < sections_.size(); ++i) {
      const Section& section = sections_[i];
      if (!section.name.starts_with(kNativePrefix)) {
        return Fail(Kind::kVersion, "it has a section `{}`, which this version does not know",
                    section.name);
      }
      if (i > 2 && sections_[i - 1].name >= section.name) {
        return Fail(Kind::kDamaged, "its native code is not in order");
      }
      module_.native.push_back(
          {std::string(section.name.substr(kNativePrefix.size())), std::string(section.content)});
    }
    auto program = ir::Decode(sections_[1].content);
    if (!program) return Fail(Kind::kDamaged, "its program cannot be read: {}", program.error());
    const std::vector<std::string> problems = ir::Verify(*program);
    if (!problems.empty()) {
      return Fail(Kind::kUnsound, "{}{}", problems[0],
                  problems.size() > 1 ? fmt::format(" (and {} more)", problems.size() - 1) : "");
    }
    module_.program = *std::move(program);
    return true;
  }

  std::string_view bytes_;
  std::vector<Section> sections_;
  Module module_;
  std::optional<Problem> problem_;
};

}  // namespace

std::expected<Module, Problem> Read(std::string_view bytes) { return FileReader(bytes).Run(); }

}  // namespace tocsin::module
