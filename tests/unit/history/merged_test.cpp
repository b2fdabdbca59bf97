#include "runtime/history/merged.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "tests/unit/history/history_fixture.h"

using namespace tocsin;
using namespace tocsin::history;
using namespace tocsin::history::fixture;

namespace {

struct Merging : Reading {
  const Context context{series, sources, sink};
  MergedHistory history{context};

  bool Load(const std::string& name, const std::string& text) {
    const auto reader = OpenText(name, text, context);
    return history.Load(*reader, name);
  }
  Texts All() {
    Texts all;
    Record record;
    while (history.Next(record)) {
      all.push_back(record.kind == Record::Kind::kEvent
                        ? fmt::format("{} @{}", record.event.name, record.event.at)
                        : fmt::format("{} {} @{}", series[record.sample.series].metric,
                                      record.sample.value, record.sample.stamp));
    }
    return all;
  }
};

}  // namespace

TEST_SUITE_BEGIN("history: merged");
TEST_CASE("several files in the order of time, then of files, then of lines") {
  Merging merging;
  CHECK(merging.history.empty());
  CHECK(merging.Load("a.prom", "a 1 10\na 2 20\na 3 30\nb 1 10\nb 2 20\nb 3 30\n"));
  CHECK(merging.Load("e.jsonl",
                     "{\"at\":20,\"event\":\"x\"}\n{\"at\":5,\"event\":\"y\"}\n"
                     "{\"at\":20,\"metric\":\"c\",\"value\":7}\n{\"at\":20,\"event\":\"z\"}\n"));
  CHECK(merging.Load("d.prom", "d 1 20\nd 2 20\n"));
  CHECK(merging.history.first() == 5);
  CHECK(merging.history.last() == 30);
  CHECK(merging.history.sample_count() == 9);
  CHECK(merging.history.event_count() == 3);
  CHECK(merging.All() == Texts{"y @5", "a 1 @10", "b 1 @10", "a 2 @20", "b 2 @20", "x @20",
                               "c 7 @20", "z @20", "d 1 @20", "d 2 @20", "a 3 @30", "b 3 @30"});
}

TEST_CASE("any order of lines comes out as a stable sort") {
  std::mt19937_64 random(42);
  for (int round = 0; round < 200; ++round) {
    struct Line {
      values::Instant stamp;
      int number;
    };
    std::vector<Line> lines;
    Merging merging;
    int number = 0;
    for (int file = 0; file < 3; ++file) {
      std::string text;
      const auto count = static_cast<int>(random() % 60);
      for (int i = 0; i < count; ++i) {
        const auto stamp = static_cast<values::Instant>(random() % (round < 100 ? 10 : 100));
        lines.push_back({stamp, number});
        text += fmt::format("m {} {}\n", number++, stamp);
      }
      CHECK(merging.Load("a.prom", text));
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line& a, const Line& b) { return a.stamp < b.stamp; });
    Texts expected;
    for (const Line& line : lines)
      expected.push_back(fmt::format("m {} @{}", line.number, line.stamp));
    REQUIRE(merging.All() == expected);
  }
}

TEST_CASE("a limit, and a bad file") {
  Reading reading;
  const Context context{reading.series, reading.sources, reading.sink};
  MergedHistory history(context, 3);
  const auto reader = OpenText("a.prom", "a 1 1\na 2 2\na 3 3\na 4 4\n", context);
  CHECK_FALSE(history.Load(*reader, "a.prom"));
  CHECK(reading.findings() == Texts{"E1116 - there are more than 3 records in the recorded data"});
  CHECK_FALSE(history.Load("/nowhere/a.prom"));

  Merging bad;
  CHECK_FALSE(bad.Load("a.prom", "a 1 1\na x 2\n"));
}

TEST_CASE("progress reaches the end") {
  Merging merging;
  Progress seen;
  const std::string text = "a 1 1\n";
  const auto reader = OpenText("a.prom", text, merging.context);
  CHECK(
      merging.history.Load(*reader, "a.prom", [&](const Progress& progress) { seen = progress; }));
  CHECK(seen.bytes_read == text.size());
  CHECK(seen.bytes_total == text.size());
}
TEST_SUITE_END();
