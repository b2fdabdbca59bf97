// JUnit XML for the test pages of CI servers: a suite for each file, a failing case for each
// finding, a passing one for a file without. The form is that of the schema of Jenkins' xUnit
// plugin, which other readers accept as well; there is no clock in it, so that the same policy
// gives the same text.

#include <map>

#include "runtime/diagnostics/formats/format.h"
#include "runtime/diagnostics/xml_text.h"

namespace tocsin::diagnostics {
namespace {

struct Suite {
  std::string cases;
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  std::map<std::string, std::size_t> names;
};

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report) {}

  std::string Write() {
    for (const SourceId file : report_.files) SuiteOf(report_.sources->path(file));
    for (const Finding& finding : report_.findings) Case(finding);
    NotShown();
    for (const SourceId file : report_.files) Rest(report_.sources->path(file));
    if (order_.empty()) Rest(report_.policy);
    std::string suites;
    Suite all;
    for (const std::string& name : order_) {
      const Suite& suite = suites_[name];
      suites += fmt::format("  <testsuite name=\"{}\"{}>\n{}  </testsuite>\n", XmlText(name),
                            Counts(suite), suite.cases);
      all.tests += suite.tests;
      all.failures += suite.failures;
      all.errors += suite.errors;
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"tocsin check\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}"
        "</testsuites>\n",
        all.tests, all.failures, all.errors, suites);
  }

 private:
  static std::string Counts(const Suite& suite) {
    return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", suite.tests,
                       suite.failures, suite.errors, suite.skipped);
  }

  Suite& SuiteOf(std::string_view name) {
    const auto [suite, fresh] = suites_.try_emplace(std::string(name));
    if (fresh) order_.emplace_back(name);
    return suite->second;
  }

  void Open(Suite& suite, std::string_view file, std::string name) {
    ++suite.tests;
    // Two cases of one name would count as one.
    const std::size_t times = ++suite.names[name];
    if (times > 1) name += fmt::format(" ({})", times);
    suite.cases +=
        fmt::format("    <testcase classname=\"{}\" name=\"{}\"", XmlText(file), XmlText(name));
  }

  void Case(const Finding& finding) {
    const Diagnostic& d = *finding.diagnostic;
    const std::string_view file =
        d.span.valid() ? report_.sources->path(d.span.source) : std::string_view(report_.policy);
    Suite& suite = SuiteOf(file);
    // Without the line, so that a case is the same one when lines move.
    Open(suite, file,
         fmt::format("{} {}{}{}", d.row->code, d.row->name, finding.declaration.empty() ? "" : ": ",
                     finding.declaration));
    if (const Acceptance* accepted = finding.acceptance) {
      ++suite.skipped;
      suite.cases += fmt::format(">\n      <skipped>{}</skipped>\n    </testcase>\n",
                                 XmlText(fmt::format("{}\naccepted until {}: {}", d.message,
                                                     accepted->until, accepted->reason),
                                         false));
      return;
    }
    const bool unread = IsUnread(d);
    ++(unread ? suite.errors : suite.failures);
    const std::string_view element = unread ? "error" : "failure";
    suite.cases += fmt::format(">\n      <{} type=\"{}\" message=\"{}\">{}</{}>\n    </testcase>\n",
                               element, Word(d.row->severity), XmlText(d.message),
                               XmlText(Text(finding), false), element);
  }

  std::string Text(const Finding& finding) const {
    const Diagnostic& d = *finding.diagnostic;
    return RenderTerminal({&d, 1}, *report_.sources, {.colour = false, .columns = 80});
  }

  void NotShown() {
    if (report_.not_shown == 0) return;
    Suite& suite = SuiteOf(report_.policy);
    Open(suite, report_.policy, "findings that are not shown");
    ++suite.failures;
    suite.cases += fmt::format(
        ">\n      <failure type=\"error\" message=\"{} more not shown\"/>\n    </testcase>\n",
        report_.not_shown);
  }

  // A file without findings passes where it was looked at.
  void Rest(std::string_view file) {
    Suite& suite = SuiteOf(file);
    if (suite.failures + suite.errors > 0) return;
    const bool hidden = report_.not_shown > 0;
    Open(suite, file, "no findings");
    if (report_.complete && !hidden) {
      suite.cases += "/>\n";
      return;
    }
    ++suite.skipped;
    suite.cases +=
        fmt::format(">\n      <skipped>{}</skipped>\n    </testcase>\n",
                    hidden ? "there are more findings than are shown"
                           : "not looked at, because another file of the policy cannot be read");
  }

  const Report& report_;
  std::map<std::string, Suite> suites_;
  std::vector<std::string> order_;
};

std::string Render(const Report& report) { return Writer(report).Write(); }

}  // namespace

extern const FormatRow format_junit;
const FormatRow format_junit{"junit", "JUnit XML for CI servers: a failing case for each finding",
                             Render};

}  // namespace tocsin::diagnostics
