#include "compiler/driver/report.h"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "compiler/driver/pages.h"
#include "compiler/driver/version.h"
#include "compiler/parse/tokens.h"
#include "compiler/syntax/outline.h"

namespace tocsin::driver {
namespace {

std::string CleanLine(const Compilation& compilation) {
  if (!compilation.program) return {};
  const ir::Program& program = *compilation.program;
  return fmt::format("{}: no findings in {} ({} measured, {})", program.policy,
                     Counted(compilation.typed.decls.size(), "declaration"),
                     Counted(program.signals.size(), "signal"),
                     Counted(program.machines.size(), "machine"));
}

void AddMargins(diagnostics::SourceId source, const diagnostics::SourceSet& sources,
                diagnostics::Declarations& declarations) {
  for (const parse::Token& token : parse::Tokenize(source, sources)) {
    if (token.kind == parse::TokenKind::kComment || token.kind == parse::TokenKind::kRule)
      declarations.AddMargin(token.span);
  }
}

}  // namespace

diagnostics::Report ReportOf(const std::string& path, const Compilation& compilation,
                             const diagnostics::Selection& selection) {
  diagnostics::Report report;
  report.sources = &compilation.sources;
  report.policy = path;
  report.clean = CleanLine(compilation);
  report.version = kVersion;
  report.pages = ErrorPages();
  report.terminal = TerminalOf(stdout);
  std::error_code error;
  report.folder = std::filesystem::current_path(error).string();
  diagnostics::Declarations declarations;
  const bool found = !compilation.sink.all().empty() || !compilation.accepted.empty();
  for (const syntax::Tree& tree : compilation.trees) {
    report.files.push_back(tree.source);
    if (!tree.complete) report.broken.push_back(tree.source);
    if (!found) continue;
    syntax::Outline(tree, compilation.sources, declarations);
    AddMargins(tree.source, compilation.sources, declarations);
  }
  std::vector<diagnostics::Finding> findings;
  for (const diagnostics::Diagnostic& d : compilation.sink.all())
    findings.push_back({.diagnostic = &d});
  for (const Accepted& accepted : compilation.accepted)
    findings.push_back({.diagnostic = &accepted.finding, .acceptance = &accepted.acceptance});
  std::ranges::stable_sort(findings, {}, [](const diagnostics::Finding& finding) {
    const diagnostics::Span& span = finding.diagnostic->span;
    return std::tuple(span.valid(), span.source, span.begin);
  });
  diagnostics::Fill(report, std::move(findings), compilation.sink, declarations, selection);
  return report;
}

}  // namespace tocsin::driver
