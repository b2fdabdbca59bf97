#include <algorithm>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "runtime/history/columns_format.h"
#include "runtime/history/columns_writer.h"
#include "tests/unit/history/history_fixture.h"

using namespace tocsin;
using namespace tocsin::history;
using namespace tocsin::history::fixture;

namespace {

// What a recording is packed to.
std::string Packed(const std::string& name, std::string_view text) {
  Reading reading;
  const Context context{reading.series, reading.sources, reading.sink};
  const auto reader = OpenText(name, text, context);
  std::string packed;
  ColumnsWriter writer(reading.series, [&](std::string_view bytes) {
    packed += bytes;
    return true;
  });
  Record record;
  while (reader->Next(record)) writer.Add(record);
  CHECK_FALSE(reader->failed());
  CHECK(writer.Finish());
  return packed;
}

constexpr std::string_view kLines =
    "{\"at\":20,\"metric\":\"up\",\"labels\":{\"region\":\"eu\",\"odd\":\"a\\\"\\nb\"},\"value\":7}"
    "\n"
    "{\"at\":20,\"event\":\"acknowledge\",\"alert\":\"down\",\"labels\":{\"region\":\"eu\"},"
    "\"by\":\"bob\"}\n"
    "{\"at\":-62135596800000,\"metric\":\"up\",\"value\":\"NaN\"}\n"
    "{\"at\":253402300799999,\"metric\":\"load\",\"value\":-0.1}\n"
    "{\"at\":5,\"metric\":\"up\",\"value\":\"-Inf\"}\n";

}  // namespace

TEST_SUITE_BEGIN("history: columns");
TEST_CASE("a packed recording is read as what it was packed from") {
  const Reading text = Read("a.jsonl", kLines);
  const std::string bytes = Packed("a.jsonl", kLines);
  const Reading packed = Read("a.columns", bytes);
  CHECK(packed.findings() == Texts{});
  CHECK_FALSE(packed.failed);
  CHECK(packed.samples == text.samples);
  CHECK(packed.samples.size() == 4);
  REQUIRE(packed.events.size() == 1);
  const Event& event = packed.events[0];
  CHECK(event.at == 20);
  CHECK(event.name == "acknowledge");
  CHECK(event.alert == "down");
  CHECK(event.by == "bob");
  CHECK(event.labels.Text() == "{region=\"eu\"}");
  CHECK(event.file == "a.columns");
  CHECK(event.line == 2);
}

TEST_CASE("blocks follow each other, and series are numbered through all of them") {
  std::string text;
  for (int i = 0; i < 70'000; ++i)
    text += fmt::format("up{{host=\"h{}\"}} {} {}\n", i % 1000 + i / 35'000 * 500, i * 0.5, i);
  const std::string bytes = Packed("a.prom", text);
  const Reading packed = Read("a.columns", bytes);
  CHECK(packed.findings() == Texts{});
  CHECK(packed.samples == Read("a.prom", text).samples);
  CHECK(packed.samples.size() == 70'000);
  CHECK(bytes.size() * 5 < text.size());
}

TEST_CASE("an empty recording is one") {
  const Reading packed = Read("a.columns", Packed("a.prom", ""));
  CHECK_FALSE(packed.failed);
  CHECK(packed.samples.empty());
}

TEST_CASE("whatever was cut off is a finding, wherever it ends") {
  const std::string bytes = Packed("a.jsonl", kLines);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Reading cut = Read("a.columns", std::string_view(bytes).substr(0, size));
    CAPTURE(size);
    CHECK(cut.failed);
    CHECK(cut.findings() ==
          Texts{"E1127 - `a.columns` is no whole packed recording: it was cut off"});
  }
  const Reading longer = Read("a.columns", bytes + "x");
  CHECK(longer.findings() ==
        Texts{"E1127 - `a.columns` is no whole packed recording: there is more behind its end"});
}

TEST_CASE("a byte that changed is a finding, and never another recording") {
  const std::string bytes = Packed("a.jsonl", kLines);
  const Reading whole = Read("a.columns", bytes);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int bit : {0, 3, 7}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      const Reading read = Read("a.columns", changed);
      CAPTURE(at);
      CAPTURE(bit);
      // zstd leaves a few bits of its frames' heads unused.
      const bool same = read.samples == whole.samples && read.events.size() == 1;
      CHECK((read.failed || same));
      CHECK(read.failed == !read.findings().empty());
    }
  }
}

TEST_CASE("what cannot be written is known at the end") {
  Reading reading;
  const Context context{reading.series, reading.sources, reading.sink};
  const auto reader = OpenText("a.prom", "up 1 1\nup 2 2\n", context);
  std::size_t calls = 0;
  ColumnsWriter writer(reading.series, [&](std::string_view) { return ++calls < 2; });
  Record record;
  while (reader->Next(record)) writer.Add(record);
  CHECK_FALSE(writer.Finish());
  CHECK(calls == 2);
}

TEST_CASE("zigzag is its own way back") {
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1},
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    CHECK(Unzigzag(Zigzag(number)) == number);
  }
}
TEST_SUITE_END();
