// tocsin test: the tests of a policy, in virtual time.

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/parallel.h"
#include "compiler/driver/policy.h"
#include "compiler/study/test_formats.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::driver {
namespace {

namespace codes = diagnostics::codes;

struct Request {
  bool interpret = true;
  bool compile = true;
  std::string format;
  std::vector<std::string> only;
};

// Whether a title is what a pattern says, where `*` stands for anything and `?` for one character.
bool Matches(std::string_view title, std::string_view pattern) {
  std::size_t at = 0, in_pattern = 0, star = pattern.npos, retry = 0;
  while (at < title.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      retry = at;
    } else if (in_pattern < pattern.size() &&
               (pattern[in_pattern] == '?' || pattern[in_pattern] == title[at])) {
      ++in_pattern;
      ++at;
    } else if (star != pattern.npos) {
      in_pattern = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (in_pattern < pattern.size() && pattern[in_pattern] == '*') ++in_pattern;
  return in_pattern == pattern.size();
}

using Tests = std::vector<const check::Decl*>;

// The tests that are asked for; nothing where a pattern is the title of none, which is said.
Tests Selected(const Tests& all, const Request& request, const Options& options, int& exit_code) {
  Tests selected;
  for (const check::Decl* test : all) {
    if (std::ranges::any_of(request.only, [&](const std::string& pattern) {
          return Matches(test->title, pattern);
        }))
      selected.push_back(test);
  }
  for (const std::string& pattern : request.only) {
    const auto matches = [&](const check::Decl* test) { return Matches(test->title, pattern); };
    if (std::ranges::any_of(all, matches)) continue;
    const std::string wider = "*" + pattern + "*";
    const bool part = std::ranges::any_of(
        all, [&](const check::Decl* test) { return Matches(test->title, wider); });
    exit_code = options.Refuse(fmt::format(
        "no test has a title like `{}`; {}", pattern,
        part ? fmt::format("`{}` would be one that has it in it", wider)
             : fmt::format("the first is called `{}`", diagnostics::Shown(all[0]->title))));
    return {};
  }
  return selected;
}

std::string Shown(const Request& request, const std::vector<study::TestResult>& results,
                  const Compilation& compilation) {
  if (request.format == "json") return study::TestsAsJson(results, compilation.sources);
  if (request.format == "junit") return study::TestsAsJunit(results, compilation.sources);
  return study::TestsForPeople(results, compilation.sources, TerminalOf(stdout));
}

int RunTests(const Request& request, const Tests& tests, Compilation& compilation) {
  const auto tester = study::Tester::Make(compilation.sources, compilation.typed,
                                          *compilation.program, request.interpret, request.compile);
  if (!tester) {
    compilation.sink.Emit(codes::kNoNative, {}, tester.error())
        .Help("run them with `--engine interpret`");
    return kFindings;
  }
  std::vector<study::TestResult> results(tests.size());
  InParallel(tests.size(), [&](std::size_t i) { results[i] = tester->Run(*tests[i]); });
  fmt::print("{}", Shown(request, results, compilation));
  if (std::fflush(stdout) != 0) throw std::system_error(errno, std::generic_category());
  int exit_code = kClean;
  for (const study::TestResult& result : results) {
    if (!result.disagreement.empty()) {
      fmt::print(stderr, "internal error: the engines disagree in the test \"{}\"\n{}\n",
                 result.test->title, result.disagreement);
      return kInternal;
    }
    if (!result.holds()) exit_code = kFindings;
  }
  return exit_code;
}

bool ReadRequest(const Options& options, Request& request) {
  request.format = options.Get("format", "terminal");
  request.only = options.GetAll("only");
  const std::string engine = options.Get("engine", "both");
  request.interpret = engine != "jit";
  request.compile = engine != "interpret";
  return engine == "interpret" || engine == "jit" || engine == "both";
}

int Run(const std::vector<std::string>& arguments) {
  Options options("test POLICY [--only PATTERN ...] [--format FORMAT]",
                  "Runs the tests of a policy in virtual time. Exit code 0: all hold; 1: one does "
                  "not, or the\n"
                  "policy has errors; 2: there is none to run. docs/reference/tests.md says how "
                  "they are written.");
  options
      .Values("only", "PATTERN",
              "those with such a title: `*` stands for anything, `?` for a character; any number")
      .Value("engine", "ENGINE",
             "interpret, jit (compiled by LLVM), or both (default): each is held against the other")
      .Value("format", "FORMAT", "terminal (default), json: one object a line, or junit")
      .Positional("POLICY", 1, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  Request request;
  if (!ReadRequest(options, request))
    return options.Refuse(fmt::format("there is no engine `{}`", options.Get("engine")));
  if (request.format != "terminal" && request.format != "json" && request.format != "junit")
    return options.Refuse(fmt::format("there is no format `{}`", request.format));
  Compilation compilation;
  const std::string& path = options.positional()[0];
  Compile(path, Stage::kProgram, compilation);
  int exit_code = kFindings;
  if (compilation.program) {
    Tests tests = study::TestsOf(compilation.typed);
    if (tests.empty())
      return options.Refuse(
          fmt::format("`{}` has no tests: add `test \"what must be true\" {{ ... }}`", path));
    exit_code = kClean;
    if (!request.only.empty()) tests = Selected(tests, request, options, exit_code);
    if (exit_code == kClean) exit_code = RunTests(request, tests, compilation);
  }
  Show(stderr, compilation.sink, compilation.sources);
  return exit_code;
}

}  // namespace

extern const CommandRow command_test;
const CommandRow command_test{"test", "run the tests of a policy in virtual time", Run};

}  // namespace tocsin::driver
