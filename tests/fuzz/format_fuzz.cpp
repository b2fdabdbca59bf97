// Whatever parses: its layout parses too, and laying it out again changes nothing. That the words
// survive is checked by Format itself.
#include <cstddef>
#include <cstdint>

#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "runtime/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  const auto id = sources.Add("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  const syntax::Tree tree = parse::ParseFile(id, sources, sink);
  if (!tree.complete) return 0;
  auto text = format::Format(tree, sources);
  if (!text) return 0;
  const auto formatted = sources.Add("formatted", *std::move(text));
  const syntax::Tree again = parse::ParseFile(formatted, sources, sink);
  TOCSIN_CHECK(again.complete, "the layout of a text parses");
  TOCSIN_CHECK(format::Format(again, sources) == sources.text(formatted), "the layout is stable");
  return 0;
}
