// Files to a program: the stages one after the other, the same for every command.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/core/core.h"
#include "compiler/driver/accept.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/diagnostics/render_terminal.h"
#include "runtime/module/module.h"

namespace tocsin::driver {

enum class Stage : std::uint8_t { kSyntax, kTyped, kCore, kProgram };

// A policy as far as it came; a later stage is there only where the ones before found no error.
struct Compilation {
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  std::deque<syntax::Tree> standard;  // the kinds of the standard library
  std::deque<syntax::Tree> trees;     // the policy's files, by path
  check::SchemaSet schemas;
  check::Policy typed;
  bool checked = false;
  // The day by which it is judged what is accepted, since 1970-01-01 and in the policy's zone;
  // today where none is given.
  std::optional<std::int64_t> day;
  std::vector<std::string> settings;  // declarations that take the place of those of their names
  std::vector<Accepted> accepted;     // findings that were taken out of the sink
  std::optional<core::Policy> core;
  std::optional<ir::Program> program;

  bool failed() const { return sink.errors() > 0; }
};

// `path` is a policy's directory or its only file.
void Compile(const std::string& path, Stage until, Compilation& compilation);

// The same from files that were already read, in the order of their paths. `root` is the folder
// that they lie in, with its `/`.
struct PolicyText {
  std::string path;
  std::string text;
};
void CompileTexts(std::vector<PolicyText> texts, const std::string& root, Stage until,
                  Compilation& compilation);

// Parses all files of a folder and adds them to the policy's.
void ParseFolder(const std::string& path, Compilation& compilation);

// A program from whatever holds one: a policy's directory or file, a policy module, or the IR as
// text (`.ir`). The module's native code comes with it.
struct Loaded {
  Compilation compilation;
  std::optional<ir::Program> program;
  std::vector<module::NativeCode> native;
  std::string compiler;  // of a module: the version that made it
};
void Load(const std::string& path, Loaded& loaded);
// Only a policy module.
void LoadModuleFile(const std::string& path, Loaded& loaded);

// The text of a file; reported where it cannot be read.
std::optional<std::string> ReadFile(const std::string& path, std::size_t most_bytes,
                                    diagnostics::Sink& sink);
// Writes a file whole or not at all; reported where it cannot.
bool WriteFile(const std::string& path, std::string_view bytes, diagnostics::Sink& sink);

// "1 signal", "2 signals".
std::string Counted(std::size_t number, std::string_view noun);

// In colour where the stream is a terminal and nobody asked for none.
diagnostics::TerminalOptions TerminalOf(std::FILE* stream);

// Shows findings on a stream, and how many there were where `count`.
void Show(std::FILE* stream, const diagnostics::Sink& sink, const diagnostics::SourceSet& sources);

}  // namespace tocsin::driver
