// tocsin check: parse, type-check, analyse.

#include <charconv>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/cost_table.h"
#include "compiler/driver/fix.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "compiler/driver/report.h"
#include "runtime/diagnostics/formats/format.h"
#include "runtime/values/instants.h"

namespace tocsin::driver {
namespace {

std::string FormatNames() {
  std::string names;
  for (const diagnostics::FormatRow* format : diagnostics::Formats()) {
    names += (names.empty() ? "" : ", ") + std::string(format->name);
  }
  return names;
}

// A whole number of at least 1.
bool ReadCount(const std::string& text, std::size_t& count) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  return read.ec == std::errc() && read.ptr == end && count > 0;
}

bool ReadDay(const std::string& text, std::optional<std::int64_t>& day) {
  const auto midnight = text.size() == 10 ? values::ParseInstant(text) : std::nullopt;
  if (midnight) day = values::FloorDivide(*midnight, values::kDayMs);
  return midnight.has_value();
}

int Run(const std::vector<std::string>& arguments) {
  Options options("check POLICY [--format FORMAT] [--max-errors N] [--fix]",
                  "Reads a policy (a directory of .tocsin files, or one file), checks that it "
                  "means something, and\n"
                  "reports what is wrong or unwise. Exit code 0: no findings; 1: findings.");
  const std::string formats = "how findings are shown: " + FormatNames();
  options.Value("format", "FORMAT", formats.c_str())
      .Value("max-errors", "N", "show at most N findings, errors before warnings")
      .Flag("fix", "first make the fixes that are safe, in place")
      .Flag("fix-review", "first make those that should be looked at, too")
      .Flag("show-accepted", "show the findings that are accepted, too")
      .Flag("cost", "say what each tick may cost at most (with `terminal` and `json`)")
      .Value("at", "DAY",
             "judge by this day what is accepted, and from it on who is asked (default: today)")
      .Positional("POLICY", 1, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  const std::string name = options.Get("format", "terminal");
  const diagnostics::FormatRow* format = diagnostics::FindFormat(name);
  if (format == nullptr) {
    return options.Refuse(
        fmt::format("there is no format `{}`; there are {}", name, FormatNames()));
  }
  const bool cost = options.Has("cost");
  if (cost && name != "terminal" && name != "json")
    return options.Refuse("`--cost` is shown in the formats terminal and json");
  diagnostics::Selection selection{.accepted = options.Has("show-accepted")};
  if (options.Has("max-errors") && !ReadCount(options.Get("max-errors"), selection.most)) {
    return options.Refuse(
        fmt::format("`--max-errors {}` is not a number of at least 1", options.Get("max-errors")));
  }
  Compilation compilation;
  if (options.Has("at") && !ReadDay(options.Get("at"), compilation.day)) {
    return options.Refuse(
        fmt::format("`--at {}` is no day; write it as in `2027-03-01`", options.Get("at")));
  }
  const std::string& path = options.positional()[0];
  const bool review = options.Has("fix-review");
  diagnostics::Sink unwritten;
  if (review || options.Has("fix")) FixPolicy(path, review, unwritten);
  Show(stderr, unwritten, {});
  Compile(path, Stage::kProgram, compilation);
  fmt::print("{}", format->render(ReportOf(path, compilation, selection)));
  if (cost && compilation.checked) {
    fmt::print("{}", name == "json" ? CostJson(compilation.typed) : CostTable(compilation.typed));
  }
  return compilation.sink.all().empty() && unwritten.all().empty() ? kClean : kFindings;
}

}  // namespace

extern const CommandRow command_check;
const CommandRow command_check{
    "check", "check a policy: names, types, units, labels, and what is unwise", Run};

}  // namespace tocsin::driver
