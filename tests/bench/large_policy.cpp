#include "tests/bench/large_policy.h"

#include <algorithm>
#include <array>
#include <fstream>

#include <fmt/format.h>

#include "runtime/base/check.h"

namespace tocsin::bench {
namespace {

constexpr std::array<std::string_view, 8> kServices = {"billing",   "search",   "login", "ledger",
                                                       "catalogue", "shipping", "mail",  "reports"};
constexpr std::array<std::string_view, 6> kCauses = {
    "a slow disk behind the cache",           "a queue nobody drained",
    "clients that retried without a pause",   "a certificate that had run out",
    "a deployment that was rolled out twice", "a backup that ran into the morning"};

// What all teams share.
std::string SharedFile(std::size_t lines) {
  std::string text = R"(# Everything that the teams have in common.
policy large "A large organisation" { timezone: "Europe/Dublin"  resolution: 15s }

label region  : [eu, us, ap, sa]
label service : up_to(200)

table channel
| name | text_limit | over_by |
|------|-----|-----|
| phone | 160 | sms |
| sms | 160 | |
| chat | 4000 | |

table person
| name | title | contact |
|------|-------|---------|
| duty_manager | "The manager on duty" | [phone, sms] |
| director | "The director" | [phone, sms] |

table level
| name | title | inform | via |
|---|---|---|---|
| loud | "Loud" | duty_manager | sms |
| quiet | "Quiet" | | |

# What a team keeps running, and who knows it best.
kind asset "Something that a team keeps running" {
  title: optional
  field owner "who knows it best" : person
  field weight "its share of what the team does" : ratio = 1%
  field patience "how long it may be away" : duration
}
)";
  for (auto have = static_cast<std::size_t>(std::ranges::count(text, '\n')); have < lines; ++have)
    text += fmt::format("# {}: nothing was changed here since the last review.\n", have);
  return text;
}

void AddPeople(std::string& text, std::size_t team) {
  text += fmt::format(
      "# ---- who answers in team {0} ----\n"
      "table tier\n| name | title | respond | resolve |\n|---|---|---|---|\n"
      "| t{0}_first | \"First of team {0}\" | 15m | 4h |\n"
      "| t{0}_second | \"Second of team {0}\" | 30m | 8h |\n\n"
      "table person\n| name | title | contact |\n|---|---|---|\n",
      team);
  for (std::size_t i = 0; i < 12; ++i) {
    text += fmt::format("| t{}_p{} | \"Person {} of team {}\" | [{}, sms] |\n", team, i, i, team,
                        i % 2 == 0 ? "phone" : "chat");
  }
  text += fmt::format(R"(
schedule t{0}_days for t{0}_first {{
  people: [t{0}_p0, t{0}_p1, t{0}_p2,
           t{0}_p3, t{0}_p4, t{0}_p5]   # by seniority
  turn: weekly(Mon 09:00)
  timezone: "Europe/Dublin"
}}
schedule t{0}_backup for t{0}_second {{ people: [t{0}_p6, t{0}_p7, t{0}_p8]  turn: daily(08:00) }}
schedule t{0}_nights for t{0}_second {{ people: [t{0}_p9, t{0}_p10, t{0}_p11]  turn: daily(20:00) }}
escalation t{0}_climb {{
  table rung
  | page | answer_within |
  | on_call(t{0}_first) | 5m |
  | [on_call(t{0}_second), duty_manager] | 5m |
  rounds:2
  ack_holds:   20m
  on exhausted do page(director, via:phone)
}}
table severity
| name | title | respond | resolve | climb | inform | via |
|---|---|---|---|---|---|---|
| t{0}_P1 | "Critical for team {0}" | 15m | 4h | t{0}_climb | duty_manager | phone |

)",
                      team);
}

void AddRule(std::string& text, std::size_t team, std::size_t rule) {
  const std::string_view service = kServices[rule % kServices.size()];
  const std::string_view cause = kCauses[(team + rule) % kCauses.size()];
  text += fmt::format(
      R"(# ---- rule {1}: {2} ------------------------------------------------
# It was written after an outage that began with {3}, and that nobody
# noticed for {4} minutes. The threshold is what the team agreed on in the review:
# half of what was seen then, and well above what a normal Monday brings.
signal t{0}_r{1}_errors : ratio by (service, region) {{
  source: prometheus("{2}_{1}_error_ratio", where: team == "{0}")
  stale:  45s
}}
signal t{0}_r{1}_load : count by (service, region) {{
  source: prometheus("{2}_{1}_requests_in_flight", where: team == "{0}")
  stale: 1m      # it is scraped every 20 s
}}
signal t{0}_r{1}_wait : duration by (service, region) {{
  source: prometheus("{2}_{1}_wait_seconds")  stale: 1m }}
# Errors weigh more where people wait, but never more than three times.
signal t{0}_r{1}_pain : ratio =
  t{0}_r{1}_errors * clamp(t{0}_r{1}_wait / {5}ms, low: 100%, high: 300%)

alert t{0}_r{1} "{2} of team {0}" {{
  level:   {6}
  opens: t{0}_P1
  no_data: clear(after: 10m)
  # The text goes to people who are asleep: what, where, how bad.
  says:    "{{service}} in {{region}}: {{percent(value)}} fail, rule {1}"
  when     t{0}_r{1}_pain > {7}% and
           (t{0}_r{1}_load > {8} or t{0}_r{1}_wait > {5}ms) for 2m
  clear    t{0}_r{1}_pain < {9}% for 10m
}}

)",
      team, rule, service, cause, 3 + rule % 40, 200 + rule * 5, rule % 3 == 0 ? "quiet" : "loud",
      4 + rule % 5, 100 + rule, 1 + rule % 3);
}

void AddAssets(std::string& text, std::size_t team, std::size_t lines) {
  text += fmt::format(
      "# ---- what team {} keeps running ----\ntable asset\n"
      "| name | title | owner | weight | patience |\n|---|---|---|---|---|\n",
      team);
  for (std::size_t i = 0; i + 4 < lines; ++i) {
    if (i % 50 == 49) {
      text += fmt::format("# rack {} and what is in it\n", i / 50);
      continue;
    }
    text += fmt::format("| t{0}_a{1} | \"{2} {1}, room {3}\" | t{0}_p{4} | {5}% | {6} |\n", team, i,
                        kServices[i % kServices.size()], i % 7, i % 12, i % 20,
                        i % 3 == 0 ? "1h30m" : "15m");
  }
}

}  // namespace

std::string TeamFile(std::size_t team, std::size_t rules, std::size_t lines) {
  std::string text;
  AddPeople(text, team);
  for (std::size_t rule = 0; rule < rules; ++rule) AddRule(text, team, rule);
  const auto have = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  TOCSIN_CHECK(have + 10 < lines, "the rules of a team fit into its file");
  AddAssets(text, team, lines - have);
  return text;
}

std::size_t WriteLargePolicy(const std::filesystem::path& folder, std::size_t scale) {
  std::filesystem::create_directories(folder);
  std::size_t lines = 0;
  const auto write = [&](const std::string& name, const std::string& text) {
    lines += static_cast<std::size_t>(std::ranges::count(text, '\n'));
    std::ofstream file(folder / name, std::ios::binary);
    file << text;
    TOCSIN_CHECK(file.flush().good(), "the policy that is measured is written");
  };
  write("policy.tocsin", SharedFile(200));
  for (std::size_t team = 0; team < scale * kTeams; ++team) {
    write(fmt::format("team_{:03}.tocsin", team), TeamFile(team, kRulesATeam, kLinesATeam));
  }
  return lines;
}

}  // namespace tocsin::bench
