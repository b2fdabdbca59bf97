// Findings as they are shown: what every format renders from, and all it knows. The stages' own
// findings with the declaration each is in, the fingerprint by which it is recognised again, and
// whether somebody accepted it; and what is said about the run as a whole.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/embedded.h"
#include "runtime/diagnostics/declarations.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/diagnostics/render_terminal.h"

namespace tocsin::diagnostics {

// Why a finding is not reported, and until when.
struct Acceptance {
  std::string reason;
  std::string until;  // the day on which it is reported again: "2027-03-01"
};

struct Finding {
  const Diagnostic* diagnostic = nullptr;
  const Acceptance* acceptance = nullptr;  // null: it counts
  std::string declaration;                 // "escalation climb/rung"; empty outside of all
  std::string kind;                        // of the declaration
  std::string fingerprint;
};

struct Report {
  const SourceSet* sources = nullptr;
  std::string policy;            // what was looked at, as it was named
  std::vector<SourceId> files;   // that were read, by path
  std::vector<SourceId> broken;  // of them, those with mistakes that hid the rest of what they say
  std::vector<Finding> findings;
  // Of all findings, shown or not.
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t accepted = 0;
  std::size_t not_shown = 0;
  std::string clean;  // what to say to people where nothing is wrong
  std::string version;
  std::string folder;  // the absolute path that relative ones start from
  std::span<const base::EmbeddedFile> pages;
  TerminalOptions terminal;
  // Whether all was read, so that what has no finding is fine.
  bool complete = true;
};

// What may be shown: `accepted` and at most `most` findings, errors before warnings.
struct Selection {
  bool accepted = false;
  std::size_t most = static_cast<std::size_t>(-1);
};

// Puts the findings into the report. `all` are in the order of their places; of a Finding only
// `diagnostic` and `acceptance` need to be set. What is not shown has its part in the fingerprints,
// so that they do not depend on the selection. `counted` says how many errors and warnings there
// were in all.
void Fill(Report& report, std::vector<Finding> all, const Sink& counted,
          const Declarations& declarations, const Selection& selection);

// "error", "warning".
std::string_view Word(Severity severity);
std::string_view Word(Applicability applicability);  // "safe", "review", "placeholder"

// Whether the finding says that something could not be read at all.
bool IsUnread(const Diagnostic& d);

// `shop.tocsin:4:10: error[E0301]: there is no tier called `L9``, on one line.
std::string ShortLine(const Finding& finding, const SourceSet& sources);

// "2 errors, 1 warning (3 not shown), 1 accepted"; empty where there is none of them.
std::string CountLine(const Report& report);

// "insert ` |`", "replace `L9` with `L1`", "remove `--`".
std::string Describe(const Fix& fix, const SourceSet& sources);

}  // namespace tocsin::diagnostics
