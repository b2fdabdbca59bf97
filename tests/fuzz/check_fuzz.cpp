// Whatever the bytes: a policy is checked to its end, every finding lies within a text, and a
// policy without errors becomes a sound program.
#include <cstddef>
#include <cstdint>

#include "compiler/driver/policy.h"
#include "runtime/base/check.h"
#include "runtime/ir/verify.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  driver::Compilation compilation;
  driver::CompileTexts({{"fuzz.tocsin", std::string(reinterpret_cast<const char*>(data), size)}},
                       "", driver::Stage::kProgram, compilation);
  for (const diagnostics::Diagnostic& finding : compilation.sink.all()) {
    if (!finding.span.valid()) continue;
    TOCSIN_CHECK(finding.span.begin <= finding.span.end &&
                     finding.span.end <= compilation.sources.text(finding.span.source).size(),
                 "a span lies within its text");
  }
  TOCSIN_CHECK(compilation.failed() != compilation.program.has_value(),
               "a policy without errors becomes a program");
  if (compilation.program)
    TOCSIN_CHECK(ir::Verify(*compilation.program).empty(), "the program is sound");
  return 0;
}
