#include <doctest/doctest.h>

#include "tests/unit/history/history_fixture.h"

using namespace tocsin::history;
using namespace tocsin::history::fixture;

namespace {

void CheckFinding(const std::string& name, std::string_view text, const std::string& finding) {
  CAPTURE(text);
  const Reading reading = Read(name, text);
  CHECK(reading.failed);
  const Texts findings = reading.findings();
  REQUIRE_FALSE(findings.empty());
  CHECK(findings.front() == finding);
}

void CheckRow(const std::string& row, const std::string& finding) {
  CheckFinding("a.csv", "timestamp,metric,value,region\n" + row + "\n", finding);
}

}  // namespace

TEST_SUITE_BEGIN("history: csv");
TEST_CASE("rows become samples") {
  const Reading reading = Read("a.csv",
                               "\xef\xbb\xbftimestamp,metric,value,region,host\r\n"
                               "2026-11-23T04:15:00Z,up,1,eu,\r\n"
                               "1795407300000,up,0.5,eu,\"a \"\"b\"\", c\"\r\n"
                               "\n"
                               "\"0\",\"up\",\"NaN\",,\n"
                               "2026-11-23T05:15:00+01:00,up,-Inf,eu,\n");
  CHECK(reading.findings() == Texts{});
  CHECK(reading.samples == Texts{R"(up{region="eu"} 1 @1795407300000)",
                                 R"(up{host="a \"b\", c",region="eu"} 0.5 @1795407300000)",
                                 "up nan @0", R"(up{region="eu"} -inf @1795407300000)"});
}

TEST_CASE("what is wrong, and where") {
  CheckFinding("a.csv", "time,metric,value\n",
               "E1119 1:1 column 1 of the header is `time`, expected `timestamp`");
  CheckFinding("a.csv", "timestamp,metric\n",
               "E1119 1:17 column 3 of the header is missing, expected `value`");
  CheckFinding("a.csv", "timestamp,metric,value,a b\n",
               "E1107 1:24 found `a b`, expected the name of a label");
  CheckFinding("a.csv", "timestamp,metric,value,a,a\n", "E1108 1:1 the label `a` is given twice");
  CheckRow("1,up,1", "E1120 2:1 this row has 3 fields, its header has 4");
  CheckRow("1,up,x,eu",
           "E1111 2:6 `x` is not a value; expected a decimal number, `NaN`, `+Inf` or `-Inf`");
  CheckRow("1,up,,eu",
           "E1111 2:6 `` is not a value; expected a decimal number, `NaN`, `+Inf` or `-Inf`");
  CheckRow(",up,1,eu", "E1109 2:1 this sample has no timestamp; recorded data needs one for each");
  CheckRow("noon,up,1,eu",
           "E1110 2:1 `noon` is not a timestamp; expected an instant such as "
           "`2026-11-23T04:15:00Z`, or "
           "milliseconds since 1970");
  CheckRow("1,,1,eu", "E1107 2:3 found nothing, expected the name of a metric");
  CheckRow("1,a b,1,eu", "E1107 2:3 found `a b`, expected the name of a metric");
  CheckRow("1,up,1,\"eu", "E1121 2:8 this quoted field does not end on its line");
  CheckRow("1,up,1,\"eu\"x", "E1107 2:12 found `x`, expected `,` after a quoted field");
  CheckRow("1,up,1,\xff", "E1106 2:8 this byte is not UTF-8 text");
  CheckRow(std::string("1,up,1,\0", 8), "E1105 2:8 this line holds a NUL byte");
}
TEST_SUITE_END();

TEST_SUITE_BEGIN("history: json lines");
TEST_CASE("samples and events") {
  const Reading reading = Read("a.jsonl",
                               "{\"at\":\"2026-11-23T04:15:00Z\",\"event\":\"acknowledge\","
                               "\"alert\":\"registry_down\",\"labels\":{"
                               "\"region\":\"eu\"},\"by\":\"bob\"}\n"
                               "\n"
                               "{\"at\": 1795407300000, \"metric\": \"up\", \"labels\": "
                               "{\"region\": \"\\u0065u\"}, \"value\": 1.5}\r\n"
                               "{\"at\": 1, \"metric\": \"up\", \"value\": \"NaN\"}\n"
                               "{\"at\": 2, \"event\": \"resolve\"}");
  CHECK(reading.findings() == Texts{});
  CHECK(reading.samples == Texts{R"(up{region="eu"} 1.5 @1795407300000)", "up nan @1"});
  REQUIRE(reading.events.size() == 2);
  const Event& event = reading.events.front();
  CHECK(event.at == 1795407300000);
  CHECK(event.name == "acknowledge");
  CHECK(event.alert == "registry_down");
  CHECK(event.labels.Text() == R"({region="eu"})");
  CHECK(event.by == "bob");
  CHECK(event.file == "a.jsonl");
  CHECK(event.line == 1);
  CHECK(reading.events.back().line == 5);
  CHECK(reading.events.back().by.empty());
}

TEST_CASE("what is wrong, and where") {
  const auto check = [](std::string_view line, const std::string& finding) {
    CheckFinding("a.jsonl", "\n" + std::string(line) + "\n", finding);
  };
  check("{", "E1122 2:2 this line is not a JSON object: incomplete JSON");
  check("{\"at\":1}}", "E1122 2:9 this line is not a JSON object: extra data");
  check("[1]", "E1122 2:1 this line is not a JSON object: lists have no place in a record");
  check("7", "E1122 2:2 this line is not a JSON object: a record is an object");
  check("{\"at\":1,\"event\":\"x\",\"labels\":{\"a\":{}}}",
        "E1122 2:35 this line is not a JSON object: the value of a label is a string");
  check("{\"at\":1,\"event\":\"x\",\"who\":\"bob\"}",
        "E1123 2:21 unknown field `who`; expected `at`, `event`, `alert`, `labels` or `by`");
  check("{\"at\":1,\"metric\":\"x\",\"by\":\"bob\",\"value\":1}",
        "E1123 2:22 unknown field `by`; expected `at`, `metric`, `labels` or `value`");
  check("{\"at\":1}", "E1124 2:1 the field `event` is missing");
  check("{\"event\":\"x\"}", "E1124 2:1 the field `at` is missing");
  check("{\"at\":1,\"metric\":\"x\"}", "E1124 2:1 the field `value` is missing");
  check("{\"at\":1,\"event\":7}", "E1125 2:9 the field `event` must be a string of 1 to 256 bytes");
  check("{\"at\":1,\"event\":\"x\",\"labels\":7}",
        "E1125 2:21 the field `labels` must be an object of strings");
  check("{\"at\":1,\"event\":\"x\",\"labels\":{\"a\":7}}",
        "E1125 2:31 the field `a` must be a string, because it is a label");
  check("{\"at\":1,\"event\":\"x\",\"at\":2}", "E1126 2:2 the field `at` is given twice");
  check("{\"at\":1,\"event\":\"x\",\"labels\":{\"a\":\"1\",\"a\":\"2\"}}",
        "E1108 2:21 the label `a` is given twice");
  check("{\"at\":\"noon\",\"event\":\"x\"}",
        "E1110 2:2 `noon` is not a timestamp; expected an instant such as "
        "`2026-11-23T04:15:00Z`, or milliseconds "
        "since 1970");
  check("{\"at\":1,\"metric\":\"x\",\"value\":null}",
        "E1125 2:22 the field `value` must be a number, \"NaN\", \"+Inf\" or \"-Inf\"");
  check("{\"at\":1,\"metric\":\"x\",\"value\":\"1\"}",
        "E1125 2:22 the field `value` must be a number, \"NaN\", \"+Inf\" or \"-Inf\"");
  check("{\"at\":1,\"metric\":\"a b\",\"value\":1}",
        "E1107 2:9 found `a b`, expected the name of a metric");
  check("{\"at\":1,\"event\":\"\xff\"}", "E1106 2:18 this byte is not UTF-8 text");
}
TEST_SUITE_END();
