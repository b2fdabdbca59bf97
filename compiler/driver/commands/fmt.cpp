// tocsin fmt: the one layout.

#include <fmt/format.h>

#include <cstdio>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/parallel.h"
#include "compiler/driver/policy.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::driver {
namespace {

// Reports a text whose layout no file can hold.
bool HasLayout(const std::optional<std::string>& laid_out, std::string_view name,
               diagnostics::Sink& sink) {
  if (laid_out) return true;
  sink.Emit(diagnostics::codes::kCannotWrite, {}, name,
            fmt::format("laid out it would be larger than {} MiB", base::kMaxSourceBytes >> 20))
      .Help("split it into several files");
  return false;
}

ExitCode WouldChange(std::string_view name) {
  fmt::print("{} would change\n", name);
  return kFindings;
}

// A byte more than a file may have is enough to report it.
std::string ReadInput() {
  std::string text;
  char buffer[65536];
  std::size_t got = 0;
  while (text.size() <= base::kMaxSourceBytes &&
         (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0) {
    text.append(buffer, got);
  }
  return text;
}

ExitCode FormatInput(bool check) {
  Compilation compilation;
  const auto source = compilation.sources.Add("standard input", ReadInput());
  const syntax::Tree tree = parse::ParseFile(source, compilation.sources, compilation.sink);
  const auto text = tree.complete ? format::Format(tree, compilation.sources) : std::nullopt;
  if (!tree.complete || !HasLayout(text, "standard input", compilation.sink)) {
    Show(stderr, compilation.sink, compilation.sources);
    return kFindings;
  }
  if (!check) {
    fmt::print("{}", *text);
  } else if (*text != compilation.sources.text(source)) {
    return WouldChange("standard input");
  }
  return kClean;
}

ExitCode FormatPolicy(const std::string& path, bool check) {
  Compilation compilation;
  Compile(path, Stage::kSyntax, compilation);
  std::vector<std::optional<std::string>> texts(compilation.trees.size());
  InParallel(texts.size(), [&](std::size_t i) {
    const syntax::Tree& tree = compilation.trees[i];
    if (tree.complete) texts[i] = format::Format(tree, compilation.sources);
  });
  ExitCode exit_code = kClean;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const syntax::Tree& tree = compilation.trees[i];
    if (!tree.complete || texts[i] == compilation.sources.text(tree.source)) continue;
    const std::string name(compilation.sources.path(tree.source));
    if (!HasLayout(texts[i], name, compilation.sink)) continue;
    if (check) {
      exit_code = WouldChange(name);
    } else if (WriteFile(name, *texts[i], compilation.sink)) {
      fmt::print("{} laid out\n", name);
    }
  }
  Show(stderr, compilation.sink, compilation.sources);
  return compilation.failed() ? kFindings : exit_code;
}

int Run(const std::vector<std::string>& arguments) {
  Options options("fmt POLICY... [--check]",
                  "Lays out policies in the one way there is, in place. `-` reads standard input "
                  "and prints the result.\n"
                  "A file with mistakes in its grammar is left as it is, and they are reported.");
  options.Flag("check", "change nothing; exit code 1 where a file would change")
      .Positional("POLICY", 1, 1000);
  if (!options.Parse(arguments)) return options.exit_code();
  const bool check = options.Has("check");
  int exit_code = kClean;
  for (const std::string& path : options.positional()) {
    const ExitCode one = path == "-" ? FormatInput(check) : FormatPolicy(path, check);
    if (one != kClean) exit_code = one;
  }
  return exit_code;
}

}  // namespace

extern const CommandRow command_fmt;
const CommandRow command_fmt{"fmt", "lay a policy out in the one way there is", Run};

}  // namespace tocsin::driver
