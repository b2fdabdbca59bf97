// tocsin who: who would be asked, rung by rung, and until when.

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "compiler/driver/command.h"
#include "compiler/driver/moment.h"
#include "compiler/driver/options.h"
#include "compiler/driver/policy.h"
#include "compiler/kinds/kind.h"
#include "compiler/study/who.h"

namespace tocsin::driver {
namespace {

namespace json = boost::json;

struct Request {
  values::Zone zone;
  values::Instant at = 0;
};

// "Sun 2026-11-29 02:00".
std::string Clock(values::Instant at, const values::Zone& zone) {
  constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu",
                                                     "Fri", "Sat", "Sun"};
  return fmt::format("{} {}", kDays[static_cast<std::size_t>(values::ToLocal(at, zone).weekday())],
                     values::FormatClock(at, zone).substr(0, 16));
}

void PrintPeople(const study::Asked& asked, const Request& request, std::string_view nobody) {
  const auto until = [&](values::Instant at) { return "until " + Clock(at, request.zone); };
  if (asked.people.empty()) {
    fmt::print("             nobody {}{}\n",
               asked.nobody_until ? until(*asked.nobody_until) : "for a year or longer", nobody);
    return;
  }
  for (const study::Asked::Person& person : asked.people) {
    const std::string name =
        person.title.empty() ? person.name : fmt::format("{} ({})", person.title, person.name);
    const std::string by = fmt::format("{} by {}", name, person.channel);
    fmt::print("             {}\n",
               person.until ? fmt::format("{:<34} {}", by, until(*person.until)) : by);
  }
}

std::string What(const study::Step& step) {
  switch (step.kind) {
    case study::Step::Kind::kInform:
      return fmt::format("{} {}", step.action, step.asked.whom);
    case study::Step::Kind::kRung:
      return fmt::format("rung {}: page {}, {} to answer", step.rung, step.asked.whom,
                         values::FormatDuration(step.answer_within));
    case study::Step::Kind::kExhausted:
      return fmt::format("nobody answered: {} {}", step.action, step.asked.whom);
  }
  return {};
}

json::object Json(const study::Asked& asked) {
  json::array people;
  for (const study::Asked::Person& person : asked.people) {
    json::object one{{"name", person.name}, {"title", person.title}, {"channel", person.channel}};
    if (person.until) one["until"] = values::FormatInstant(*person.until);
    people.push_back(std::move(one));
  }
  json::object object{{"whom", asked.whom}, {"people", std::move(people)}};
  if (asked.nobody_until) object["nobody_until"] = values::FormatInstant(*asked.nobody_until);
  return object;
}

json::object Json(const study::Step& step, const Request& request) {
  constexpr std::array<std::string_view, 3> kKinds = {"inform", "rung", "exhausted"};
  json::object object = Json(step.asked);
  object["step"] = kKinds[static_cast<std::size_t>(step.kind)];
  object["at"] = values::FormatInstant(request.at + step.after_ms);
  object["after_ms"] = step.after_ms;
  object["action"] = step.action;
  if (step.kind == study::Step::Kind::kRung) {
    object["rung"] = step.rung;
    object["answer_within_ms"] = step.answer_within;
  }
  return object;
}

void OfSeverity(const Compilation& compilation, const check::Decl& severity, const Request& request,
                bool as_json) {
  const std::vector<study::Step> steps =
      study::Steps(compilation.typed, *compilation.program, severity, request.at);
  const check::Decl& climb = *kinds::Referred(compilation.typed, severity["climb"]);
  const std::int64_t rounds = *check::Get<std::int64_t>(climb["rounds"]);
  if (as_json) {
    json::array all;
    for (const study::Step& step : steps) all.push_back(Json(step, request));
    fmt::print("{}\n", json::serialize(json::object{{"severity", severity.name},
                                                    {"at", values::FormatInstant(request.at)},
                                                    {"rounds", rounds},
                                                    {"steps", std::move(all)}}));
    return;
  }
  fmt::print("{} \"{}\", {} {}\n", severity.name, severity.title, Clock(request.at, request.zone),
             request.zone.name());
  bool again = rounds > 1;
  for (const study::Step& step : steps) {
    if (again && step.kind == study::Step::Kind::kExhausted) {
      fmt::print("  the same again, {} rounds in all\n", rounds);
      again = false;
    }
    fmt::print("  {:<9} {}\n", "+" + values::FormatDuration(step.after_ms), What(step));
    PrintPeople(step.asked, request, step.kind == study::Step::Kind::kRung ? ": passed over" : "");
  }
}

void OfTier(const Compilation& compilation, const check::Decl& tier, const Request& request,
            bool as_json) {
  const study::Asked asked = study::OnCallFor(*compilation.program, tier.name, request.at);
  if (as_json) {
    json::object object = Json(asked);
    object["tier"] = tier.name;
    object["at"] = values::FormatInstant(request.at);
    fmt::print("{}\n", json::serialize(object));
    return;
  }
  fmt::print("{} \"{}\", {} {}\n", tier.name, tier.title, Clock(request.at, request.zone),
             request.zone.name());
  PrintPeople(asked, request, "");
}

// What is asked about: a severity, the one that an alert opens, or a tier.
const check::Decl* Subject(const check::Policy& policy, const std::string& name,
                           std::string& problem) {
  const check::DeclId id = policy.Find(name);
  if (!id.valid()) {
    problem = fmt::format("there is no severity, alert or tier called `{}`", name);
    return nullptr;
  }
  const check::Decl& decl = policy[id];
  const std::string& kind = decl.schema->name;
  if (kind == "severity" || kind == "tier") return &decl;
  if (kind != "alert") {
    problem = fmt::format("`{}` is {}; ask about a severity, an alert or a tier", name,
                          check::WithArticle(kind));
    return nullptr;
  }
  const check::Decl* opens = kinds::Opens(policy, decl);
  if (opens == nullptr)
    problem = fmt::format("the alert `{}` opens no incident, so nobody is asked", name);
  return opens;
}

int Run(const std::vector<std::string>& arguments) {
  Options options("who POLICY NAME [--at TIME] [--zone ZONE] [--format terminal|json]",
                  "Says who would be asked about a severity or an alert, rung by rung if nobody "
                  "answered, or who is\non call for a tier, and until when.");
  options
      .Value("at", "TIME",
             "`Sun 02:00`, `02:00`, `2026-11-29 02:00` or `2026-11-29T02:00Z` (default: now)")
      .Value("zone", "ZONE", "the zone of times (default: the policy's)")
      .Value("format", "FORMAT", "terminal (default), or json: one object")
      .Positional("POLICY NAME", 2, 2);
  if (!options.Parse(arguments)) return options.exit_code();
  const std::string format = options.Get("format", "terminal");
  if (format != "terminal" && format != "json")
    return options.Refuse(fmt::format("there is no format `{}`", format));
  Compilation compilation;
  Compile(options.positional()[0], Stage::kProgram, compilation);
  if (compilation.failed()) Show(stderr, compilation.sink, compilation.sources);
  if (!compilation.program) return kFindings;
  Request request{ZoneOf(compilation.typed), Now()};
  if (options.Has("zone")) {
    auto zone = values::LoadZone(options.Get("zone"));
    if (!zone) return options.Refuse(fmt::format("there is no zone `{}`", options.Get("zone")));
    request.zone = *std::move(zone);
  }
  if (options.Has("at")) {
    const auto at = ParseMoment(options.Get("at"), request.zone, request.at);
    if (!at)
      return options.Refuse(fmt::format(
          "`--at {}` is no time; write `Sun 02:00` or `2026-11-29 02:00`", options.Get("at")));
    request.at = *at;
  }
  std::string problem;
  const check::Decl* subject = Subject(compilation.typed, options.positional()[1], problem);
  if (subject == nullptr) return options.Refuse(problem);
  if (subject->schema->name == "tier") {
    OfTier(compilation, *subject, request, format == "json");
  } else {
    OfSeverity(compilation, *subject, request, format == "json");
  }
  return kClean;
}

}  // namespace

extern const CommandRow command_who;
const CommandRow command_who{"who", "say who would be asked, rung by rung", Run};

}  // namespace tocsin::driver
