// The parser cases of the OpenMetrics project, where they are installed. They are scrapes, so
// timestamps may be missing, and the rules of metric families hold.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/unit/history/history_fixture.h"

using namespace tocsin::history;
using namespace tocsin::history::fixture;

namespace {

std::string Contents(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_SUITE_BEGIN("history: OpenMetrics corpus");
TEST_CASE("each case is accepted or refused as it says") {
  const char* corpora = std::getenv("TOCSIN_CORPORA");
  const std::filesystem::path folder =
      std::filesystem::path(corpora ? corpora : "") / "openmetrics";
  if (corpora == nullptr || !std::filesystem::is_directory(folder)) {
    MESSAGE("skipped: TOCSIN_CORPORA names no folder with `openmetrics`");
    return;
  }
  // It has a timestamp 391 billion years ahead, which is no instant here.
  const std::set<std::string> exceptions = {"timestamps"};
  Options options;
  options.format = Format::kOpenMetrics;
  options.stamps_optional = true;
  options.strict_families = true;
  int agree = 0;
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    const bool good =
        Contents(entry.path() / "test.json").find("\"shouldParse\": true") != std::string::npos;
    const std::string text = Contents(entry.path() / "metrics");
    const Reading reading = Read(name, text, options);
    ++cases;
    agree += reading.failed != good ? 1 : 0;
    CAPTURE(name);
    CAPTURE(text);
    CAPTURE(reading.failed ? reading.findings().front() : "accepted");
    CHECK((reading.failed != good) != exceptions.contains(name));
  }
  MESSAGE(agree << " of " << cases << " cases agree");
  CHECK(cases > 100);
}
TEST_SUITE_END();
