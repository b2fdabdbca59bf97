#include "compiler/study/only.h"

#include <fnmatch.h>

#include <fmt/format.h>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::study {

std::expected<Only, std::string> Only::Of(const ir::Program& program,
                                          const std::vector<std::string>& patterns) {
  Only only;
  if (patterns.empty()) return only;
  only.shown_.resize(program.machines.size(), false);
  for (const std::string& pattern : patterns) {
    bool fits = false;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < program.machines.size(); ++i) {
      const ir::Machine& machine = program.machines[i];
      if (machine.kind != "alert") continue;
      names.push_back(machine.name);
      if (::fnmatch(pattern.c_str(), machine.name.c_str(), FNM_NOESCAPE) != 0) continue;
      only.shown_[i] = true;
      if (machine.group.valid()) only.shown_[machine.group.index] = true;
      fits = true;
    }
    if (fits) continue;
    const std::string nearest = diagnostics::Nearest(pattern, names);
    return std::unexpected(
        fmt::format("no alert is called `{}`{}", diagnostics::Shown(pattern),
                    nearest.empty() ? "" : fmt::format("; did you mean `{}`?", nearest)));
  }
  return only;
}

}  // namespace tocsin::study
