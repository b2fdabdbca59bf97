#include "compiler/driver/accept.h"

#include <algorithm>
#include <chrono>

#include "runtime/diagnostics/acceptable.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/values/zones.h"

namespace tocsin::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Span;

struct Rule {
  const check::Decl* decl = nullptr;
  const diagnostics::Row* row = nullptr;
  const check::Decl* at = nullptr;
  std::int64_t until = 0;
  bool used = false;
};

std::string DayText(std::int64_t day) {
  const values::Date date = values::DateOfDay(day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::vector<Rule> RulesOf(const check::Policy& policy) {
  std::vector<Rule> rules;
  for (const check::DeclId id : policy.OfKind("accept")) {
    const check::Decl& decl = policy[id];
    const auto* at = check::Get<check::Reference>(decl["at"]);
    const auto* until = check::Get<check::DateValue>(decl["until"]);
    const diagnostics::Row* row = diagnostics::FindCode(decl.name);
    if (at != nullptr && until != nullptr && row != nullptr)
      rules.push_back({&decl, row, &policy[at->decl], until->day});
  }
  return rules;
}

// Whether the finding is in the declaration, or in one that is nested in it.
bool IsIn(const Diagnostic& finding, const check::Decl& decl,
          const diagnostics::Declarations& declarations) {
  const diagnostics::Declaration* whole = declarations.At(decl.span);
  return whole != nullptr && finding.span.source == whole->span.source &&
         finding.span.begin >= whole->span.begin && finding.span.begin < whole->span.end;
}

// With the rest of its lines, where nothing else is on them.
Span WholeLines(Span span, std::string_view text) {
  Span lines = span;
  while (lines.begin > 0 && text[lines.begin - 1] == ' ') --lines.begin;
  if (lines.begin > 0 && text[lines.begin - 1] != '\n') return span;
  while (lines.end < text.size() && (text[lines.end] == ' ' || text[lines.end] == '\r'))
    ++lines.end;
  if (lines.end < text.size() && text[lines.end++] != '\n') return span;
  return lines;
}

// The declaration that has such a finding, or null.
const diagnostics::Declaration* PlaceOf(const diagnostics::Row* row,
                                        const diagnostics::Declarations& declarations,
                                        const diagnostics::Sink& sink) {
  for (const Diagnostic& finding : sink.all()) {
    if (finding.row == row) return declarations.At(finding.span);
  }
  return nullptr;
}

void ReportUnused(const Rule& rule, const diagnostics::SourceSet& sources,
                  const diagnostics::Declarations& declarations, diagnostics::Sink& sink) {
  const diagnostics::Declaration* elsewhere = PlaceOf(rule.row, declarations, sink);
  auto& finding = sink.Emit(diagnostics::codes::kAcceptsNothing, rule.decl->span, rule.row->code,
                            rule.at->name);
  finding.Also(rule.at->span, "declared here").Help("remove this `accept`");
  if (elsewhere != nullptr) finding.Note(fmt::format("there is one in `{}`", elsewhere->path));
  const diagnostics::Declaration* whole = declarations.At(rule.decl->span);
  // Without its last row a table would be no table.
  if (whole == nullptr || sources.Text(whole->span).starts_with('|')) return;
  finding.Offer(WholeLines(whole->span, sources.text(whole->span.source)), "",
                diagnostics::Applicability::kReview);
}

}  // namespace

std::vector<Accepted> Accept(const check::Policy& policy, const diagnostics::SourceSet& sources,
                             const diagnostics::Declarations& declarations, std::int64_t day,
                             diagnostics::Sink& sink) {
  std::vector<Rule> rules = RulesOf(policy);
  if (rules.empty()) return {};
  // Past its limit a sink only counts, so that it is not known what nothing was found of.
  const bool all_known = !sink.full();
  std::vector<Accepted> accepted;
  sink.TakeOut([&](Diagnostic& finding) {
    Rule* kept_by = nullptr;
    Rule* expired = nullptr;
    for (Rule& rule : rules) {
      if (rule.row != finding.row || !IsIn(finding, *rule.at, declarations)) continue;
      rule.used = true;
      (day < rule.until ? kept_by : expired) = &rule;
    }
    if (kept_by != nullptr) {
      accepted.push_back({finding, {kept_by->decl->title, DayText(kept_by->until)}});
    } else if (expired != nullptr) {
      finding.Note(fmt::format("it was accepted until {}: {}", DayText(expired->until),
                               expired->decl->title));
    }
    return kept_by != nullptr;
  });
  for (const Rule& rule : rules) {
    if (!rule.used && all_known) ReportUnused(rule, sources, declarations, sink);
  }
  return accepted;
}

values::Instant Now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

values::Zone ZoneOf(const check::Policy& policy) {
  if (!policy.policy.valid()) return {};
  const auto* name = check::Get<check::ZoneName>(policy[policy.policy]["timezone"]);
  if (name == nullptr) return {};
  auto loaded = values::LoadZone(name->name);
  return loaded ? *std::move(loaded) : values::Zone();
}

std::int64_t Today(const check::Policy& policy) {
  return values::ToLocal(Now(), ZoneOf(policy)).day_number();
}

}  // namespace tocsin::driver
