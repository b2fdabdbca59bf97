// What became of tests, for people and for programs. The same results give the same text.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/study/tests.h"
#include "runtime/diagnostics/render_terminal.h"

namespace tocsin::study {

// A line for each test, the frame of each expectation that does not hold, and how many there are.
std::string TestsForPeople(std::span<const TestResult> results,
                           const diagnostics::SourceSet& sources,
                           const diagnostics::TerminalOptions& options);
// One JSON object a line: each test, then a summary. docs/reference/tests.md has the fields.
std::string TestsAsJson(std::span<const TestResult> results, const diagnostics::SourceSet& sources);
// JUnit XML: a suite for each file, a case for each test.
std::string TestsAsJunit(std::span<const TestResult> results,
                         const diagnostics::SourceSet& sources);

}  // namespace tocsin::study
