#include "runtime/module/module.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "runtime/ir/binary.h"
#include "runtime/module/hash.h"
#include "runtime/module/report.h"
#include "tests/unit/ir/sample_program.h"

namespace tocsin::module {
namespace {

using Kind = Problem::Kind;

Module Sample() {
  return {
      testing::SampleProgram(), "0.1.0", {{"baseline", "code"}, {"avx2", std::string(3, '\0')}}};
}
Kind KindOf(std::string_view bytes) {
  const auto read = Read(bytes);
  REQUIRE_FALSE(read.has_value());
  CHECK_FALSE(read.error().detail.empty());
  return read.error().kind;
}

TEST_CASE("SHA-256 is the standard's") {
  // FIPS 180-4, the example "abc".
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(Hexadecimal(Sha256({"abc"})) == abc);
  CHECK(Hexadecimal(Sha256({"a", "", "bc"})) == abc);
}

TEST_CASE("a module reads back as what was written") {
  const std::string bytes = Write(Sample());
  const auto read = Read(bytes);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().detail));
  CHECK(read->compiler == "0.1.0");
  CHECK(ir::Encode(read->program) == ir::Encode(testing::SampleProgram()));
  REQUIRE(read->native.size() == 2);
  CHECK(read->native[0].level == "avx2");
  CHECK(read->native[0].code == std::string(3, '\0'));
  CHECK(read->native[1].level == "baseline");
  CHECK(Write(*read) == bytes);
}

TEST_CASE("one policy gives one file, and native code does not change its hash") {
  Module module = Sample();
  const std::string bytes = Write(module);
  std::swap(module.native[0], module.native[1]);
  CHECK(Write(module) == bytes);
  const std::string hash = Hash(module.program);
  CHECK(hash.size() == 64);
  CHECK(hash == Hash(Read(bytes)->program));
  module.program.grace_ms += 1;
  CHECK(Hash(module.program) != hash);
}

TEST_CASE("a module cut anywhere is refused as cut") {
  const std::string bytes = Write(Sample());
  CHECK(KindOf("") == Kind::kNotAModule);
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    const auto read = Read(std::string_view(bytes).substr(0, length));
    if (read.has_value() || read.error().kind != Kind::kTruncated) {
      FAIL_CHECK("the first " << length << " bytes");
    }
  }
}

TEST_CASE("a module with any byte changed, or with more bytes, is refused") {
  const std::string bytes = Write(Sample());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char flip : {'\x01', '\x80'}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      if (Read(changed).has_value()) FAIL_CHECK("byte " << at << " changed");
    }
  }
  CHECK(KindOf(bytes + "x") == Kind::kDamaged);
  std::string damaged = bytes;
  damaged.back() = 'x';
  CHECK(KindOf(damaged) == Kind::kDamaged);
}

TEST_CASE("another version is named") {
  std::string bytes = Write(Sample());
  bytes[8] = 7;
  const auto read = Read(bytes);
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().kind == Kind::kVersion);
  CHECK(read.error().detail == "it has format 7.1, expected 5.1");
}

TEST_CASE("garbage is refused") {
  std::mt19937_64 random(42);
  for (int round = 0; round < 20; ++round) {
    std::string bytes(65'536, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    CHECK(KindOf(bytes) == Kind::kNotAModule);
    bytes.replace(0, 8, "TOCSINM\n");
    Read(bytes);
  }
}

TEST_CASE("a program that may not run is refused, whoever wrote the file") {
  Module module = Sample();
  module.program.tick.clear();
  const auto read = Read(Write(module));
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().kind == Kind::kUnsound);
  CHECK(read.error().detail == "kernel 0: no step of a tick runs it (and 4 more)");
}

TEST_CASE("each problem is a finding with its code and what to do") {
  diagnostics::Sink sink;
  for (const Kind kind :
       {Kind::kNotAModule, Kind::kVersion, Kind::kTruncated, Kind::kDamaged, Kind::kUnsound}) {
    Report({kind, "why"}, "a.tocsinm", sink);
  }
  REQUIRE(sink.all().size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(sink.all()[i].row->code == "E100" + std::to_string(i + 1));
    CHECK(sink.all()[i].message.starts_with("`a.tocsinm` "));
    CHECK(sink.all()[i].message.ends_with(": why"));
    CHECK_FALSE(sink.all()[i].help.empty());
  }
}

}  // namespace
}  // namespace tocsin::module
