// Hours in which a severity's ladder asks nobody: on all of its rungs, or on one that is meant to
// be asked at all hours. The next 53 weeks are looked at, with their holidays and changes of the
// clock.

#include <algorithm>
#include <array>
#include <set>

#include "compiler/analyze/analysis.h"
#include "runtime/engine/cover.h"
#include "runtime/values/zones.h"

namespace tocsin::analyze {
namespace {

using engine::Gap;

constexpr values::Duration kLookedAt = 53 * values::kWeekMs;

values::Zone ZoneOf(const check::Policy& policy) {
  auto zone =
      values::LoadZone(check::Get<check::ZoneName>(policy[policy.policy]["timezone"])->name);
  return zone ? *std::move(zone) : values::Zone();
}

class Coverage {
 public:
  explicit Coverage(Context& context)
      : context_(context),
        zone_(ZoneOf(context.policy)),
        from_(values::FromLocal({context.day * values::kDayMs}, zone_, values::Choose::kFirst)),
        cover_(context.program, from_, from_ + kLookedAt) {}

  void Look(const check::Decl& severity, const check::Decl& climb) {
    std::vector<Gap> left{{from_, from_ + kLookedAt}};  // in which no rung asked anybody so far
    for (const check::Decl& rung : climb.rows) {
      const std::vector<Gap> gaps = GapsOf(climb, rung);
      if (rung["only"].absent() && !gaps.empty()) SayRung(climb, rung, gaps);
      left = Common(left, gaps);
    }
    if (!left.empty()) SayLadder(severity, climb, left);
  }

 private:
  // Of the machine that the ladder became: its effects begin with those of the rungs.
  std::vector<Gap> GapsOf(const check::Decl& climb, const check::Decl& rung) {
    const auto machine =
        std::ranges::find(context_.program.machines, climb.name, &ir::Machine::name);
    const auto place = static_cast<std::size_t>(&rung - climb.rows.data());
    const ir::Effect& effect = machine->effects[place];
    return cover_.Gaps(effect.to, effect.only);
  }

  static std::vector<Gap> Common(const std::vector<Gap>& a, const std::vector<Gap>& b) {
    std::vector<Gap> common;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      const Gap both{std::max(a[i].begin, b[j].begin), std::min(a[i].end, b[j].end)};
      if (both.begin < both.end) common.push_back(both);
      (a[i].end < b[j].end ? i : j)++;
    }
    return common;
  }

  // "Sun 2026-11-29 00:00", in the policy's zone.
  std::string Clock(values::Instant at) const {
    constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};
    const auto day = static_cast<std::size_t>(values::ToLocal(at, zone_).weekday());
    return fmt::format("{} {}", kDays[day], values::FormatClock(at, zone_).substr(0, 16));
  }
  std::string Example(const std::vector<Gap>& gaps) const {
    const Gap& first = gaps.front();
    const bool to_the_end = first.end == from_ + kLookedAt;
    return fmt::format("{}{} {}", Clock(first.begin),
                       to_the_end ? std::string(" on") : " to " + Clock(first.end), zone_.name());
  }
  static std::string Total(const std::vector<Gap>& gaps) {
    values::Duration total = 0;
    for (const Gap& gap : gaps) total += gap.end - gap.begin;
    return fmt::format("{} hours of the next 53 weeks",
                       (total + values::kHourMs / 2) / values::kHourMs);
  }

  void SayRung(const check::Decl& climb, const check::Decl& rung, const std::vector<Gap>& gaps) {
    const bool never = gaps.size() == 1 && gaps[0].end - gaps[0].begin == kLookedAt;
    if (never) return;  // a tier without a schedule, which is said elsewhere
    const auto place = &rung - climb.rows.data() + 1;
    if (!told_.insert({climb.name, place}).second) return;
    auto& finding = context_.sink.Emit(codes::kRungOfNobody, rung["page"].span, place, climb.name,
                                       Example(gaps));
    for (const check::Recipient& to : check::Get<check::Recipients>(rung["page"])->all) {
      if (!to.tier.valid()) continue;
      const check::Decl& tier = context_.policy[to.tier];
      const check::Value& available = tier["available"];
      finding.Also(available.absent() ? tier.span : available.span,
                   available.absent() ? "nobody of this tier is on call then"
                                      : "it is only available in these hours");
    }
    finding.Note(fmt::format("nobody is asked there in {}", Total(gaps)))
        .Help("say that it is meant so, with `only` and these hours, or have somebody on call");
  }

  void SayLadder(const check::Decl& severity, const check::Decl& climb,
                 const std::vector<Gap>& gaps) {
    if (gaps.size() == 1 && gaps[0].end - gaps[0].begin == kLookedAt) return;
    context_.sink.Emit(codes::kNobodyAnswers, severity.span, severity.name, Example(gaps))
        .Also(climb.span, "no rung of this ladder has anybody then")
        .Note(fmt::format("nobody is asked in {}", Total(gaps)))
        .Help("have somebody on call in these hours, or fill them with `gaps` of a schedule");
  }

  Context& context_;
  values::Zone zone_;
  values::Instant from_;
  engine::Cover cover_;
  std::set<std::pair<std::string, std::ptrdiff_t>> told_;
};

void Run(Context& context) {
  Coverage coverage(context);
  for (check::DeclId id : context.policy.OfKind("severity")) {
    const check::Decl& severity = context.policy[id];
    const auto* climb = check::Get<check::Reference>(severity["climb"]);
    if (climb != nullptr && !context.policy[climb->decl].rows.empty())
      coverage.Look(severity, context.policy[climb->decl]);
  }
}

}  // namespace

extern const AnalysisRow analysis_coverage;
const AnalysisRow analysis_coverage{"coverage", Run};

}  // namespace tocsin::analyze
