#include "runtime/history/cache.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/history/columns_writer.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;
namespace fs = std::filesystem;

// Raised where a reader reads the same bytes as something else than it did.
constexpr std::string_view kReading = "tocsin recording 1";

class File {  // closed with the scope
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { Close(); }
  int number() const { return descriptor_; }
  bool Close() {
    const int descriptor = std::exchange(descriptor_, -1);
    return descriptor < 0 || ::close(descriptor) == 0;
  }

 private:
  int descriptor_;
};

// The name under which a file is kept; nothing where it is no plain file that can be read.
std::optional<std::string> KeyOf(const std::string& path, Format format) {
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode))
    return std::nullopt;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  const std::string what = fmt::format("{} {}\n", kReading, static_cast<int>(format));
  bool fine = EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1 &&
              EVP_DigestUpdate(context.get(), what.data(), what.size()) == 1;
  std::vector<char> buffer(1u << 20);
  while (fine) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    fine = EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(count)) == 1;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  unsigned int size = 0;
  TOCSIN_CHECK(fine && EVP_DigestFinal_ex(context.get(), hash.data(), &size) == 1,
               "SHA-256 of a recording");
  std::string key;
  for (unsigned int i = 0; i < size; ++i) key += fmt::format("{:02x}", hash[i]);
  return key;
}

// A file beside the one it is to become; removed unless it did.
class Draft {
 public:
  explicit Draft(const std::string& becomes)
      : becomes_(becomes), name_(becomes + ".XXXXXX"), file_(::mkostemp(name_.data(), O_CLOEXEC)) {
    if (file_.number() < 0) error_ = errno;
    // As any other file: a folder may be shared.
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (error_ == 0) ::fchmod(file_.number(), 0644 & ~mask);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (!kept_ && file_.number() >= 0) ::unlink(name_.c_str());
  }
  int error() const { return error_; }

  bool Write(std::string_view bytes) {
    while (error_ == 0 && !bytes.empty()) {
      const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        error_ = errno;
      } else {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      }
    }
    return error_ == 0;
  }
  bool Keep() {
    if (error_ == 0 && ::fsync(file_.number()) != 0) error_ = errno;
    if (error_ == 0 && ::rename(name_.c_str(), becomes_.c_str()) != 0) error_ = errno;
    kept_ = error_ == 0;
    return kept_;
  }

 private:
  std::string becomes_;
  std::string name_;
  File file_;
  int error_ = 0;
  bool kept_ = false;
};

// Hands records on and writes them on the way.
class Copying final : public Reader {
 public:
  Copying(Reader& reader, ColumnsWriter& writer) : reader_(reader), writer_(writer) {}
  bool Next(Record& record) override {
    if (!reader_.Next(record)) return false;
    writer_.Add(record);
    return true;
  }
  bool failed() const override { return reader_.failed(); }
  Progress progress() const override { return reader_.progress(); }

 private:
  Reader& reader_;
  ColumnsWriter& writer_;
};

enum class Kept : std::uint8_t { kNothing, kWhole, kDamaged };

Kept LoadKept(const std::string& path, const std::string& kept, const Context& context,
              MergedHistory& history, const MergedHistory::OnProgress& on_progress) {
  std::error_code error;
  if (!fs::is_regular_file(kept, error)) return Kept::kNothing;
  const MergedHistory::Mark mark = history.Here();
  // What is wrong with it is not what is wrong with the recording.
  diagnostics::Sink unheard;
  const auto reader =
      OpenAs(kept, path, {context.series, context.sources, unheard}, {.format = Format::kColumns});
  if (reader != nullptr && history.Load(*reader, path, on_progress)) return Kept::kWhole;
  history.BackTo(mark);
  return Kept::kDamaged;
}

}  // namespace

bool LoadCached(const std::string& path, const std::string& folder, const Context& context,
                MergedHistory& history, const MergedHistory::OnProgress& on_progress) {
  const std::optional<Format> format = FormatOf(path);
  if (!format || *format == Format::kColumns) return history.Load(path, {}, on_progress);
  const std::optional<std::string> key = KeyOf(path, *format);
  if (!key) return history.Load(path, {}, on_progress);
  const auto cannot = [&](std::string_view why) {
    context.sink.Emit(codes::kNoCache, {}, path, why);
  };
  std::error_code error;
  fs::create_directories(folder, error);
  const std::string kept = (fs::path(folder) / (*key + ".columns")).string();
  switch (LoadKept(path, kept, context, history, on_progress)) {
    case Kept::kWhole:
      return true;
    case Kept::kDamaged:
      context.sink.Emit(codes::kDamagedCache, {}, kept, path);
      break;
    case Kept::kNothing:
      break;
  }
  Draft draft(kept);
  if (draft.error() != 0) {
    cannot(std::generic_category().message(draft.error()));
    return history.Load(path, {}, on_progress);
  }
  const std::unique_ptr<Reader> reader = Open(path, context);
  if (reader == nullptr) return false;
  ColumnsWriter writer(context.series, [&](std::string_view bytes) { return draft.Write(bytes); });
  Copying copying(*reader, writer);
  if (!history.Load(copying, path, on_progress)) return false;
  // A file that changed while it was read is not what its hash says.
  const bool same = KeyOf(path, *format) == key;
  if (!same) {
    cannot("it changed while it was read");
  } else if (!writer.Finish() || !draft.Keep()) {
    cannot(std::generic_category().message(draft.error()));
  }
  return true;
}

}  // namespace tocsin::history
