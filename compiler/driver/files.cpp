// Files in and out, with every failure reported.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "compiler/driver/policy.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::driver {

namespace codes = diagnostics::codes;

std::optional<std::string> ReadFile(const std::string& path, std::size_t most_bytes,
                                    diagnostics::Sink& sink) {
  const auto cannot = [&](std::string_view why) {
    sink.Emit(codes::kCannotRead, {}, path, why);
    return std::nullopt;
  };
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) return cannot("it is a directory");
  // Of a pipe nobody writes to there is no end.
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return cannot("it is not a regular file");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return cannot(std::strerror(errno));
  std::string text;
  char buffer[65536];
  std::size_t got = 0;
  while (text.size() <= most_bytes && (got = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    text.append(buffer, got);
  const bool failed = std::ferror(file) != 0;
  const int problem = errno;
  std::fclose(file);
  if (failed) return cannot(std::strerror(problem));
  if (text.size() > most_bytes) {
    sink.Emit(codes::kFileTooLarge, {}, path, most_bytes >> 20);
    return std::nullopt;
  }
  return text;
}

bool WriteFile(const std::string& path, std::string_view bytes, diagnostics::Sink& sink) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status)) {
    sink.Emit(codes::kCannotWrite, {}, path, "it is not a regular file");
    return false;
  }
  // What a link names is replaced, not the link.
  fs::path real = path;
  if (fs::is_symlink(real, error)) real = fs::weakly_canonical(real, error);
  // Beside the file, as only within one file system a file can take another's place; a name of
  // its own, as another process may be writing the same file.
  std::string temporary = real.string() + ".XXXXXX";
  int file = -1;
  const auto cannot = [&] {
    sink.Emit(codes::kCannotWrite, {}, path, std::strerror(errno));
    if (file >= 0) ::unlink(temporary.c_str());
    return false;
  };
  file = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0) return cannot();
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(file,
           fs::is_regular_file(status) ? static_cast<mode_t>(status.permissions()) : 0644 & ~mask);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int problem = errno;
      ::close(file);
      errno = problem;
      return cannot();
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool synced = ::fsync(file) == 0;
  if (::close(file) != 0 || !synced) return cannot();
  return std::rename(temporary.c_str(), real.c_str()) == 0 || cannot();
}

std::string Counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

diagnostics::TerminalOptions TerminalOf(std::FILE* stream) {
  diagnostics::TerminalOptions options;
  options.colour = ::isatty(::fileno(stream)) != 0 && std::getenv("NO_COLOR") == nullptr;
  return options;
}

void Show(std::FILE* stream, const diagnostics::Sink& sink, const diagnostics::SourceSet& sources) {
  fmt::print(stream, "{}", diagnostics::RenderTerminal(sink.all(), sources, TerminalOf(stream)));
  const std::string count = diagnostics::CountLine(sink);
  if (!count.empty()) fmt::print(stream, "{}\n", count);
}

}  // namespace tocsin::driver
