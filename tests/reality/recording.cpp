#include "tests/reality/recording.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

namespace tocsin::reality {
namespace {

// `1795443219.123` as milliseconds, digit by digit.
Instant ReadInstant(std::string_view text) {
  Instant ms = 0;
  int digits_after_the_point = -1;
  for (const char c : text) {
    if (c == '.') {
      digits_after_the_point = 0;
    } else if (digits_after_the_point < 3) {
      ms = ms * 10 + (c - '0');
      if (digits_after_the_point >= 0) ++digits_after_the_point;
    }
  }
  for (int n = std::max(digits_after_the_point, 0); n < 3; ++n) ms *= 10;
  return ms;
}

// `name{a="x",b="y"} value instant`; the labels of the recordings have nothing to be escaped.
void ReadLine(std::string_view line, Recording& recording, std::string& last_series) {
  const std::size_t instant = line.rfind(' ');
  const std::size_t value = line.rfind(' ', instant - 1);
  if (value == std::string_view::npos || instant == std::string_view::npos ||
      line.find('\\') != std::string_view::npos) {
    throw std::runtime_error("cannot read the line " + std::string(line));
  }
  const std::string series(line.substr(0, value));
  const std::string name = series.substr(0, series.find('{'));
  std::vector<Series>& all = recording.metrics[name];
  if (series != last_series) {
    last_series = series;
    all.emplace_back();
    std::string_view rest = line.substr(0, value);
    rest.remove_prefix(name.size());
    while (rest.size() > 1) {
      rest.remove_prefix(1);
      const std::size_t equals = rest.find("=\""), quote = rest.find('"', equals + 2);
      if (quote == std::string_view::npos) break;
      all.back().labels[std::string(rest.substr(0, equals))] =
          rest.substr(equals + 2, quote - equals - 2);
      rest.remove_prefix(quote + 1);
    }
  }
  const double number =
      std::strtod(std::string(line.substr(value + 1, instant - value - 1)).c_str(), nullptr);
  const Instant at = ReadInstant(line.substr(instant + 1));
  recording.first = recording.first == 0 ? at : std::min(recording.first, at);
  recording.last = std::max(recording.last, at);
  if (std::isfinite(number)) all.back().samples.push_back({at, number});
}

}  // namespace

Recording ReadRecording(std::string_view text) {
  Recording recording;
  std::string last_series;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with("#")) ReadLine(line, recording, last_series);
  }
  return recording;
}

Signal Rows(const Recording& recording, const std::string& metric,
            const std::vector<std::string>& by, const std::map<std::string, std::string>& having) {
  Signal signal;
  const auto found = recording.metrics.find(metric);
  if (found == recording.metrics.end()) throw std::runtime_error("nothing recorded of " + metric);
  for (const Series& series : found->second) {
    const auto fits = [&](const auto& wanted) {
      const auto label = series.labels.find(wanted.first);
      return label != series.labels.end() && label->second == wanted.second;
    };
    if (!std::ranges::all_of(having, fits)) continue;
    Row row;
    for (const std::string& label : by) row.push_back(series.labels.at(label));
    if (!signal.emplace(row, series.samples).second) {
      throw std::runtime_error("two series of " + metric + " are one row");
    }
  }
  return signal;
}

}  // namespace tocsin::reality
