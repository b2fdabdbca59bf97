// A text and what parsing it gave, for the tests of the rooms at the front.
#pragma once

#include <string>

#include <fmt/format.h>

#include "compiler/parse/parse.h"

namespace tocsin::testing {

struct Parsed {
  explicit Parsed(std::string text) {
    const auto id = sources.Add("test.tocsin", std::move(text));
    tree = parse::ParseFile(id, sources, sink);
    sink.SortByPlace();
  }

  std::string Dump() const { return syntax::Dump(tree, sources); }

  // One line for each finding: "2:9-2:10 E0204 message".
  std::string Findings() const {
    std::string lines;
    for (const diagnostics::Diagnostic& finding : sink.all()) {
      const auto begin = sources.PositionOf(finding.span.source, finding.span.begin);
      const auto end = sources.PositionOf(finding.span.source, finding.span.end);
      lines += fmt::format("{}:{}-{}:{} {} {}\n", begin.line, begin.column, end.line, end.column,
                           finding.row->code, finding.message);
    }
    return lines;
  }

  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  syntax::Tree tree;
};

}  // namespace tocsin::testing
