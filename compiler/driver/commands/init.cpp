// tocsin init: a small policy that works, and the signals of a running Prometheus.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "compiler/driver/command.h"
#include "compiler/driver/learn/signals.h"
#include "compiler/driver/learn/words.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "compiler/driver/starter/starter.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "runtime/diagnostics/codes.h"
#include "stdlib/functions/functions.h"

namespace tocsin::driver {
namespace {

namespace codes = diagnostics::codes;
namespace fs = std::filesystem;

constexpr std::size_t kMostMetrics = 2000;
constexpr std::size_t kMostEntries = 100'000;  // of a folder that is looked through
constexpr std::string_view kStarterPolicy = "policy my_policy \"My policy\"";

struct Request {
  fs::path folder;
  std::string name;
  bool named = false;  // by `--name`
  std::optional<learn::Question> question;
};

using Files = std::vector<PolicyText>;  // by their names in the folder

bool IsPolicyFile(const fs::path& path) { return path.extension() == ".tocsin"; }

// The names that the starter's files and the language have already.
std::set<std::string> TakenNames() {
  Files texts;
  for (const base::EmbeddedFile& file : StarterFiles()) {
    if (IsPolicyFile(file.name)) texts.push_back({std::string(file.name), std::string(file.text)});
  }
  Compilation compilation;
  CompileTexts(std::move(texts), "", Stage::kTyped, compilation);
  std::set<std::string> taken;
  for (const check::Decl& decl : compilation.typed.decls) taken.emplace(decl.name);
  taken.erase("my_policy");
  for (const values::FunctionRow* function : stdlib::Functions()) taken.emplace(function->name);
  return taken;
}

// What would be overwritten, or be one policy together with what is written.
bool IsFree(const fs::path& folder, const Request& request, diagnostics::Sink& sink) {
  const auto there = [&](const fs::path& path) {
    sink.Emit(codes::kAlreadyThere, {}, path.string())
        .Help("name a folder that is empty or not there yet");
    return false;
  };
  std::error_code error;
  std::vector<std::string> names;
  for (const base::EmbeddedFile& file : StarterFiles()) names.emplace_back(file.name);
  if (request.question) names.emplace_back("signals.tocsin");
  for (const std::string& name : names) {
    if (fs::exists(fs::symlink_status(folder / name, error))) return there(folder / name);
  }
  std::size_t seen = 0;
  fs::recursive_directory_iterator entries(folder, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    const fs::path& path = entries->path();
    if (path.filename().string().starts_with('.')) {
      entries.disable_recursion_pending();
    } else if (IsPolicyFile(path) || ++seen > kMostEntries) {
      return there(path);
    }
  }
  return true;
}

std::string TitleOf(std::string name) {
  std::ranges::replace(name, '_', ' ');
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

Files StarterOf(const std::string& name) {
  Files files;
  for (const base::EmbeddedFile& file : StarterFiles()) {
    std::string text(file.text);
    if (const std::size_t at = text.find(kStarterPolicy); at != text.npos)
      text.replace(at, kStarterPolicy.size(),
                   fmt::format("policy {} {}", name, learn::Quoted(TitleOf(name))));
    files.push_back({std::string(file.name), std::move(text)});
  }
  return files;
}

// As `tocsin fmt` would lay it out.
std::string LaidOut(std::string text) {
  Compilation compilation;
  const auto source = compilation.sources.Add("signals.tocsin", text);
  const syntax::Tree tree = parse::ParseFile(source, compilation.sources, compilation.sink);
  const auto laid_out = tree.complete ? format::Format(tree, compilation.sources) : std::nullopt;
  return laid_out.value_or(std::move(text));
}

// Whether what is written has no findings; otherwise something is wrong with this program.
bool Holds(const Files& files) {
  Files texts;
  std::ranges::copy_if(files, std::back_inserter(texts),
                       [](const PolicyText& file) { return IsPolicyFile(file.path); });
  std::ranges::sort(texts, {}, &PolicyText::path);
  Compilation compilation;
  CompileTexts(std::move(texts), "", Stage::kProgram, compilation);
  if (compilation.sink.all().empty()) return true;
  fmt::print(stderr, "tocsin: internal error: the new policy has findings; nothing was written\n");
  Show(stderr, compilation.sink, compilation.sources);
  return false;
}

// All files or none.
bool WriteAll(const fs::path& folder, const Files& files, diagnostics::Sink& sink) {
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (error) {
    sink.Emit(codes::kCannotWrite, {}, folder.string(), error.message());
    return false;
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (WriteFile((folder / files[i].path).string(), files[i].text, sink)) continue;
    for (std::size_t written = 0; written < i; ++written)
      fs::remove(folder / files[written].path, error);
    if (made) fs::remove(folder, error);
    return false;
  }
  return true;
}

// A path as a shell takes it.
std::string ShellWord(const std::string& path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/+:@";
  if (path.find_first_not_of(kPlain) == path.npos) return path;
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + '\'';
}

void SayWhatNext(const Request& request, const std::optional<learn::Answer>& answer) {
  const std::string folder = ShellWord(request.folder.string());
  if (answer && answer->metrics.size() < answer->fitting) {
    fmt::print("{}: a policy, and {} of the {} metrics there; `--match` and `--most` choose\n",
               folder, answer->metrics.size(), answer->fitting);
  } else if (answer) {
    fmt::print("{}: a policy, and {}\n", folder, Counted(answer->metrics.size(), "signal"));
  } else {
    fmt::print("{}: a policy, its people, its tests and a recording of an outage\n", folder);
  }
  const std::string recording = ShellWord((request.folder / "outage.csv").string());
  fmt::print("  tocsin check {}\n  tocsin test {}\n  tocsin simulate {} --history {}\n", folder,
             folder, folder, recording);
  fmt::print("Then say in {} what is watched, and in people.tocsin who is asked.\n",
             answer ? "signals.tocsin and policy.tocsin" : "policy.tocsin");
}

int Make(const Request& request, std::set<std::string> taken) {
  Compilation compilation;
  std::optional<learn::Answer> answer;
  int exit_code = kFindings;
  if (IsFree(request.folder, request, compilation.sink)) {
    Files files = StarterOf(request.name);
    if (request.question) {
      const std::string shown = learn::WithoutPassword(request.question->url);
      auto asked = learn::Ask(*request.question);
      if (asked) {
        answer = std::move(*asked);
        taken.insert(request.name);
        files.push_back(
            {"signals.tocsin", LaidOut(learn::SignalsText(*answer, shown, std::move(taken)))});
      } else {
        compilation.sink.Emit(codes::kCannotLearn, {}, shown, asked.error());
      }
    }
    if (!compilation.failed() && !Holds(files)) return kInternal;
    if (!compilation.failed() && WriteAll(request.folder, files, compilation.sink)) {
      SayWhatNext(request, answer);
      exit_code = kClean;
    }
  }
  Show(stderr, compilation.sink, compilation.sources);
  return exit_code;
}

// Why the arguments make no sense; empty where they do.
std::string ReadRequest(const Options& options, std::set<std::string> taken, Request& request) {
  request.folder = options.positional()[0];
  if (request.folder.empty()) return "the name of the folder is empty";
  std::error_code error;
  fs::path whole = fs::weakly_canonical(fs::absolute(request.folder, error), error);
  if (!whole.has_filename()) whole = whole.parent_path();
  request.named = options.Has("name");
  request.name = request.named ? options.Get("name") : whole.filename().string();
  const std::string free =
      learn::FreeName(request.name.empty() ? "my_policy" : request.name, "policy", taken);
  if (request.named && free != request.name)
    return fmt::format("a policy cannot be called `{}`; `{}` would do", request.name, free);
  request.name = free;
  if (!options.Has("from")) {
    if (options.Has("match") || options.Has("most"))
      return "`--match` and `--most` choose metrics, which takes `--from URL`";
    return {};
  }
  learn::Question question{.url = options.Get("from"), .patterns = options.GetAll("match")};
  const std::string most = options.Get("most", "200");
  const char* end = most.data() + most.size();
  const auto read = std::from_chars(most.data(), end, question.most_metrics);
  if (read.ec != std::errc() || read.ptr != end || question.most_metrics == 0 ||
      question.most_metrics > kMostMetrics)
    return fmt::format("`--most` takes a whole number from 1 to {}", kMostMetrics);
  request.question = std::move(question);
  return {};
}

int Run(const std::vector<std::string>& arguments) {
  Options options(
      "init FOLDER [--name NAME] [--from URL [--match PATTERN ...] [--most N]]",
      "Begins a policy: a small one that works, with people, tests and a recording to try it on.\n"
      "With --from the metrics of a running Prometheus are written down as its signals, too.\n"
      "Nothing is overwritten.");
  options.Value("name", "NAME", "the policy's name (default: the folder's)")
      .Value("from", "URL", "of a running Prometheus, as in http://localhost:9090")
      .Values("match", "PATTERN",
              "metrics with such a name: `*` stands for anything, `?` for a character; any number")
      .Value("most", "N", "no more metrics than these, the first by name (default: 200)")
      .Positional("FOLDER", 1, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  Request request;
  std::set<std::string> taken = TakenNames();
  const std::string wrong = ReadRequest(options, taken, request);
  if (!wrong.empty()) return options.Refuse(wrong);
  return Make(request, std::move(taken));
}

}  // namespace

extern const CommandRow command_init;
const CommandRow command_init{"init", "begin a policy: a small one that works", Run};

}  // namespace tocsin::driver
