#include "compiler/driver/fix.h"

#include <filesystem>
#include <set>

#include "compiler/driver/policy.h"
#include "runtime/base/limits.h"
#include "runtime/diagnostics/mend.h"
#include "runtime/diagnostics/report.h"

namespace tocsin::driver {
namespace {

// Each round makes all fixes that do not touch; only fixes that make others possible need more.
constexpr int kMostRounds = 100;

// Whether the file is the policy's own: what it imports is others' to mend.
bool IsOf(const std::string& policy, std::string_view file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path within =
      fs::weakly_canonical(file, error).lexically_relative(fs::weakly_canonical(policy, error));
  return !within.empty() && *within.begin() != "..";
}

// Makes what can be made at once. False where nothing is left to make, or a file cannot be written.
bool Round(const std::string& path, bool review, std::set<std::string>& files, std::size_t& fixes,
           diagnostics::Sink& sink) {
  Compilation compilation;
  Compile(path, Stage::kTyped, compilation);
  const diagnostics::SourceSet& sources = compilation.sources;
  auto planned = diagnostics::PlanFixes(compilation.sink.all(), sources, review);
  std::erase_if(planned, [&](const diagnostics::PlannedFix& plan) {
    return !IsOf(path, sources.path(plan.fix->span.source));
  });
  std::set<diagnostics::SourceId> touched;
  for (const diagnostics::PlannedFix& plan : planned) touched.insert(plan.fix->span.source);
  for (const diagnostics::SourceId source : touched) {
    const std::string file(sources.path(source));
    if (!WriteFile(file, diagnostics::Mended(sources, source, planned), sink)) return false;
    files.insert(file);
    for (const auto& [finding, fix] : planned) {
      if (fix->span.source != source) continue;
      const diagnostics::Position at = sources.PositionOf(source, fix->span.begin);
      fmt::print(stderr, "fixed {} at {}:{}:{}: {}\n", finding->row->code, file, at.line, at.column,
                 diagnostics::Describe(*fix, sources));
      ++fixes;
    }
  }
  return !touched.empty();
}

}  // namespace

void FixPolicy(const std::string& path, bool review, diagnostics::Sink& sink) {
  std::set<std::string> files;
  std::size_t fixes = 0;
  int round = 0;
  while (round < kMostRounds && Round(path, review, files, fixes, sink)) ++round;
  if (round == kMostRounds) {
    fmt::print(stderr, "stopped after {} rounds of fixes: run it again for more\n", round);
  }
  if (fixes == 0) {
    fmt::print(stderr, "nothing to fix\n");
  } else {
    fmt::print(stderr, "made {} in {}\n", fixes == 1 ? "1 fix" : fmt::format("{} fixes", fixes),
               Counted(files.size(), "file"));
  }
}

}  // namespace tocsin::driver
