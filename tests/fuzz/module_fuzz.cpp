// Any bytes are read as a policy module without a crash; a module that is read is written as it
// was. Checksums keep a fuzzer out, so the bytes are also taken for the program of a module that is
// whole.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/base/check.h"
#include "runtime/ir/binary.h"
#include "runtime/module/module.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto read = module::Read(bytes)) {
    TOCSIN_CHECK(module::Write(*read) == bytes, "a module has one form");
  }
  auto program = ir::Decode(bytes);
  if (!program) return 0;
  const std::string written = module::Write({*std::move(program), "fuzz", {}});
  const auto read = module::Read(written);
  TOCSIN_CHECK(read ? ir::Encode(read->program) == bytes
                    : read.error().kind == module::Problem::Kind::kUnsound,
               "a module that was written is read, unless its program is unsound");
  return 0;
}
