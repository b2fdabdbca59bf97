// The program as people wait for it: whole processes on policies of the size that a large
// organisation comes to, on the file that was just saved, and on a small policy.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "tests/bench/bench.h"
#include "tests/bench/large_policy.h"
#include "tests/support/text.h"

extern char** environ;

namespace tocsin::bench {
namespace {

namespace fs = std::filesystem;

struct Cost {
  double seconds = 0;
  double cpu_ms = 0;
  double mib = 0;  // the most it held at once; not less than what this process did
};

[[noreturn]] void Fail(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

// The program that lies beside this one.
std::string Program() {
  return (fs::read_symlink("/proc/self/exe").parent_path() / "tocsin").string();
}

// A run must end with exit code 0: what fails early would look quick.
Cost RunProgram(std::vector<std::string> arguments, const fs::path& input) {
  arguments.insert(arguments.begin(), Program());
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const auto begin = std::chrono::steady_clock::now();
  pid_t pid = 0;
  const int error = posix_spawn(&pid, pointers[0], &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Fail(fmt::format("cannot start {}: {}", arguments[0], std::strerror(error)));
  int status = 0;
  rusage usage{};
  ::wait4(pid, &status, 0, &usage);
  const auto end = std::chrono::steady_clock::now();
  if (status != 0) Fail(fmt::format("{} ended with {}", fmt::join(arguments, " "), status));
  const auto ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return {std::chrono::duration<double>(end - begin).count(),
          ms(usage.ru_utime) + ms(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

// Policies on disk, written when first asked for.
class Policies {
 public:
  const fs::path& OfScale(std::size_t scale) {
    auto [at, fresh] = folders_.try_emplace(scale, scratch_.path() / std::to_string(scale));
    if (fresh) WriteLargePolicy(at->second, scale);
    return at->second;
  }
  // A copy that may be changed; the last one is thrown away.
  fs::path Copy(std::size_t scale) {
    const fs::path& from = OfScale(scale);
    const fs::path copy = scratch_.path() / "copy";
    fs::remove_all(copy);
    fs::copy(from, copy);
    return copy;
  }
  fs::path Saved() {
    constexpr std::size_t kLines = 2000;
    const fs::path file = scratch_.path() / "saved.tocsin";
    testing::WriteFile(file, TeamFile(0, 40, kLines));
    return file;
  }
  fs::path Small() {
    const fs::path file = scratch_.path() / "small.tocsin";
    testing::WriteFile(file, kSmall);
    return file;
  }

 private:
  static constexpr const char* kSmall = R"(policy small "A small policy" {}
label region : [eu, us]
signal up : bool by (region) { source: prometheus("up") }
channel phone {}
person ann { contact: [phone] }
level loud { inform: ann  via: phone }
alert down {
  level: loud
  says:  "{region} is down"
  when   not up for 30s
}
)";
  testing::ScratchFolder scratch_;
  std::map<std::size_t, fs::path> folders_;
};

template <class Work>
void RegisterProcess(const std::string& name, Work work) {
  constexpr int kTimes = 5;
  benchmark::RegisterBenchmark(name.c_str(),
                               [work](benchmark::State& state) {
                                 for (auto _ : state) {
                                   const Cost cost = work();
                                   state.SetIterationTime(cost.seconds);
                                   state.counters[kCpuMs] = cost.cpu_ms;
                                   state.counters[kMebibytes] = cost.mib;
                                 }
                               })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond)
      ->Iterations(1)
      ->Repetitions(kTimes)
      ->DisplayAggregatesOnly(true);
}

}  // namespace

void RegisterScale() {
  const auto policies = std::make_shared<Policies>();
  for (const std::size_t scale : {1, 2, 4}) {
    RegisterProcess(fmt::format("scale/check/{}", scale), [=] {
      return RunProgram({"check", policies->OfScale(scale).string()}, "/dev/null");
    });
  }
  for (const std::size_t scale : {1, 2, 4}) {
    RegisterProcess(fmt::format("scale/fmt/{}", scale), [=] {
      return RunProgram({"fmt", policies->Copy(scale).string()}, "/dev/null");
    });
  }
  RegisterProcess("save/fmt", [=] { return RunProgram({"fmt", "-"}, policies->Saved()); });
  RegisterProcess("start/check",
                  [=] { return RunProgram({"check", policies->Small().string()}, "/dev/null"); });
}

}  // namespace tocsin::bench
