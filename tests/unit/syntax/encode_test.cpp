#include "compiler/syntax/encode.h"

#include <doctest/doctest.h>

#include "compiler/snapshot/standard.h"
#include "stdlib/kinds/kinds.h"
#include "tests/unit/parse/parsed.h"
#include "tests/unit/parse/snippets.h"

namespace tocsin::testing {

TEST_CASE("a tree is read back from its bytes as it was") {
  for (const char* text : kSnippets) {
    const Parsed parsed(text);
    const std::string bytes = syntax::Encode(parsed.tree, parsed.sources);
    const syntax::Tree read = syntax::Decode(bytes, parsed.tree.source, parsed.sources);
    CHECK(syntax::Dump(read, parsed.sources) == parsed.Dump());
    CHECK(syntax::Encode(read, parsed.sources) == bytes);
  }
}

TEST_CASE("a tree with mistakes, too") {
  const Parsed parsed("a b {\n  x: 1 2\n  y: \"\\q {z} {end}\"\n}\ntable t\n| 5 | |\n| x |\n");
  CHECK_FALSE(parsed.tree.complete);
  const std::string bytes = syntax::Encode(parsed.tree, parsed.sources);
  const syntax::Tree read = syntax::Decode(bytes, parsed.tree.source, parsed.sources);
  CHECK(syntax::Dump(read, parsed.sources) == parsed.Dump());
  CHECK(syntax::Encode(read, parsed.sources) == bytes);
}

TEST_CASE("the kinds that the program was built with are those that parsing gives") {
  diagnostics::SourceSet sources;
  const auto standard = snapshot::StandardKinds(sources);
  REQUIRE(standard.size() == stdlib::Kinds().size());
  for (const syntax::Tree& tree : standard) {
    CAPTURE(sources.path(tree.source));
    CHECK(sources.builtin(tree.source));
    diagnostics::Sink sink;
    const syntax::Tree parsed = parse::ParseFile(tree.source, sources, sink);
    CHECK(sink.all().empty());
    CHECK(syntax::Encode(tree, sources) == syntax::Encode(parsed, sources));
    CHECK(syntax::Dump(tree, sources) == syntax::Dump(parsed, sources));
  }
}

}  // namespace tocsin::testing
