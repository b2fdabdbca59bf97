#include "compiler/study/test_formats.h"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "runtime/diagnostics/json_text.h"
#include "runtime/diagnostics/xml_text.h"

namespace tocsin::study {
namespace {

namespace json = boost::json;
using diagnostics::Diagnostic;
using diagnostics::JsonText;
using diagnostics::SourceSet;
using diagnostics::XmlText;

std::size_t Failed(std::span<const TestResult> results) {
  return static_cast<std::size_t>(
      std::ranges::count_if(results, [](const TestResult& result) { return !result.holds(); }));
}

std::string_view PathOf(const TestResult& result, const SourceSet& sources) {
  return sources.path(result.test->span.source);
}

json::object Finding(const Diagnostic& d, const SourceSet& sources) {
  json::object object;
  object["code"] = JsonText(d.row->code);
  object["message"] = JsonText(d.message);
  const diagnostics::Position at = sources.PositionOf(d.span.source, d.span.begin);
  object["file"] = JsonText(sources.path(d.span.source));
  object["line"] = at.line;
  object["column"] = at.column;
  object["label"] = JsonText(d.label);
  json::array notes;
  for (const std::string& note : d.notes) notes.push_back(JsonText(note));
  object["notes"] = std::move(notes);
  return object;
}

struct Suite {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::map<std::string, std::size_t> titles;
};

void AddCase(const TestResult& result, const SourceSet& sources, Suite& suite) {
  ++suite.tests;
  std::string title = result.test->title;
  // Two cases of one name would count as one.
  if (const std::size_t times = ++suite.titles[title]; times > 1)
    title += fmt::format(" ({})", times);
  suite.cases += fmt::format("    <testcase classname=\"{}\" name=\"{}\"",
                             XmlText(PathOf(result, sources)), XmlText(title));
  if (result.holds()) {
    suite.cases += "/>\n";
    return;
  }
  ++suite.failures;
  const auto& all = result.findings.all();
  const std::string message = all.empty() ? "the engines disagree" : all.front().message;
  const std::string text = diagnostics::RenderTerminal(all, sources, {}) + result.disagreement;
  suite.cases +=
      fmt::format(">\n      <failure type=\"error\" message=\"{}\">{}</failure>\n    </testcase>\n",
                  XmlText(message), XmlText(text, false));
}

}  // namespace

std::string TestsForPeople(std::span<const TestResult> results, const SourceSet& sources,
                           const diagnostics::TerminalOptions& options) {
  std::string text;
  std::vector<Diagnostic> findings;
  for (const TestResult& result : results) {
    text += fmt::format("{}  {}\n", result.holds() ? "holds" : "FAILS",
                        diagnostics::Shown(result.test->title, 200));
    for (const Diagnostic& d : result.findings.all()) {
      findings.push_back(d);
      if (d.span != result.test->span) findings.back().Also(result.test->span, "in this test");
    }
  }
  if (!findings.empty()) text += "\n" + diagnostics::RenderTerminal(findings, sources, options);
  const std::size_t failed = Failed(results);
  const auto counted = [](std::size_t count) {
    return fmt::format("{} test{}", count, count == 1 ? "" : "s");
  };
  text += failed == 0 ? fmt::format("{}{}\n", findings.empty() ? "\n" : "",
                                    results.size() == 1
                                        ? std::string("1 test holds")
                                        : fmt::format("all {} hold", counted(results.size())))
                      : fmt::format("{} of {} failed\n", failed, counted(results.size()));
  return text;
}

std::string TestsAsJson(std::span<const TestResult> results, const SourceSet& sources) {
  std::string lines;
  for (const TestResult& result : results) {
    json::object object;
    object["type"] = "test";
    object["title"] = JsonText(result.test->title);
    object["file"] = JsonText(PathOf(result, sources));
    object["line"] = sources.PositionOf(result.test->span.source, result.test->span.begin).line;
    object["holds"] = result.holds();
    object["expectations"] = result.expectations;
    object["ticks"] = result.ticks;
    object["messages"] = result.messages;
    json::array findings;
    for (const Diagnostic& d : result.findings.all()) findings.push_back(Finding(d, sources));
    object["findings"] = std::move(findings);
    lines += json::serialize(object) + "\n";
  }
  json::object summary;
  summary["type"] = "summary";
  summary["tests"] = results.size();
  summary["failed"] = Failed(results);
  return lines + json::serialize(summary) + "\n";
}

std::string TestsAsJunit(std::span<const TestResult> results, const SourceSet& sources) {
  std::map<std::string_view, Suite> suites;  // files are in the order of their paths
  for (const TestResult& result : results)
    AddCase(result, sources, suites[PathOf(result, sources)]);
  std::string text;
  for (const auto& [path, suite] : suites) {
    text += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n{}"
        "  </testsuite>\n",
        XmlText(path), suite.tests, suite.failures, suite.cases);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"tocsin test\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n{}"
      "</testsuites>\n",
      results.size(), Failed(results), text);
}

}  // namespace tocsin::study
