#include "runtime/ir/binary.h"

#include <doctest/doctest.h>

#include <string>

#include "runtime/ir/verify.h"
#include "tests/unit/ir/sample_program.h"

namespace tocsin::ir {
namespace {

TEST_CASE("a program's bytes read back as the same program") {
  const std::string bytes = Encode(testing::SampleProgram());
  const auto program = Decode(bytes);
  REQUIRE(program.has_value());
  CHECK(Encode(*program) == bytes);
}

TEST_CASE("bytes cut anywhere, or with more after them, are refused") {
  const std::string bytes = Encode(testing::SampleProgram());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    if (Decode(std::string_view(bytes).substr(0, length))) FAIL_CHECK("taken at " << length);
  }
  const auto longer = Decode(bytes + '\0');
  REQUIRE_FALSE(longer.has_value());
  CHECK(longer.error().starts_with("bytes are left over after the program"));
}

TEST_CASE("a count that the bytes cannot hold is refused before anything is allocated") {
  std::string bytes = Encode(Program{});
  // The list of labels starts after two empty texts, the edition, two durations and an empty text.
  const std::size_t labels = 4 + 4 + 4 + 8 + 8 + 4;
  bytes.replace(labels, 4, "\xff\xff\xff\x7f");
  const auto read = Decode(bytes);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().starts_with("`labels` counts 2147483647"));
}

TEST_CASE("whatever byte is changed, what is read is refused, unsound or written the same") {
  const std::string bytes = Encode(testing::SampleProgram());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const auto read = Decode(changed);
      if (!read) continue;
      Verify(*read);
      if (Encode(*read) != changed) FAIL_CHECK("another program from byte " << at);
    }
  }
}

}  // namespace
}  // namespace tocsin::ir
