// A report made by hand: findings in a file or two, the declarations in them, and a page.
#pragma once

#include <string>

#include "runtime/diagnostics/codes.h"
#include "runtime/diagnostics/formats/format.h"

namespace tocsin::diagnostics {

struct ReportFixture {
  SourceSet sources;
  Sink sink;
  Declarations declarations;
  std::vector<SourceId> files;
  std::vector<SourceId> broken;
  std::vector<std::pair<std::size_t, Acceptance>> accepted;  // by the finding's index
  Selection selection;

  SourceId Add(std::string path, std::string text) {
    return files.emplace_back(sources.Add(std::move(path), std::move(text)));
  }

  Span Find(SourceId id, std::string_view part) const {
    const std::size_t at = sources.text(id).find(part);
    return {id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())};
  }

  Report Make() {
    Report report;
    report.sources = &sources;
    report.policy = "policy";
    report.files = files;
    report.broken = broken;
    report.version = "1.2.3";
    report.folder = "/srv/repo";
    report.pages = kPages;
    std::vector<Finding> findings;
    for (const Diagnostic& d : sink.all()) findings.push_back({.diagnostic = &d});
    Sink counted;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      for (const auto& [index, acceptance] : accepted) {
        if (index == i) findings[i].acceptance = &acceptance;
      }
      if (findings[i].acceptance == nullptr) counted.Add(*sink.all()[i].row, {}, "");
    }
    Fill(report, std::move(findings), counted, declarations, selection);
    return report;
  }

  std::string Render(std::string_view format) { return FindFormat(format)->render(Make()); }

  static constexpr base::EmbeddedFile kPages[] = {
      {"E0104.md", "# E0104 not-utf8\n\nA file is not UTF-8. It was\nsaved otherwise.\n\nMore.\n"}};
};

}  // namespace tocsin::diagnostics
