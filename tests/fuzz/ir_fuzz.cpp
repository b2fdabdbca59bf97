// Any bytes are read as a program's text and as its encoding, without a crash; what is read is
// written as it was, and whether it is sound can be asked of it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/base/check.h"
#include "runtime/ir/binary.h"
#include "runtime/ir/text.h"
#include "runtime/ir/verify.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto program = ir::Decode(bytes)) {
    TOCSIN_CHECK(ir::Encode(*program) == bytes, "a program has one encoding");
    ir::Verify(*program);
  }
  const auto program = ir::Read(bytes);
  if (!program) {
    TOCSIN_CHECK(program.error().offset <= size && !program.error().message.empty(),
                 "an error has a place and a message");
    return 0;
  }
  ir::Verify(*program);
  const auto again = ir::Read(ir::Print(*program));
  TOCSIN_CHECK(again && ir::Encode(*again) == ir::Encode(*program),
               "a program's text is the program");
  return 0;
}
