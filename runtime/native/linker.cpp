#include "runtime/native/linker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace tocsin::native {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMessageLimit = 500;  // of the linker's own words, in bytes

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    const fs::path parent = fs::temp_directory_path(error);
    std::string name = ((error ? fs::path("/tmp") : parent) / "tocsin-link-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string ReadWhole(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

struct Outcome {
  int spawn_error = 0;
  int status = 0;
};

// Runs the program without a shell, its messages going to a file.
Outcome Run(std::vector<std::string> words, const fs::path& messages) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const char* path = std::getenv("PATH");
  std::string path_entry = fmt::format("PATH={}", path == nullptr ? "/usr/bin:/bin" : path);
  std::string language = "LC_ALL=C";
  std::array<char*, 3> environment{path_entry.data(), language.data(), nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, messages.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  Outcome outcome;
  pid_t child = 0;
  outcome.spawn_error =
      ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (outcome.spawn_error != 0) return outcome;
  while (::waitpid(child, &outcome.status, 0) < 0) {
    if (errno != EINTR) {
      outcome.spawn_error = errno;
      break;
    }
  }
  return outcome;
}

}  // namespace

std::expected<std::string, std::string> LinkShared(std::string_view object) {
  const TemporaryFolder folder;
  if (folder.path().empty()) {
    return std::unexpected(fmt::format("no temporary folder can be made to link native code in: {}",
                                       std::strerror(errno)));
  }
  const fs::path input = folder.path() / "code.o";
  const fs::path output = folder.path() / "code.so";
  const fs::path messages = folder.path() / "messages";
  {
    std::ofstream stream(input, std::ios::binary);
    stream.write(object.data(), static_cast<std::streamsize>(object.size()));
    if (!stream.flush()) {
      return std::unexpected(fmt::format("native code cannot be written to `{}`: {}",
                                         input.string(), std::strerror(errno)));
    }
  }
  // `-z defs` refuses an object that needs anything from outside.
  const Outcome outcome =
      Run({"ld", "-shared", "--build-id=none", "-z", "noexecstack", "-z", "defs", "-z", "now",
           "--hash-style=gnu", "--strip-all", "-o", output.string(), input.string()},
          messages);
  if (outcome.spawn_error == ENOENT) {
    return std::unexpected(std::string(
        "linking native code needs the program `ld`, which is not in PATH: install it (Debian "
        "package `binutils`), or build the module without native code"));
  }
  if (outcome.spawn_error != 0) {
    return std::unexpected(
        fmt::format("the linker `ld` cannot be run: {}", std::strerror(outcome.spawn_error)));
  }
  if (!WIFEXITED(outcome.status) || WEXITSTATUS(outcome.status) != 0) {
    return std::unexpected(
        fmt::format("the linker `ld` failed: {}", ReadWhole(messages).substr(0, kMessageLimit)));
  }
  return ReadWhole(output);
}

}  // namespace tocsin::native
