// tocsin fmt: the one layout.

#include <fmt/format.h>

#include <iostream>
#include <iterator>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "runtime/base/limits.h"

namespace tocsin::driver {
namespace {

int FormatInput() {
  Compilation compilation;
  std::string text(std::istreambuf_iterator<char>(std::cin), {});
  const auto source = compilation.sources.Add("standard input", std::move(text));
  const syntax::Tree tree = parse::ParseFile(source, compilation.sources, compilation.sink);
  if (!tree.complete) {
    Show(stderr, compilation.sink, compilation.sources);
    return kFindings;
  }
  fmt::print("{}", format::Format(tree, compilation.sources));
  return kClean;
}

int Run(const std::vector<std::string>& arguments) {
  Options options("fmt POLICY... [--check]",
                  "Lays out policies in the one way there is, in place. `-` reads standard input "
                  "and prints the result.\n"
                  "A file with mistakes in its grammar is left as it is, and they are reported.");
  options.Flag("check", "change nothing; exit code 1 where a file would change")
      .Positional("POLICY", 1, 1000);
  if (!options.Parse(arguments)) return options.exit_code();
  if (options.positional() == std::vector<std::string>{"-"}) return FormatInput();
  int exit_code = kClean;
  for (const std::string& path : options.positional()) {
    Compilation compilation;
    Compile(path, Stage::kSyntax, compilation);
    for (const syntax::Tree& tree : compilation.trees) {
      if (!tree.complete) continue;
      const std::string name(compilation.sources.path(tree.source));
      const std::string text = format::Format(tree, compilation.sources);
      if (text == compilation.sources.text(tree.source)) continue;
      if (options.Has("check")) {
        fmt::print("{} would change\n", name);
        exit_code = kFindings;
      } else if (WriteFile(name, text, compilation.sink)) {
        fmt::print("{} laid out\n", name);
      }
    }
    Show(stderr, compilation.sink, compilation.sources);
    if (compilation.failed()) exit_code = kFindings;
  }
  return exit_code;
}

}  // namespace

extern const CommandRow command_fmt;
const CommandRow command_fmt{"fmt", "lay a policy out in the one way there is", Run};

}  // namespace tocsin::driver
