#include "runtime/diagnostics/report.h"

#include <algorithm>
#include <utility>

#include "runtime/diagnostics/fingerprint.h"

namespace tocsin::diagnostics {
namespace {

bool IsError(const Finding& finding) {
  return finding.diagnostic->row->severity == Severity::kError;
}

// Keeps accepted findings where they are wanted, and of the others the first `most`, errors first.
void Select(std::vector<Finding>& findings, const Selection& selection) {
  std::size_t errors = 0;
  for (const Finding& finding : findings) errors += !finding.acceptance && IsError(finding) ? 1 : 0;
  std::size_t errors_left = std::min(errors, selection.most);
  std::size_t warnings_left = selection.most - errors_left;
  std::erase_if(findings, [&](const Finding& finding) {
    if (finding.acceptance != nullptr) return !selection.accepted;
    std::size_t& left = IsError(finding) ? errors_left : warnings_left;
    if (left == 0) return true;
    --left;
    return false;
  });
}

}  // namespace

void Fill(Report& report, std::vector<Finding> all, const Sink& counted,
          const Declarations& declarations, const Selection& selection) {
  std::vector<const Diagnostic*> diagnostics;
  for (const Finding& finding : all) diagnostics.push_back(finding.diagnostic);
  std::vector<std::string> fingerprints = Fingerprints(diagnostics, *report.sources, declarations);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].fingerprint = std::move(fingerprints[i]);
    report.accepted += all[i].acceptance != nullptr ? 1 : 0;
    const Declaration* declaration = declarations.At(all[i].diagnostic->span);
    if (declaration == nullptr) continue;
    all[i].declaration = declaration->path;
    all[i].kind = declaration->kind;
  }
  report.complete = report.broken.empty() && std::ranges::none_of(all, [](const Finding& f) {
                      return IsUnread(*f.diagnostic);
                    });
  Select(all, selection);
  report.errors = counted.errors();
  report.warnings = counted.warnings();
  const auto shown = std::ranges::count_if(all, [](const Finding& f) { return !f.acceptance; });
  report.not_shown = report.errors + report.warnings - static_cast<std::size_t>(shown);
  report.findings = std::move(all);
}

std::string_view Word(Severity severity) {
  return severity == Severity::kError ? "error" : "warning";
}

std::string_view Word(Applicability applicability) {
  switch (applicability) {
    case Applicability::kSafe:
      return "safe";
    case Applicability::kReview:
      return "review";
    case Applicability::kPlaceholder:
      return "placeholder";
  }
  return "";
}

bool IsUnread(const Diagnostic& d) { return !d.span.valid() && d.row->code.starts_with("E01"); }

std::string ShortLine(const Finding& finding, const SourceSet& sources) {
  const Diagnostic& d = *finding.diagnostic;
  std::string line;
  if (d.span.valid()) {
    const Position at = sources.PositionOf(d.span.source, d.span.begin);
    line = fmt::format("{}:{}:{}: ", sources.path(d.span.source), at.line, at.column);
  }
  const Acceptance* accepted = finding.acceptance;
  line += fmt::format("{}[{}]: {}", accepted ? "accepted" : Word(d.row->severity), d.row->code,
                      d.message);
  if (accepted) line += fmt::format(" (until {}: {})", accepted->until, accepted->reason);
  return line;
}

std::string CountLine(const Report& report) {
  std::string line = CountLine(report.errors, report.warnings, report.not_shown);
  if (report.accepted > 0) {
    line += fmt::format("{}{} accepted", line.empty() ? "" : ", ", report.accepted);
  }
  return line;
}

std::string Describe(const Fix& fix, const SourceSet& sources) {
  const std::string_view before = sources.Text(fix.span);
  if (before.empty()) return fmt::format("insert `{}`", Shown(fix.text));
  const auto blank = [](std::string_view text) {
    return text.find_first_not_of(" \t") == text.npos;
  };
  if (blank(fix.text)) {
    return blank(before) ? "remove the space" : fmt::format("remove `{}`", Shown(before));
  }
  return fmt::format("replace `{}` with `{}`", Shown(before), Shown(fix.text));
}

}  // namespace tocsin::diagnostics
