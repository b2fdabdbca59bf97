#include "tests/support/runner.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include <fmt/format.h>

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

RunnerOptions ReadArguments(const Runner& runner, int argc, char** argv) {
  RunnerOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == runner.flag) {
      options.flag = true;
    } else if (argument == "--program" && i + 1 < argc) {
      options.program = fs::absolute(argv[++i]);
    } else if (!argument.starts_with("-")) {
      options.wanted.emplace_back(argument);
    } else {
      throw std::runtime_error("unknown argument " + argument);
    }
  }
  if (options.program.empty() || options.wanted.empty()) {
    throw std::runtime_error(
        fmt::format("usage: {} --program TOCSIN [{}] FILE_OR_FOLDER...", runner.name, runner.flag));
  }
  return options;
}

std::vector<fs::path> Collect(const Runner& runner, const RunnerOptions& options) {
  std::vector<fs::path> files;
  for (const fs::path& wanted : options.wanted) {
    if (!fs::is_directory(wanted)) {
      files.push_back(fs::absolute(wanted));
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(wanted)) {
      if (entry.path().extension() == runner.extension) files.push_back(fs::absolute(entry.path()));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

int CheckAll(const Runner& runner, const RunnerOptions& options, const char* self) {
  const std::vector<fs::path> files = Collect(runner, options);
  std::size_t failed = 0;
  for (const fs::path& path : files) {
    std::string problems;
    try {
      problems = runner.check(path, options);
    } catch (const std::exception& error) {
      problems = fmt::format("  {}\n", error.what());
    }
    if (problems.empty()) continue;
    ++failed;
    fmt::print("{}\n{}  again: {} --program {} {}\n\n", path.string(), problems, self,
               options.program.string(), path.string());
  }
  fmt::print("{} {}, {} failed\n", files.size(), runner.noun, failed);
  // A folder without files would otherwise pass for ever.
  return failed == 0 && !files.empty() ? 0 : 1;
}

}  // namespace

int RunAll(const Runner& runner, int argc, char** argv) {
  try {
    return CheckAll(runner, ReadArguments(runner, argc, argv), argv[0]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: {}\n", runner.name, error.what());
    return 2;
  }
}

}  // namespace tocsin::testing
