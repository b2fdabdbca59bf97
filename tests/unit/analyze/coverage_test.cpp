// Who is on call, against every minute of two years: random tiers and schedules in zones whose
// clocks change in unlike ways. The other opinion knows no calendar: it marks minutes.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/driver/policy.h"
#include "runtime/engine/cover.h"

namespace tocsin {
namespace {

using values::Instant;

constexpr std::array<const char*, 8> kZones = {
    "Europe/Dublin",       "America/New_York",  "America/Sao_Paulo", "Asia/Singapore",
    "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Chatham",   "America/Santiago"};
constexpr std::array<const char*, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::int64_t kDay = 1440;
constexpr std::int64_t kFirstDay = 20'819;             // 2027-01-01
constexpr std::int64_t kMinutes = 2 * 365 * kDay + 1;  // looked at
constexpr std::int64_t kMargin = 4 * kDay;             // before and behind
constexpr std::int64_t kAll = kMinutes + 2 * kMargin;

using Minutes = std::vector<bool>;

// The minutes of two years with some days around them, and what the clock shows at each.
class Clock {
 public:
  explicit Clock(const char* name) : shown_(kAll) {
    const values::Zone zone = *values::LoadZone(name);
    for (std::int64_t i = 0; i < kAll; ++i)
      shown_[static_cast<std::size_t>(i)] =
          values::ToLocal((kFirstDay * kDay - kMargin + i) * values::kMinuteMs, zone).ms /
          values::kMinuteMs;
  }
  // The first minute at which the clock shows so much or more.
  std::int64_t First(std::int64_t shown) const {
    std::int64_t at = Around(shown, -kAround);
    while (at < kAll && shown_[static_cast<std::size_t>(at)] < shown) ++at;
    return at;
  }
  // The minute after the last at which it shows less.
  std::int64_t AfterLast(std::int64_t shown) const {
    std::int64_t at = Around(shown, kAround);
    while (at > 0 && shown_[static_cast<std::size_t>(at - 1)] >= shown) --at;
    return at;
  }

 private:
  static constexpr std::int64_t kAround = 18 * 60;
  std::int64_t Around(std::int64_t shown, std::int64_t by) const {
    return std::clamp<std::int64_t>(shown - kFirstDay * kDay + kMargin + by, 0, kAll);
  }
  std::vector<std::int64_t> shown_;
};

const Clock& ClockOf(std::size_t zone) {
  static std::map<std::size_t, Clock> clocks;
  return clocks.try_emplace(zone, kZones[zone]).first->second;
}

struct Hours {
  std::string text;
  Minutes open = Minutes(kAll);
};

// One random world, as text and as minutes.
class World {
 public:
  explicit World(unsigned seed) : random_(seed) {
    text_ =
        "policy world \"World\" { timezone: \"Europe/Dublin\" }\nchannel sms\n"
        "person ann { contact: [sms] }\nperson bob { contact: [sms] }\n";
    for (int i = 0; i < 3; ++i) AddCalendar(i);
    Tier();
    text_ += "escalation climb {\n  rung { page: on_call(L1)  answer_within: 5m";
    open_ = asked_;
    if (Chance(3)) {
      const Hours& only = calendars_[Below(3)];
      text_ += "  only: " + only.text;
      Keep(open_, only.open);
    }
    text_ += " }\n  on exhausted do page(ann)\n}\n";
  }
  const std::string& text() const { return text_; }

  // Whether somebody is asked at a minute of the two years.
  bool Open(std::int64_t minute) const { return open_[static_cast<std::size_t>(minute + kMargin)]; }
  std::vector<engine::Gap> Gaps() const {
    std::vector<engine::Gap> gaps;
    for (std::int64_t i = 0; i < kMinutes; ++i) {
      const Instant at = (kFirstDay * kDay + i) * values::kMinuteMs;
      if (Open(i)) continue;
      if (gaps.empty() || gaps.back().end != at) gaps.push_back({at, at});
      gaps.back().end = at + values::kMinuteMs;
    }
    return gaps;
  }

 private:
  std::size_t Below(std::size_t end) { return random_() % end; }
  bool Chance(std::size_t of) { return Below(of) == 0; }
  static void Keep(Minutes& of, const Minutes& other) {
    for (std::size_t i = 0; i < of.size(); ++i) of[i] = of[i] && other[i];
  }
  static void Take(Minutes& to, const Minutes& other) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = to[i] || other[i];
  }

  static void Mark(Hours& hours, const Clock& clock, std::int64_t from, std::int64_t to, bool out) {
    const std::int64_t end = clock.AfterLast(to);
    for (std::int64_t i = clock.First(from); i < end; ++i)
      hours.open[static_cast<std::size_t>(i)] = !out;
  }

  // Weekly hours, which are never empty nor leave out what is not there.
  void AddWeekly(Hours& hours, const Clock& clock) {
    const std::size_t first = Below(7), count = 1 + Below(7);
    const auto from = static_cast<std::int64_t>(Below(96)) * 15;
    std::int64_t to = from;
    while (to == from) to = static_cast<std::int64_t>(Below(97)) * 15;
    if (!hours.text.empty()) hours.text += " + ";
    hours.text +=
        fmt::format("{}..{} {:02}:{:02}..{:02}:{:02}", kDays[first], kDays[(first + count - 1) % 7],
                    from / 60, from % 60, to / 60, to % 60);
    for (std::int64_t day = kFirstDay - 3; day < kFirstDay + 2 * 365 + 3; ++day) {
      const auto weekday = static_cast<std::size_t>((day + 3) % 7);  // 1970-01-01 was a Thursday
      if ((weekday + 7 - first) % 7 >= count) continue;
      Mark(hours, clock, day * kDay + from, (to > from ? day : day + 1) * kDay + to, false);
    }
  }
  void LeaveOutDays(Hours& hours, const Clock& clock) {
    const auto first = kFirstDay + static_cast<std::int64_t>(Below(700));
    const auto last = first + static_cast<std::int64_t>(Below(10));
    const auto text = [](std::int64_t day) {
      return values::FormatInstant(day * values::kDayMs).substr(0, 10);
    };
    hours.text += fmt::format(" - {}..{}", text(first), text(last));
    Mark(hours, clock, first * kDay, (last + 1) * kDay, true);
  }

  void AddCalendar(int number) {
    const std::size_t zone = Below(kZones.size());
    Hours hours;
    if (number == 2 && Chance(2)) {
      hours.text = calendars_[0].text + " + " + calendars_[1].text;
      Take(hours.open, calendars_[0].open);
      Take(hours.open, calendars_[1].open);
    }
    const std::size_t parts = 1 + Below(3);
    for (std::size_t i = 0; i < parts; ++i) AddWeekly(hours, ClockOf(zone));
    for (std::size_t i = Below(3); i > 0; --i) LeaveOutDays(hours, ClockOf(zone));
    const std::string name = fmt::format("calendar_{}", number);
    text_ += fmt::format("calendar {} {{ timezone: \"{}\"  open: {} }}\n", name, kZones[zone],
                         hours.text);
    hours.text = name;
    calendars_.push_back(std::move(hours));
  }

  void Tier() {
    std::string available;
    asked_ = Minutes(kAll);
    Shifts();
    if (Chance(3)) {
      const Hours& hours = calendars_[Below(3)];
      available = "  available: " + hours.text;
      Keep(asked_, hours.open);
    }
    text_ += fmt::format("tier L1 \"First\" {{ respond: 15m{} }}\n", available);
  }

  void Shifts() {
    const bool fills = Chance(3);
    if (fills) {
      const Hours& other = calendars_[Below(3)];
      text_ += fmt::format(
          "tier L0 \"Other\" {{ respond: 15m }}\nschedule other for L0 {{\n"
          "  shift {{ people: [bob]  during: {} }}\n}}\n",
          other.text);
      Take(asked_, other.open);
    }
    text_ += "schedule first for L1 {\n  table shift\n  | people | during | turn |\n";
    for (std::size_t i = 1 + Below(3); i > 0; --i) {
      const Hours& hours = calendars_[Below(3)];
      text_ += fmt::format("  | {} | {} | daily(08:00) |\n", Chance(2) ? "[ann]" : "[ann, bob]",
                           hours.text);
      Take(asked_, hours.open);
    }
    if (Chance(2)) text_ += "  overlap: first\n";
    if (fills) text_ += "  gaps: other\n";
    text_ += "}\n";
  }

  std::mt19937 random_;
  std::string text_;
  std::vector<Hours> calendars_;
  Minutes asked_, open_;
};

void Compare(unsigned seed) {
  const World world(seed);
  driver::Compilation compilation;
  compilation.day = kFirstDay;
  driver::CompileTexts({{"world.tocsin", world.text()}}, "", driver::Stage::kProgram, compilation);
  INFO("seed ", seed, "\n", world.text());
  REQUIRE_MESSAGE(compilation.program.has_value(), compilation.sink.all().front().message);
  const std::vector<engine::Gap> expected = world.Gaps();
  const ir::Program& program = *compilation.program;
  const Instant from = kFirstDay * kDay * values::kMinuteMs;
  const auto machine = std::ranges::find(program.machines, "climb", &ir::Machine::name);
  REQUIRE(machine != program.machines.end());
  const ir::Effect& rung = machine->effects[0];
  engine::Cover cover(program, from, from + kMinutes * values::kMinuteMs);
  const std::vector<engine::Gap> found = cover.Gaps(rung.to, rung.only);
  REQUIRE_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK_EQ(values::FormatInstant(found[i].begin), values::FormatInstant(expected[i].begin));
    CHECK_EQ(values::FormatInstant(found[i].end), values::FormatInstant(expected[i].end));
  }
  // What is proved is what the engine does.
  constexpr std::int64_t kApart = 499;
  for (std::int64_t minute = 0; minute < kMinutes; minute += kApart) {
    const Instant at = from + minute * values::kMinuteMs;
    CHECK_EQ(engine::Asked(program, rung.to, rung.only, at).empty(), !world.Open(minute));
  }
}

}  // namespace

TEST_CASE("hours in which nobody is on call are those of every minute of two years") {
  const char* wanted = std::getenv("TOCSIN_COVERAGE_WORLDS");
  const unsigned worlds = wanted == nullptr ? 12 : static_cast<unsigned>(std::atoi(wanted));
  for (unsigned seed = 1; seed <= worlds; ++seed) Compare(seed);
}

}  // namespace tocsin
