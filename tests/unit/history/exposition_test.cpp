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

void CheckOm(std::string_view line, const std::string& finding) {
  CheckFinding("a.om", std::string(line) + "\n# EOF\n", finding);
}

}  // namespace

TEST_SUITE_BEGIN("history: exposition text");
TEST_CASE("OpenMetrics has seconds") {
  const Reading reading =
      Read("a.om",
           "# TYPE up gauge\n# HELP up Whether it is \\\"up\\\".\n"
           "up{region=\"eu\",job=\"r\"} 1 1763871300.125\n"
           "up{region=\"eu\",job=\"r\"} 0 1763871315\n"
           "up{job=\"r\",region=\"eu\"} 1 1763871330.5 # {trace=\"x\"} 0.5 1.5\n"
           "plain -1.5e3 0.0019\n"
           "plain NaN 1e3\n"
           "plain +Inf -0.0019\n"
           "plain 12345678901234567890 1\n"
           "plain 0.1 1\n"
           "# EOF\n");
  CHECK(reading.findings() == Texts{});
  CHECK(reading.samples == Texts{R"(up{job="r",region="eu"} 1 @1763871300125)",
                                 R"(up{job="r",region="eu"} 0 @1763871315000)",
                                 R"(up{job="r",region="eu"} 1 @1763871330500)", "plain -1500 @1",
                                 "plain nan @1000000", "plain inf @-2",
                                 "plain 1.2345678901234567e+19 @1000", "plain 0.1 @1000"});
  CHECK(reading.series.size() == 2);
}

TEST_CASE("the Prometheus format has milliseconds, blanks and remarks") {
  const Reading reading = Read("a.prom",
                               "# whatever\n\n  \t\n#\n"
                               "up{region = \"eu\" , } 1 1763871300125\n"
                               "up {region=\"eu\"}\t2  1763871300126  \r\n"
                               "  up 3 -5\n"
                               "up {region=\"us\"} 4 1\n"
                               "up 5 6");
  CHECK(reading.findings() == Texts{});
  CHECK(reading.samples == Texts{R"(up{region="eu"} 1 @1763871300125)",
                                 R"(up{region="eu"} 2 @1763871300126)", "up 3 @-5",
                                 R"(up{region="us"} 4 @1)", "up 5 @6"});
}

TEST_CASE("series that alternate, repeat and are new") {
  std::string text;
  Texts expected;
  for (int i = 0; i < 300; ++i) {
    const int which = i < 100 ? i % 3 : i < 200 ? 1 : i % 7;
    text += fmt::format("m{{a=\"{}\"}} {} {}\n", which, i, i);
    expected.push_back(fmt::format("m{{a=\"{}\"}} {} @{}", which, i, i));
  }
  const Reading reading = Read("a.txt", text);
  CHECK(reading.findings() == Texts{});
  CHECK(reading.samples == expected);
  CHECK(reading.series.size() == 7);
}

TEST_CASE("escapes") {
  const Reading reading = Read("a.om", "m{a=\"q\\\"b\\\\n\\n\",b=\"\\d\"} 1 1\n# EOF");
  CHECK(reading.findings() == Texts{});
  REQUIRE(reading.series.size() == 1);
  const auto& labels = reading.series[SeriesId(0)].labels;
  CHECK(*labels.Find("a") == "q\"b\\n\n");
  CHECK(*labels.Find("b") == "\\d");  // OpenMetrics lets an unknown escape stand for itself
  CheckFinding("a.prom", "m{a=\"\\d\"} 1 1\n",
               "E1112 1:6 `\\d` is not an escape; expected `\\\\`, `\\\"` or `\\n`");
}

TEST_CASE("what is wrong, and where") {
  CheckOm("up 1", "E1109 1:5 this sample has no timestamp; recorded data needs one for each");
  CheckOm("up{a=\"é\"} x 1",
          "E1111 1:11 `x` is not a value; expected a decimal number, `NaN`, `+Inf` or `-Inf`");
  CheckOm("up 0x10 1",
          "E1111 1:4 `0x10` is not a value; expected a decimal number, `NaN`, `+Inf` or `-Inf`");
  CheckOm("up 1_0 1",
          "E1111 1:4 `1_0` is not a value; expected a decimal number, `NaN`, `+Inf` or `-Inf`");
  CheckOm("up 1e999 1",
          "E1111 1:4 `1e999` is not a value; expected a decimal number, `NaN`, `+Inf` or `-Inf`");
  CheckOm("up 1 1763871300125",
          "E1110 1:6 `1763871300125` is not a timestamp; expected seconds since 1970 between the "
          "years 1 and 9999, "
          "as in `1763871300.125`");
  CheckOm("up 1 NaN",
          "E1110 1:6 `NaN` is not a timestamp; expected seconds since 1970 between the years 1 and "
          "9999, as in `1763871300.125`");
  CheckFinding("a.prom", "up 1 1.5\n",
               "E1110 1:6 `1.5` is not a timestamp; expected whole milliseconds since 1970 "
               "between the years 1 and "
               "9999, as in `1763871300125`");
  CheckOm("up{a=\"1\",a=\"2\"} 1 1", "E1108 1:3 the label `a` is given twice");
  CheckOm("up{a=1} 1 1", "E1107 1:6 found `1`, expected the label's value in double quotes");
  CheckOm("up{a} 1 1", "E1107 1:5 found `}`, expected `=` after the name of a label");
  CheckOm("up{1=\"a\"} 1 1", "E1107 1:4 found `1`, expected the name of a label");
  CheckOm("up{a=\"1\" b=\"2\"} 1 1", "E1107 1:9 found a blank, expected `,` or `}` after a label");
  CheckOm("up{a=\"1",
          "E1107 1:8 found the end of the line, expected `\"` at the end of the label's value");
  CheckOm("up{a=\"1\\",
          "E1107 1:9 found the end of the line, expected `\"` at the end of the label's value");
  CheckOm("up{a=\"1\"", "E1107 1:9 found the end of the line, expected `,` or `}` after a label");
  CheckOm("0up 1 1", "E1107 1:1 found `0`, expected the name of a metric");
  CheckOm("up", "E1107 1:3 found the end of the line, expected a blank and the value");
  CheckOm("up  1 1", "E1107 1:4 found a blank, expected the value");
  CheckOm("up 1 1 2", "E1107 1:7 found a blank, expected the end of the line");
  CheckOm("", "E1107 1:1 found the end of the line, expected the name of a metric");
  CheckOm("# FOO a", "E1107 1:3 found `F`, expected `# TYPE`, `# HELP`, `# UNIT` or `# EOF`");
  CheckOm("# TYPE a meh",
          "E1107 1:10 found `m`, expected `unknown`, `gauge`, `counter`, `stateset`, `info`, "
          "`histogram`, "
          "`gaugehistogram` or `summary`");
  CheckOm(std::string_view("up{a=\"\0\"} 1 1", 14), "E1105 1:7 this line holds a NUL byte");
  CheckOm("up{a=\"\xff\"} 1 1", "E1106 1:7 this byte is not UTF-8 text");
  const std::string long_name(257, 'a');
  CheckOm("up{" + long_name + "=\"1\"} 1 1", "E1117 1:3 the label name `" +
                                                 tocsin::diagnostics::Shown(long_name) +
                                                 "` is longer than 256 bytes");
}

TEST_CASE("a recording that was cut off, and one that goes on") {
  CheckFinding("a.om", "up 1 1\n",
               "E1113 - `a.om` does not end with `# EOF`; the recording is cut off after line 1");
  CheckFinding("a.om", "",
               "E1113 - `a.om` does not end with `# EOF`; the recording is cut off after line 0");
  CheckFinding("a.om", "# EOF\nup 1 1\n", "E1114 2:1 there is text after `# EOF`");
  CHECK(Read("a.prom", "").findings() == Texts{});
}

TEST_CASE("reading goes on after a bad line, up to a limit") {
  Reading reading = Read("a.prom", "up 1 1\nup x 2\nup 3 3\n");
  CHECK(reading.samples == Texts{"up 1 @1", "up 3 @3"});
  CHECK(reading.findings().size() == 1);
  std::string text;
  for (int i = 0; i < 100; ++i) text += "up x 1\n";
  reading = Read("a.prom", text);
  CHECK(reading.findings().size() == kMaxFindings);
  CHECK(reading.sink.all().back().notes == Texts{"reading of `a.prom` stops after 20 findings"});
}

TEST_CASE("long lines") {
  const std::string nearly(1'000'000, 'x');
  CHECK(Read("a.prom", "# " + nearly + "\nup 1 1\n").samples == Texts{"up 1 @1"});
  const std::string too_long((1u << 20) + 1, 'x');
  CheckFinding("a.prom", "up 1 1\n# " + too_long + "\nup 1 1\n",
               "E1104 2:1 this line is longer than 1048576 bytes");
  CheckFinding("a.prom", std::string(5'000'000, 'x'),
               "E1104 1:1 this line is longer than 1048576 bytes");
  CheckFinding(
      "a.prom", std::string(10'000, 'x') + " y 1",
      "E1111 1:4097 `y` is not a value; expected a decimal number, `NaN`, `+Inf` or `-Inf`");
}

TEST_CASE("names and formats") {
  CheckFinding("a.xml", "", "E1101 - cannot tell the format of `a.xml` from its name");
  CHECK(FormatOf("x/a.om.zst") == Format::kOpenMetrics);
  CHECK(FormatOf("a.txt") == Format::kPrometheus);
  CHECK(FormatOf("a.csv") == Format::kCsv);
  CHECK(FormatOf("a.jsonl.zst") == Format::kJsonLines);
  CHECK(FormatOf("a.columns") == Format::kColumns);
  CHECK_FALSE(FormatOf("a.zst"));
  Options options;
  options.format = Format::kPrometheus;
  CHECK(Read("a.xml", "up 1 1\n", options).samples == Texts{"up 1 @1"});
  options.stamps_optional = true;
  CHECK(Read("a.xml", "up 1\n", options).samples == Texts{"up 1 @0"});
}
TEST_SUITE_END();
