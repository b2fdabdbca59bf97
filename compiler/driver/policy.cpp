#include "compiler/driver/policy.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "compiler/analyze/analysis.h"
#include "compiler/check/arms.h"
#include "compiler/driver/imports.h"
#include "compiler/driver/parallel.h"
#include "compiler/driver/settings.h"
#include "compiler/kinds/kind.h"
#include "compiler/lower/lower.h"
#include "compiler/parse/parse.h"
#include "compiler/snapshot/standard.h"
#include "compiler/syntax/outline.h"
#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/engine/library.h"
#include "runtime/ir/text.h"
#include "runtime/ir/verify.h"
#include "runtime/module/format.h"
#include "runtime/module/report.h"
#include "stdlib/functions/functions.h"

namespace tocsin::driver {

namespace codes = diagnostics::codes;
namespace fs = std::filesystem;

namespace {

// What editors and other programs keep beside a file, such as the lock `.#shop.tocsin`.
bool Hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// Whether a folder's entry is a file to be read, or one that reading will say what is wrong with.
bool IsPolicyFile(const fs::directory_entry& entry, diagnostics::Sink& sink) {
  if (entry.path().extension() != ".tocsin" || Hidden(entry.path())) return false;
  std::error_code error;
  const fs::file_status status = entry.status(error);
  if (fs::is_directory(status)) return false;
  if (!fs::exists(status) || fs::is_regular_file(status)) return true;
  // Reading a pipe waits for whoever writes, and nobody may.
  sink.Emit(codes::kCannotRead, {}, entry.path().string(), "it is not a regular file");
  return false;
}

// A file that has several names is read once, and by its own name rather than by a link's.
void LeaveOutLinks(std::vector<std::string>& files) {
  std::error_code error;
  const auto links = std::ranges::partition(
      files, [&](const std::string& file) { return !fs::is_symlink(file, error); });
  if (links.empty()) return;
  std::ranges::sort(links);
  std::set<std::string> seen;
  std::erase_if(files, [&](const std::string& file) {
    const fs::path real = fs::canonical(file, error);
    return !error && !seen.insert(real.string()).second;
  });
}

std::vector<std::string> PolicyFiles(const std::string& path, diagnostics::Sink& sink) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<std::string> files;
  std::string at = path;
  fs::recursive_directory_iterator entries(path, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    at = entries->path().string();
    if (Hidden(entries->path())) entries.disable_recursion_pending();
    if (IsPolicyFile(*entries, sink)) files.push_back(at);
    if (files.size() > base::kMaxPolicyFiles) break;
  }
  if (error) {
    sink.Emit(codes::kCannotRead, {}, at, error.message());
  } else if (files.empty() && sink.errors() == 0) {
    sink.Emit(codes::kNoPolicyFiles, {}, path);
  } else if (files.size() > base::kMaxPolicyFiles) {
    sink.Emit(codes::kTooManyFiles, {}, path, base::kMaxPolicyFiles);
    files.clear();
  }
  LeaveOutLinks(files);
  std::ranges::sort(files);
  return files;
}

// All texts are there before the first is parsed: from then on nobody changes the sources, and the
// files are parsed at once where they are not small. What was found is put together in the order of
// the files.
void ParseTexts(std::vector<PolicyText> texts, Compilation& compilation) {
  // Each thread first learns the grammar, which takes as long as parsing about so much.
  constexpr std::size_t kLittle = 64 << 10;
  std::size_t bytes = 0;
  std::vector<diagnostics::SourceId> files;
  for (PolicyText& file : texts) {
    bytes += file.text.size();
    files.push_back(compilation.sources.Add(std::move(file.path), std::move(file.text)));
  }
  std::vector<diagnostics::Sink> sinks(files.size());
  const std::size_t first = compilation.trees.size();
  compilation.trees.resize(first + files.size());
  const auto parse = [&](std::size_t i) {
    compilation.trees[first + i] = parse::ParseFile(files[i], compilation.sources, sinks[i]);
  };
  if (bytes > kLittle) {
    InParallel(files.size(), parse);
  } else {
    for (std::size_t i = 0; i < files.size(); ++i) parse(i);
  }
  for (diagnostics::Sink& sink : sinks) compilation.sink.Append(std::move(sink));
}

// The policy's folder with its `/`, so that places in a program do not depend on where it lies.
std::string RootOf(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return path.ends_with('/') ? path : path + "/";
  return path.substr(0, path.rfind('/') + 1);
}

std::int64_t DayOf(const Compilation& compilation) {
  return compilation.day ? *compilation.day : Today(compilation.typed);
}

void TakeAccepted(Compilation& compilation) {
  if (compilation.typed.OfKind("accept").empty()) return;
  diagnostics::Declarations declarations;
  for (const syntax::Tree& tree : compilation.trees) {
    syntax::Outline(tree, compilation.sources, declarations);
  }
  const std::int64_t day = DayOf(compilation);
  compilation.accepted =
      Accept(compilation.typed, compilation.sources, declarations, day, compilation.sink);
}

void ReadStandardKinds(Compilation& compilation) {
  compilation.standard = snapshot::StandardKinds(compilation.sources);
  for (const syntax::Tree& tree : compilation.standard) {
    compilation.schemas.Read(tree, compilation.sources, compilation.sink);
  }
}

}  // namespace

namespace {

std::vector<PolicyText> TextsOf(const std::string& path, Compilation& compilation) {
  std::vector<PolicyText> texts;
  for (const std::string& file : PolicyFiles(path, compilation.sink)) {
    auto text = ReadFile(file, base::kMaxSourceBytes, compilation.sink);
    if (text && text->starts_with(module::kMagic)) {
      compilation.sink
          .Emit(codes::kCannotRead, {}, file, "it is a compiled module, not the text of a policy")
          .Help("look into it with `tocsin inspect`");
    } else if (text) {
      texts.push_back({file, *std::move(text)});
    }
  }
  return texts;
}

}  // namespace

void ParseFolder(const std::string& path, Compilation& compilation) {
  ParseTexts(TextsOf(path, compilation), compilation);
}

void Compile(const std::string& path, Stage until, Compilation& compilation) {
  CompileTexts(TextsOf(path, compilation), RootOf(path), until, compilation);
}

void CompileTexts(std::vector<PolicyText> texts, const std::string& root, Stage until,
                  Compilation& compilation) {
  ParseTexts(std::move(texts), compilation);
  if (until == Stage::kSyntax || compilation.failed()) {
    compilation.sink.SortByPlace();
    return;
  }
  ApplySettings(compilation);
  const check::Packages packages = ReadImports(root, compilation);
  if (compilation.failed()) {
    compilation.sink.SortByPlace();
    return;
  }
  ReadStandardKinds(compilation);
  check::ExpandArms(compilation.trees, compilation.schemas, compilation.sink);
  compilation.typed = check::Check(compilation.trees, compilation.sources, compilation.schemas,
                                   stdlib::Functions(), compilation.sink, packages);
  kinds::CheckKinds(compilation.typed, compilation.sources, compilation.sink);
  check::DropRepeats(compilation.typed, compilation.sink);
  compilation.checked = !compilation.failed();
  if (compilation.checked) {
    compilation.core = kinds::Expand(compilation.typed, compilation.sources, root);
    compilation.program = lower::Lower(*compilation.core);
    analyze::Analyze({compilation.typed, *compilation.program, DayOf(compilation),
                      compilation.sources, compilation.sink});
    TakeAccepted(compilation);
  }
  compilation.sink.SortByPlace();
  const bool ends = until == Stage::kTyped || compilation.failed();
  if (ends) compilation.core.reset();
  if (ends || until == Stage::kCore) compilation.program.reset();
}

namespace {

void LoadModule(const std::string& path, std::string_view bytes, Loaded& loaded) {
  auto read = module::Read(bytes);
  diagnostics::Sink& sink = loaded.compilation.sink;
  if (!read) {
    module::Report(read.error(), path, sink);
    return;
  }
  for (const std::string& problem : engine::MissingFunctions(read->program, stdlib::Functions())) {
    sink.Emit(codes::kModuleUnsound, {}, path, problem);
  }
  if (loaded.compilation.failed()) return;
  loaded.program = std::move(read->program);
  loaded.native = std::move(read->native);
  loaded.compiler = std::move(read->compiler);
}

void LoadText(const std::string& path, std::string text, Loaded& loaded) {
  Compilation& compilation = loaded.compilation;
  const auto source = compilation.sources.Add(path, std::move(text));
  auto program = ir::Read(compilation.sources.text(source));
  if (!program) {
    const std::uint32_t at = program.error().offset;
    compilation.sink.Emit(codes::kIrText, {source, at, at + 1}, program.error().message);
    return;
  }
  for (const std::string& problem : ir::Verify(*program))
    compilation.sink.Emit(codes::kIrUnsound, {source, 0, 0}, problem);
  for (const std::string& problem : engine::MissingFunctions(*program, stdlib::Functions())) {
    compilation.sink.Emit(codes::kIrUnsound, {source, 0, 0}, problem);
  }
  if (!compilation.failed()) loaded.program = *std::move(program);
}

}  // namespace

void Load(const std::string& path, Loaded& loaded) {
  std::error_code error;
  const bool policy = fs::is_directory(path, error) || path.ends_with(".tocsin");
  if (policy) {
    Compile(path, Stage::kProgram, loaded.compilation);
    loaded.program = loaded.compilation.program;
    return;
  }
  if (!path.ends_with(".ir")) return LoadModuleFile(path, loaded);
  auto text = ReadFile(path, base::kMaxModuleBytes, loaded.compilation.sink);
  if (text) LoadText(path, *std::move(text), loaded);
}

void LoadModuleFile(const std::string& path, Loaded& loaded) {
  const auto bytes = ReadFile(path, base::kMaxModuleBytes, loaded.compilation.sink);
  if (bytes) LoadModule(path, *bytes, loaded);
}

}  // namespace tocsin::driver
