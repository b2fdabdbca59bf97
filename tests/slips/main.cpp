// slips [--floors FILE] [--one-in N [--seed S]] [--missed] [--trace]: makes every slip of every
// shipped policy (of a large one some thousands), or one in N of them, and prints the share of each
// sort that is caught. What changes nothing is left out. Ends with 1 where a share is below its
// floor; the floors are raised by hand. `--missed` names the slips that nobody noticed, `--trace`
// each before it is tried.
#include <atomic>
#include <charconv>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "compiler/driver/parallel.h"
#include "tests/slips/slips.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

struct Arguments {
  std::string floors;
  std::size_t one_in = 1;
  std::size_t seed = 1;
  bool missed = false;
  bool trace = false;
};

std::size_t Number(const std::string& text) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number == 0)
    throw std::runtime_error(fmt::format("`{}` is no number of at least 1", text));
  return number;
}

Arguments Read(const std::vector<std::string>& words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = [&]() -> const std::string& {
      if (i + 1 == words.size()) throw std::runtime_error(words[i] + " needs a value");
      return words[++i];
    };
    if (words[i] == "--floors") {
      arguments.floors = value();
    } else if (words[i] == "--one-in") {
      arguments.one_in = Number(value());
    } else if (words[i] == "--seed") {
      arguments.seed = Number(value());
    } else if (words[i] == "--missed") {
      arguments.missed = true;
    } else if (words[i] == "--trace") {
      arguments.trace = true;
    } else {
      throw std::runtime_error("there is no option " + words[i]);
    }
  }
  return arguments;
}

struct Count {
  std::size_t tried = 0;
  std::size_t caught = 0;
  std::size_t harmless = 0;

  // Of those that change something; hundredths of a percent that are not whole do not count.
  double Percent() const {
    const std::size_t telling = tried - harmless;
    if (telling == 0) return 100;
    return static_cast<double>(caught * 10'000 / telling) / 100;
  }
};
using Counts = std::array<Count, kSlipSorts.size()>;

// Each slip checks its whole policy once more, so of a large one not all are made.
constexpr std::size_t kMostOfOnePolicy = 3000;

// A step through the slips that is the same for one seed.
bool IsChosen(std::size_t index, std::size_t one_in, std::size_t seed) {
  const std::uint64_t mixed = (index + seed) * 0x9E3779B97F4A7C15u;
  return (mixed >> 32) % one_in == 0;
}

void Try(const ShippedPolicy& policy, const Arguments& arguments, Counts& counts) {
  const std::string typed = TypedText(policy);
  const std::vector<Slip> slips = SlipsOf(policy);
  const std::size_t one_in = arguments.one_in * (slips.size() / kMostOfOnePolicy + 1);
  std::vector<Verdict> verdicts(slips.size());
  driver::InParallel(slips.size(), [&](std::size_t i) {
    if (!IsChosen(i, one_in, arguments.seed)) return;
    if (arguments.trace) fmt::print(stderr, "{}\n", slips[i].what);
    verdicts[i] = Judge(policy, slips[i], typed);
  });
  for (std::size_t i = 0; i < slips.size(); ++i) {
    if (!IsChosen(i, one_in, arguments.seed)) continue;
    Count& count = counts[static_cast<std::size_t>(slips[i].sort)];
    ++count.tried;
    count.caught += verdicts[i] == Verdict::kCaught ? 1 : 0;
    count.harmless += verdicts[i] == Verdict::kHarmless ? 1 : 0;
    if (arguments.missed && verdicts[i] == Verdict::kMissed)
      fmt::print("not noticed: {}\n", slips[i].what);
  }
}

// Lines `deleted 97.0`; `#` begins a comment.
std::map<std::string, double> ReadFloors(const std::string& path) {
  std::map<std::string, double> floors;
  for (const std::string& line : Lines(ReadFile(path))) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string sort;
    double percent = 0;
    if (words >> sort >> percent) floors[sort] = percent;
  }
  return floors;
}

int Run(const Arguments& arguments) {
  const std::vector<ShippedPolicy> policies = ShippedPolicies();
  if (policies.empty()) throw std::runtime_error("run this from the root of the project");
  Counts counts;
  for (const ShippedPolicy& policy : policies) Try(policy, arguments, counts);
  const auto floors =
      arguments.floors.empty() ? std::map<std::string, double>() : ReadFloors(arguments.floors);
  fmt::print("{} policies", policies.size());
  if (arguments.one_in > 1)
    fmt::print(", one slip in {} with the seed {}", arguments.one_in, arguments.seed);
  fmt::print("\n");
  bool good = true;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::string sort(kSlipSorts[i]);
    const Count& count = counts[i];
    fmt::print("{:<8} {:.2f}% caught of {} ({} more change nothing)", sort, count.Percent(),
               count.tried - count.harmless, count.harmless);
    if (!arguments.floors.empty()) {
      const double floor = floors.at(sort);
      fmt::print(", at least {:.2f}% wanted{}", floor, count.Percent() < floor ? ": TOO FEW" : "");
      // Of a sample the share may be another one.
      good = good && (arguments.one_in > 1 || count.Percent() >= floor);
    }
    fmt::print("\n");
  }
  return good ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::testing

int main(int argc, char** argv) {
  using namespace tocsin::testing;
  try {
    return Run(Read(std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const std::exception& problem) {
    fmt::print(stderr, "slips: {}\n", problem.what());
    return 2;
  }
}
