#include "compiler/study/summary.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/study/lines.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::study {
namespace {

constexpr std::size_t kDayCharacters = 10;     // `2026-11-23`
constexpr std::size_t kMinuteCharacters = 16;  // `2026-11-23 04:36`
constexpr std::size_t kAlertWidth = 21;
constexpr std::size_t kPersonWidth = 16;

class Summary {
 public:
  Summary(const ir::Program& program, const Tally& tally, const Simulation& simulation,
          const SummaryOptions& options, const std::function<void(std::string_view)>& print)
      : program_(program),
        tally_(tally),
        simulation_(simulation),
        options_(options),
        print_(print),
        first_day_(values::FormatClock(options.begin, utc_).substr(0, kDayCharacters)) {}

  void Run() {
    Firings();
    Alerts();
    People();
    LeftOut();
    Unseen();
  }

 private:
  const std::string& NameOf(ir::MachineId machine) const {
    return program_.machines[machine.index].name;
  }

  void Firings() {
    const std::vector<Firing>& firings = tally_.firings();
    print_("");
    print_(firings.empty() ? "Nothing fired." : "What fired");
    for (const Firing& firing : firings) {
      const std::string alert = diagnostics::Shown(NameOf(firing.alert) + firing.key, 400);
      const std::string begin = values::FormatClock(firing.begin, utc_);
      print_(firing.open ? fmt::format("  {}  {}  still firing", begin, alert)
                         : fmt::format("  {}  {}  for {}", begin, alert,
                                       values::FormatDuration(firing.end - firing.begin)));
    }
    if (tally_.firing_count() > firings.size())
      print_(fmt::format("  and {} more", tally_.firing_count() - firings.size()));
  }

  // A name that is too long for its column stands on a line of its own.
  std::string Named(std::string_view name, std::size_t width) {
    if (Width(name) <= width)
      return fmt::format("  {}{}", name, std::string(width - Width(name), ' '));
    print_(fmt::format("  {}", name));
    return std::string(width + 2, ' ');
  }

  void Alerts() {
    std::vector<std::string> silent;
    bool headed = false;
    for (const AlertTally& alert : tally_.Alerts()) {
      const ir::Machine& machine = program_.machines[alert.alert.index];
      if (!options_.only.Shows(alert.alert)) continue;
      if (!alert.pended) {
        silent.push_back(machine.name);
        continue;
      }
      if (!headed) {
        print_("");
        print_(fmt::format("  {:<{}} {:>6} {:>5} {:>6} {:>8} {:>8} {:>6} {:>5} {:>5}", "alert",
                           kAlertWidth, "pages", "rows", "fired", "longest", "total", "flaps",
                           "brief", "open"));
      }
      headed = true;
      const std::string name = Named(machine.name, kAlertWidth);
      print_(fmt::format("{} {:>6} {:>5} {:>6} {:>8} {:>8} {:>6} {:>5} {:>5}", name, alert.pages,
                         alert.rows, alert.fired,
                         alert.fired == 0 ? "" : ShortDuration(alert.longest_ms),
                         alert.fired == 0 ? "" : ShortDuration(alert.total_ms), alert.flaps,
                         alert.brief, alert.open));
    }
    Silent(silent, headed);
  }

  void Silent(const std::vector<std::string>& silent, bool headed) {
    if (silent.empty()) return;
    if (!headed) print_("");
    if (!options_.all) {
      print_(fmt::format(
          "  {} never pending; `--all` names {}",
          silent.size() == 1 ? "1 alert was" : fmt::format("{} alerts were", silent.size()),
          silent.size() == 1 ? "it" : "them"));
      return;
    }
    for (const std::string& line :
         Wrap(fmt::format("never pending: {}", fmt::join(silent, ", ")), kColumns - 2)) {
      print_("  " + line);
    }
  }

  // The day only where it is not the first one.
  std::string Time(values::Instant at) const {
    const std::string clock = values::FormatClock(at, utc_);
    return clock.starts_with(first_day_) ? clock.substr(kDayCharacters + 1)
                                         : clock.substr(0, kMinuteCharacters);
  }

  void People() {
    const std::vector<PersonTally> people = tally_.People();
    if (people.empty()) return;
    print_("");
    print_(fmt::format("  {:<{}} {:>5} {:>8} {:>7} {:>5}  {:<16} {}", "who was told", kPersonWidth,
                       "pages", "at night", "notices", "over", "first", "last"));
    for (const PersonTally& person : people) {
      const std::string name = Named(program_.people[person.person.index].name, kPersonWidth);
      print_(fmt::format("{} {:>5} {:>8} {:>7} {:>5}  {:<16} {}", name, person.pages,
                         person.pages_at_night, person.notices, person.overs, Time(person.first),
                         Time(person.last)));
    }
    Night(people);
  }

  void Night(const std::vector<PersonTally>& people) {
    std::vector<std::string> zones;
    for (const PersonTally& person : people) {
      const std::string& zone = tally_.ZoneOf(person.person).name();
      if (person.pages_at_night > 0 && std::ranges::find(zones, zone) == zones.end())
        zones.push_back(zone);
    }
    if (zones.empty()) return;
    for (const std::string& line :
         Wrap(fmt::format("at night: from {:02}:00 to {:02}:00 in {}", kNightFromHour, kNightToHour,
                          fmt::join(zones, ", ")),
              kColumns - 2)) {
      print_("  " + line);
    }
  }

  void LeftOut() {
    const engine::Stats& stats = simulation_.stats;
    const std::uint64_t left_out = stats.samples_late + stats.samples_ahead;
    if (left_out > 0) {
      print_("");
      print_(fmt::format("  {} samples left out: {} too late, {} too far ahead", left_out,
                         stats.samples_late, stats.samples_ahead));
    }
    if (stats.series_refused > 0)
      print_(fmt::format("  {} series refused: outside the labels' domains", stats.series_refused));
  }

  // A policy that watches the wrong metric stays silent.
  void Unseen() {
    const std::vector<std::string>& unseen = simulation_.unseen_signals;
    if (!unseen.empty()) print_("");
    for (const ir::Signal& signal : program_.signals) {
      if (std::ranges::find(unseen, signal.name) == unseen.end()) continue;
      const std::string metric = diagnostics::Shown(signal.metric);
      const std::string text =
          simulation_.part
              ? fmt::format(
                    "nothing in this part of the recording is for the signal {}, which "
                    "reads {}",
                    signal.name, metric)
              : fmt::format(
                    "nothing was recorded for the signal {}: no series of {} fits its source",
                    signal.name, metric);
      for (const std::string& line : Wrap(text, kColumns - 2)) print_("  " + line);
    }
  }

  const ir::Program& program_;
  const Tally& tally_;
  const Simulation& simulation_;
  const SummaryOptions& options_;
  const std::function<void(std::string_view)>& print_;
  values::Zone utc_;
  std::string first_day_;
};

}  // namespace

void PrintSummary(const ir::Program& program, const Tally& tally, const Simulation& simulation,
                  const SummaryOptions& options,
                  const std::function<void(std::string_view)>& print) {
  Summary(program, tally, simulation, options, print).Run();
}

}  // namespace tocsin::study
