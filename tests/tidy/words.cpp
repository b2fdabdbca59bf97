#include <regex>

#include <fmt/format.h>

#include "tests/tidy/rules.h"

namespace tocsin::testing {
namespace {

bool Within(const std::string& path, std::initializer_list<std::string_view> folders) {
  for (const std::string_view folder : folders) {
    if (path.starts_with(folder)) return true;
  }
  return false;
}

void Search(const TidyFile& file, const std::vector<std::string>& lines, const std::regex& pattern,
            std::string_view why, Problems& problems) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    if (!std::regex_search(lines[i], match, pattern)) continue;
    problems.push_back({file.path, i + 1, fmt::format("`{}`: {}", match.str(), why)});
  }
}

// What must not be in any file: written in pieces, so that this file is clean itself.
std::regex Forbidden() {
  return std::regex(R"((^|[^\w.])/(wo)"
                    R"(rk|ho)"
                    R"(me)/|\bTO)"
                    R"(DO\b|\bFIX)"
                    R"(ME\b|\bdeb\.deb)"
                    R"(ian\.org|registry\.npm)"
                    R"(js|\bpy)"
                    R"(pi\.org|\bcrates)"
                    R"(\.io|proxy\.gol)"
                    R"(ang)");
}

}  // namespace

Problems CheckWords(const Project& project) {
  static const std::regex kForbidden = Forbidden();
  static const std::regex kClock(
      R"(_clock::now|\bclock_gettime\b|\bgettimeofday\b|\btime\(|\bstd::rand\b|\bs?rand\()"
      R"(|random_device|mt19937|sleep_for|sleep_until)");
  static const std::regex kLibm(
      R"((std::|[^\w.:>]|^)(log|log2|log10|log1p|exp|exp2|expm1|pow|sin|cos|tan|asin|acos|atan)"
      R"(|atan2|sinh|cosh|tanh|cbrt|hypot|fma|tgamma|lgamma|erf|erfc)[fl]?\()");
  Problems problems;
  for (const TidyFile& file : project.files) {
    Search(file, file.lines, kForbidden, "the project speaks only of itself, and of what is done",
           problems);
    if (!IsCpp(file)) continue;
    if (Within(file.path, {"runtime/base/", "runtime/values/", "runtime/ir/", "runtime/engine/",
                           "stdlib/functions/"})) {
      Search(file, file.code, kClock, "decisions depend on no clock and no chance", problems);
    }
    if (Within(file.path,
               {"runtime/values/", "runtime/ir/", "runtime/engine/", "stdlib/functions/"})) {
      Search(file, file.code, kLibm,
             "libm differs between machines; runtime/values has what is needed", problems);
    }
  }
  return problems;
}

}  // namespace tocsin::testing
