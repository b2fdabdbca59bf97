// Whatever the bytes: parsing ends, every finding lies within the text, and an incomplete tree has
// a finding.
#include <cstddef>
#include <cstdint>

#include "compiler/parse/parse.h"
#include "runtime/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  const auto id = sources.Add("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  const syntax::Tree tree = parse::ParseFile(id, sources, sink);
  TOCSIN_CHECK(tree.complete == (sink.errors() == 0),
               "an incomplete tree and its findings belong together");
  for (const diagnostics::Diagnostic& finding : sink.all()) {
    TOCSIN_CHECK(finding.span.begin <= finding.span.end && finding.span.end <= size,
                 "a span lies within its text");
  }
  syntax::Dump(tree, sources);
  return 0;
}
