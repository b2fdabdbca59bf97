#include <zstd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include <doctest/doctest.h>

#include "runtime/history/numbers.h"
#include "tests/unit/history/history_fixture.h"

using namespace tocsin::history;
using namespace tocsin::history::fixture;

namespace {

std::string Packed(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

std::string ManyLines(int count) {
  std::mt19937_64 random(7);
  std::string text;
  for (int i = 0; i < count; ++i)
    text += fmt::format("up{{n=\"{}\"}} {} {}\n", i % 97, random(), i);
  return text;
}

}  // namespace

TEST_SUITE_BEGIN("history: input");
TEST_CASE("compressed data is recognised by its bytes") {
  CHECK(Read("a.prom.zst", Packed("up 1 1\n")).samples == Texts{"up 1 @1"});
  CHECK(Read("a.prom", Packed("up 1 1\n")).samples == Texts{"up 1 @1"});
  CHECK(Read("a.prom.zst", "up 1 1\n").samples == Texts{"up 1 @1"});
  CHECK(Read("a.prom", Packed("up 1 1\nup 2") + Packed(" 2\n")).samples ==
        Texts{"up 1 @1", "up 2 @2"});
  CHECK(Read("a.prom", Packed("")).samples == Texts{});
  const std::string text = ManyLines(50'000);
  const Reading plain = Read("a.prom", text);
  CHECK(plain.samples.size() == 50'000);
  CHECK(Read("a.prom", Packed(text)).samples == plain.samples);
}

TEST_CASE("a frame that ends early or is damaged is an error wherever it is cut") {
  const std::string packed = Packed(ManyLines(2000));
  for (std::size_t cut = 5; cut < packed.size(); cut += 1 + cut / 7) {
    const Reading reading = Read("a.prom.zst", packed.substr(0, cut));
    CAPTURE(cut);
    REQUIRE(reading.failed);
    REQUIRE(reading.sink.all().back().row->code == "E1103");
  }
  std::string damaged = packed;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  const Reading reading = Read("a.prom.zst", damaged.substr(0, damaged.size()));
  CHECK(reading.failed);
  const Reading junk = Read("a.prom.zst", Packed("up 1 1\n") + "junk behind the frame");
  CHECK(junk.samples == Texts{"up 1 @1"});
  CHECK(junk.findings() == Texts{"E1102 - the compressed data of `a.prom.zst` is damaged after "
                                 "1 whole lines: Unknown frame descriptor"});
}

TEST_CASE("files") {
  const auto folder = std::filesystem::temp_directory_path() / "tocsin_history_input_test";
  std::filesystem::create_directories(folder);
  const std::string path = folder / "a.om.zst";
  const std::string packed = Packed("up 1 1\n# EOF\n");
  std::ofstream(path, std::ios::binary) << packed;
  Reading reading;
  const Context context{reading.series, reading.sources, reading.sink};
  const auto reader = Open(path, context);
  Drain(reading, reader.get());
  CHECK(reading.samples == Texts{"up 1 @1000"});
  CHECK(reader->progress().bytes_read == packed.size());
  CHECK(reader->progress().bytes_total == packed.size());
  std::filesystem::remove_all(folder);
  CHECK(Open(path, context) == nullptr);
  CHECK(Open("/", context) == nullptr);
  CHECK(reading.findings() == Texts{"E0101 - cannot read `" + path + "`: No such file or directory",
                                    "E0101 - cannot read `/`: Is a directory"});
}

TEST_CASE("numbers are those of from_chars") {
  std::mt19937_64 random(20261123);
  for (int i = 0; i < 200'000; ++i) {
    double expected = std::bit_cast<double>(random());
    if (i % 2 == 0)
      expected = static_cast<double>(static_cast<std::int64_t>(random() >> random() % 60)) / 1000;
    if (expected != expected) continue;
    double value = 0;
    REQUIRE(ParseValue(fmt::format("{}", expected), value));
    REQUIRE(std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(expected));
  }
  double value = 0;
  CHECK(ParseValue("007.50", value));
  CHECK(value == 7.5);
  CHECK(ParseValue("5.", value));
  CHECK(ParseValue(".5", value));
  CHECK(ParseValue("-infinity", value));
  for (const char* text : {"", "+", "-", ".", "e5", "1e", "1e+", "--1", "+-1", "1.2.3", "1,5",
                           "0x1", "1f", "infin", "nan(1)", " 1", "1 "}) {
    CAPTURE(text);
    CHECK_FALSE(ParseValue(text, value));
  }
}
TEST_SUITE_END();
