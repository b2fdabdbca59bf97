// tocsin explain: the page of a code.

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pages.h"
#include "runtime/diagnostics/explain.h"

namespace tocsin::driver {
namespace {

int Run(const std::vector<std::string>& arguments) {
  Options options("explain [CODE]",
                  "Shows the page of a code such as E0301, or of its name such as unknown-name. "
                  "Without a code, lists\n"
                  "them all.");
  options.Positional("CODE", 0, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  if (options.positional().empty()) {
    fmt::print("{}", diagnostics::ListCodes());
    return kClean;
  }
  const std::string& wanted = options.positional()[0];
  if (const auto page = diagnostics::FindPage(ErrorPages(), wanted)) {
    fmt::print("{}", *page);
    return kClean;
  }
  const std::string nearest = diagnostics::NearestCode(wanted);
  fmt::print(stderr, "tocsin: there is no code `{}`{}\n", wanted,
             nearest.empty() ? "; `tocsin explain` lists them all"
                             : fmt::format("; did you mean `{}`?", nearest));
  return kUsage;
}

}  // namespace

extern const CommandRow command_explain;
const CommandRow command_explain{"explain", "say what a code means, with examples", Run};

}  // namespace tocsin::driver
