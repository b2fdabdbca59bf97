#include "compiler/driver/learn/signals.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/driver/learn/words.h"
#include "runtime/base/limits.h"

namespace tocsin::driver::learn {
namespace {

struct Label {
  std::string name;  // in the policy
  std::size_t most = 0;
};
using Labels = std::map<std::string, Label>;  // by their names in Prometheus

// Half as much again as was seen, rounded up to 5, 10, 20, 50 and so on: what comes later must
// find room.
std::size_t WithRoom(std::size_t seen) {
  const std::size_t wanted = seen + seen / 2;
  for (std::size_t ten = 1;; ten *= 10) {
    for (const std::size_t step : {5 * ten, 10 * ten, 20 * ten}) {
      if (step >= wanted) return step;
    }
  }
}

// Whether the rows by these labels are not more than a signal may have.
bool Fit(const Metric& metric, const Labels& labels, bool all) {
  std::size_t rows = 1;
  for (const auto& [theirs, use] : metric.labels) {
    if (!all && !use.needed) continue;
    const std::size_t most = labels.at(theirs).most;
    if (most > base::kMaxRows / rows) return false;
    rows *= most;
  }
  return true;
}

Labels LabelsOf(const Answer& answer, std::set<std::string>& taken) {
  Labels labels;
  for (const Metric& metric : answer.metrics) {
    for (const auto& [theirs, use] : metric.labels) {
      Label& label = labels[theirs];
      label.most = std::max(label.most, WithRoom(use.values));
    }
  }
  for (auto& [theirs, label] : labels) label.name = FreeName(theirs, "label", taken);
  return labels;
}

void AddSignal(const Metric& metric, const Labels& labels, std::set<std::string>& taken,
               std::string& text) {
  const bool all = Fit(metric, labels, true);
  const bool fits = all || Fit(metric, labels, false);
  const std::string name = FreeName(metric.name, "signal", taken);
  const SignalType type = TypeOf(metric);
  std::string by, source = Quoted(metric.name), left_out;
  for (const auto& [theirs, use] : metric.labels) {
    if (!all && !use.needed) {
      left_out += (left_out.empty() ? "" : ", ") + theirs;
      continue;
    }
    const std::string& ours = labels.at(theirs).name;
    by += (by.empty() ? "" : ", ") + ours;
    if (ours != theirs) source += fmt::format(", {}: {}", ours, Quoted(theirs));
  }
  text += '\n';
  const std::string help = OneLine(metric.help, 90);
  if (!help.empty()) text += fmt::format("# {}\n", help);
  if (!type.note.empty()) text += fmt::format("# {}\n", fmt::format(fmt::runtime(type.note), name));
  if (!left_out.empty() && fits)
    text += fmt::format("# Told from one another without the labels {}.\n", left_out);
  if (!fits)
    text += fmt::format(
        "# Its labels make more rows than the {} that a signal may have. Leave some "
        "out:\n# ",
        base::kMaxRows);
  text += fmt::format("signal {} : {}{} {{ source: prometheus({}) }}\n", name, type.type,
                      by.empty() ? "" : fmt::format(" by ({})", by), source);
}

void AddLeftOut(const std::vector<std::string>& names, std::string_view why, std::string& text) {
  if (names.empty()) return;
  text += fmt::format("\n# Left out, {}:\n", why);
  for (const std::string& name : names) text += fmt::format("#   {}\n", OneLine(name, 90));
}

}  // namespace

std::string SignalsText(const Answer& answer, const std::string& url, std::set<std::string> taken) {
  std::string text = fmt::format(
      "# The metrics of {}, as `tocsin init --from` found them. From here on\n"
      "# it is a file like any other: leave out what is not needed, and correct what was "
      "guessed.\n",
      OneLine(WithoutPassword(url), 90));
  Labels labels = LabelsOf(answer, taken);
  if (!labels.empty())
    text +=
        "\n# How many values a label may have, with room above what was seen. Where all are "
        "known,\n"
        "# name them: `label region : [eu, us]` makes each of them known before it was ever "
        "seen.\n";
  for (const auto& [theirs, label] : labels)
    text += fmt::format("label {} : up_to({})\n", label.name, label.most);
  for (const Metric& metric : answer.metrics) AddSignal(metric, labels, taken, text);
  AddLeftOut(answer.odd, "as their names or their labels' are no plain text", text);
  AddLeftOut(answer.too_large, "as they have more series than one answer may hold", text);
  return text;
}

}  // namespace tocsin::driver::learn
