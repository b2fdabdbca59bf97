// `schedule`: rotations, each with the hours in which it speaks for the tier, from which the
// function "who is on call at T" is made.

#include <algorithm>

#include "compiler/kinds/hours.h"

namespace tocsin::kinds {
namespace {

bool Both(const check::Decl& decl) {
  return check::Get<check::Word>(decl["overlap"])->text == "both";
}

// Whether a field stands there, even with a value that was reported.
bool Written(const check::Decl& decl, std::string_view name) {
  return std::ranges::any_of(
      decl.fields, [&](const check::Field& field) { return field.name == name && field.written; });
}

void CheckTurn(CheckContext& context, const check::Decl& decl, std::string_view what) {
  const auto* people = check::Get<check::ValueList>(decl["people"]);
  if (people == nullptr || people->size() < 2 || Written(decl, "turn")) return;
  context.sink.Emit(codes::kMissingField, decl.span, what, "turn")
      .Help("say when the turn passes to the next: `weekly(Mon 09:00)`");
}

// With shifts, what is filled where there is none; without, nothing may be said of it.
void CheckGaps(CheckContext& context, const check::Decl& decl) {
  const check::Decl* gaps = Referred(context.policy, decl["gaps"]);
  if (gaps == nullptr) return;
  if (decl.rows.empty()) {
    context.sink.Emit(codes::kNotTaken, decl["gaps"].span, "a schedule without shifts", "gaps")
        .Help("people who take turns leave no gap: leave the field out");
  } else if (!(*gaps)["gaps"].absent() || gaps == &decl) {
    context.sink
        .Emit(codes::kWrongType, decl["gaps"].span, "a schedule that has no `gaps` of its own",
              fmt::format("`{}`, which has", gaps->name))
        .Also(gaps->span, "it is declared here");
  }
}

void Check(CheckContext& context, const check::Decl& decl) {
  const std::string what = fmt::format("the schedule `{}`", decl.name);
  const check::Value& people = decl["people"];
  if (decl.rows.empty() && !Written(decl, "people")) {
    context.sink.Emit(codes::kMissingField, decl.span, what, "people")
        .Help("name who takes turns, or give it a `table shift`");
  } else if (!decl.rows.empty() && !people.absent()) {
    context.sink.Emit(codes::kNotTaken, people.span, "a schedule with shifts", "people")
        .Help("name them in a shift of their own");
  } else if (!decl.rows.empty() && !decl["turn"].absent()) {
    context.sink.Emit(codes::kNotTaken, decl["turn"].span, "a schedule with shifts", "turn")
        .Help("each shift has its own");
  }
  CheckTurn(context, decl, what);
  for (const check::Decl& shift : decl.rows) CheckTurn(context, shift, "a shift of several people");
  CheckGaps(context, decl);
}

class Rotations {
 public:
  Rotations(ExpandContext& context, const check::Decl& decl)
      : context_(context), decl_(decl), zone_(ZoneOf(context, decl["timezone"])) {}

  void Make() {
    if (decl_.rows.empty()) return Add(decl_, decl_.name, zone_, "");
    std::vector<std::string> before;
    for (std::size_t i = 0; i < decl_.rows.size(); ++i) {
      const check::Decl& shift = decl_.rows[i];
      const std::string name = fmt::format("{}.{}", decl_.name, i + 1);
      const std::string hours = CalendarOf(context_, shift["during"], name, zone_);
      const bool all = Both(decl_) || before.empty();
      Add(shift, name, zone_,
          all ? hours : CombinedCalendar(context_, name + ".alone", hours, before));
      before.push_back(hours);
    }
    if (const check::Decl* gaps = Referred(context_.policy, decl_["gaps"])) Fill(*gaps, before);
  }

 private:
  void Add(const check::Decl& of, std::string name, const std::string& zone, std::string during) {
    core::Schedule made;
    made.name = std::move(name);
    made.tier = context_[decl_.target].name;
    for (const check::Value& person : *check::Get<check::ValueList>(of["people"]))
      made.people.push_back(Referred(context_.policy, person)->name);
    if (const auto* turn = check::Get<values::Turn>(of["turn"])) made.turn = *turn;
    made.zone = zone;
    made.during = std::move(during);
    context_.core.schedules.push_back(std::move(made));
  }

  // In the hours of no shift whoever the other schedule has then.
  void Fill(const check::Decl& gaps, const std::vector<std::string>& shifts) {
    const std::string name = decl_.name + ".gaps";
    const std::string hours = CombinedCalendar(context_, name, "", shifts);
    const std::string zone = ZoneOf(context_, gaps["timezone"]);
    if (gaps.rows.empty()) return Add(gaps, name, zone, hours);
    for (std::size_t i = 0; i < gaps.rows.size(); ++i) {
      const check::Decl& shift = gaps.rows[i];
      const std::string place = fmt::format("{}.{}", name, i + 1);
      const std::string theirs = CalendarOf(context_, shift["during"], place + ".theirs", zone);
      // What both have is the one without what it has alone.
      const std::string alone = CombinedCalendar(context_, place + ".alone", theirs, {hours});
      Add(shift, place, zone, CombinedCalendar(context_, place, theirs, {alone}));
    }
  }

  ExpandContext& context_;
  const check::Decl& decl_;
  std::string zone_;
};

// Whether it only fills the gaps of another schedule of its tier.
bool OnlyFills(const check::Policy& policy, const check::Decl& decl) {
  return std::ranges::any_of(policy.decls, [&](const check::Decl& other) {
    return other.schema->name == "schedule" && other.target == decl.target &&
           Referred(policy, other["gaps"]) == &decl;
  });
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  if (!OnlyFills(context.policy, decl)) Rotations(context, decl).Make();
}

}  // namespace

extern const KindRow kind_schedule;
const KindRow kind_schedule{"schedule", Check, Expand};

}  // namespace tocsin::kinds
