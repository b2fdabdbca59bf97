// Files in and out, with every failure reported.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "compiler/driver/policy.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/diagnostics/render_terminal.h"

namespace tocsin::driver {

namespace codes = diagnostics::codes;

std::optional<std::string> ReadFile(const std::string& path, std::size_t most_bytes,
                                    diagnostics::Sink& sink) {
  const auto cannot = [&](std::string_view why) {
    sink.Emit(codes::kCannotRead, {}, path, why);
    return std::nullopt;
  };
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return cannot("it is a directory");
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
  const std::string temporary = path + ".new";
  const auto cannot = [&] {
    sink.Emit(codes::kCannotWrite, {}, path, std::strerror(errno));
    ::unlink(temporary.c_str());
    return false;
  };
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return cannot();
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
  return std::rename(temporary.c_str(), path.c_str()) == 0 || cannot();
}

std::string Counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

void Show(std::FILE* stream, const diagnostics::Sink& sink, const diagnostics::SourceSet& sources) {
  diagnostics::TerminalOptions options;
  options.colour = ::isatty(::fileno(stream)) != 0 && std::getenv("NO_COLOR") == nullptr;
  fmt::print(stream, "{}", diagnostics::RenderTerminal(sink.all(), sources, options));
  const std::string count = diagnostics::CountLine(sink);
  if (!count.empty()) fmt::print(stream, "{}\n", count);
}

}  // namespace tocsin::driver
