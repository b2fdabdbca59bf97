// tocsin doc: the handbook of a policy, and the reference of the language.

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "compiler/doc/escape.h"
#include "compiler/doc/handbook.h"
#include "compiler/doc/reference.h"
#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pages.h"
#include "compiler/driver/policy.h"
#include "compiler/snapshot/standard.h"
#include "runtime/diagnostics/codes.h"
#include "stdlib/functions/functions.h"

namespace tocsin::driver {
namespace {

namespace codes = diagnostics::codes;
namespace fs = std::filesystem;

constexpr std::size_t kMostHelp = 1 << 20;

struct Output {
  std::string html;      // the file to write; empty: none
  std::string markdown;  // the same
  std::string folder;    // to be made where it is not there; empty: none
};

// A folder gets both forms, `NAME.html` and `NAME.md`; a file the form its ending names.
std::optional<Output> OutputAt(const std::string& path, std::string_view name) {
  const std::string ending = fs::path(path).extension().string();
  std::error_code error;
  const bool folder = path.ends_with('/') || fs::is_directory(path, error);
  if (!folder && ending == ".html") return Output{.html = path};
  if (!folder && ending == ".md") return Output{.markdown = path};
  if (!folder && !ending.empty()) return std::nullopt;
  const fs::path base = fs::path(path) / name;
  return Output{base.string() + ".html", base.string() + ".md", path};
}

bool MakeFolder(const fs::path& path, diagnostics::Sink& sink) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error || fs::is_directory(path)) return true;
  sink.Emit(codes::kCannotWrite, {}, path.string(), error.message());
  return false;
}

// Markdown has its drawings in a folder beside it, which is named after it.
bool WriteMarkdown(const doc::Document& document, const std::string& path,
                   diagnostics::Sink& sink) {
  const fs::path file(path);
  const std::string figures = doc::Plain(file.stem().string()) + ".figures";
  const std::vector<doc::FigureFile> drawings = doc::FigureFiles(document);
  if (!drawings.empty() && !MakeFolder(file.parent_path() / figures, sink)) return false;
  for (const doc::FigureFile& drawing : drawings) {
    const fs::path to = file.parent_path() / figures / drawing.name;
    if (!WriteFile(to.string(), drawing.svg, sink)) return false;
  }
  return WriteFile(path, doc::Markdown(document, figures + "/"), sink);
}

bool Write(const doc::Document& document, const Output& output, diagnostics::Sink& sink) {
  if (!output.folder.empty() && !MakeFolder(output.folder, sink)) return false;
  if (!output.html.empty() && !WriteFile(output.html, doc::Html(document), sink)) return false;
  return output.markdown.empty() || WriteMarkdown(document, output.markdown, sink);
}

int Finish(const Output& output, const Compilation& compilation) {
  Show(stderr, compilation.sink, compilation.sources);
  if (compilation.failed()) return kFindings;
  if (!output.html.empty()) fmt::print("{}\n", output.html);
  if (!output.markdown.empty()) fmt::print("{}\n", output.markdown);
  return kClean;
}

// What a program writes to standard output while this is there goes to a file.
class Captured {
 public:
  Captured() : file_(std::tmpfile()) {
    if (file_ == nullptr || std::fflush(stdout) != 0) Fail();
    before_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (before_ < 0 || ::dup2(::fileno(file_), STDOUT_FILENO) < 0) Fail();
  }
  ~Captured() {
    std::fflush(stdout);
    ::dup2(before_, STDOUT_FILENO);
    ::close(before_);
    std::fclose(file_);
  }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;

  std::string Text() {
    if (std::fflush(stdout) != 0) Fail();
    std::rewind(file_);
    std::string text(kMostHelp, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file_));
    return text;
  }

 private:
  [[noreturn]] static void Fail() { throw std::system_error(errno, std::generic_category()); }

  std::FILE* file_ = nullptr;
  int before_ = -1;
};

// Commands know their options only when they run, and say them for `--help`.
std::vector<doc::CommandHelp> HelpOfCommands() {
  std::vector<doc::CommandHelp> commands;
  for (const CommandRow* command : Commands()) {
    Captured captured;
    command->run({"--help"});
    commands.push_back(doc::ReadHelp(command->name, captured.Text()));
  }
  return commands;
}

int WriteReference(const Output& output) {
  Compilation compilation;
  compilation.standard = snapshot::StandardKinds(compilation.sources);
  for (const syntax::Tree& tree : compilation.standard)
    compilation.schemas.Read(tree, compilation.sources, compilation.sink);
  const doc::Document document =
      doc::Reference({compilation.schemas, stdlib::Functions(), HelpOfCommands(), ErrorPages()});
  Write(document, output, compilation.sink);
  return Finish(output, compilation);
}

int WriteHandbook(const std::string& path, const Output& output) {
  Compilation compilation;
  Compile(path, Stage::kCore, compilation);
  if (compilation.core) {
    std::error_code error;
    const std::string root = fs::is_directory(path, error)
                                 ? (path.ends_with('/') ? path : path + "/")
                                 : path.substr(0, path.rfind('/') + 1);
    const doc::Document document =
        doc::Handbook({compilation.typed, *compilation.core, compilation.schemas, compilation.trees,
                       compilation.sources, root});
    Write(document, output, compilation.sink);
  }
  return Finish(output, compilation);
}

int Run(const std::vector<std::string>& arguments) {
  Options options("doc (POLICY | --reference) --output (FOLDER | FILE.html | FILE.md)",
                  "Writes the handbook of a policy: who is on call, who is asked when, every rule "
                  "and what must be true,\n"
                  "with drawings. It is made from the policy as it is compiled. A folder gets "
                  "`handbook.html` and `handbook.md`.");
  options
      .Value("output", "PATH",
             "where to write it; needed. A page of HTML needs nothing beside it; "
             "Markdown has its drawings in a folder beside it")
      .Flag("reference",
            "write the reference of the language instead: kinds, functions, commands, grammar and "
            "findings")
      .Positional("POLICY", 0, 1);
  if (!options.Parse(arguments)) return options.exit_code();
  const bool reference = options.Has("reference");
  if (!reference && options.positional().empty()) return options.Refuse("POLICY is missing");
  if (reference && !options.positional().empty())
    return options.Refuse("the reference is of the language, not of a policy");
  const std::string path = options.Get("output");
  if (path.empty()) return options.Refuse("say where to write it: `--output FOLDER`");
  const auto output = OutputAt(path, reference ? "reference" : "handbook");
  if (!output) {
    return options.Refuse(
        fmt::format("`{}` is neither a folder nor a file of HTML (.html) or Markdown (.md)", path));
  }
  return reference ? WriteReference(*output) : WriteHandbook(options.positional()[0], *output);
}

}  // namespace

extern const CommandRow command_doc;
const CommandRow command_doc{"doc", "write the handbook of a policy, or the reference", Run};

}  // namespace tocsin::driver
