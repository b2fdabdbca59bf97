// Reads text as a recording of a given name and keeps what came out of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "runtime/history/history.h"

namespace tocsin::history::fixture {

struct Reading {
  SeriesTable series;
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  std::vector<std::string> samples;  // `up{region="eu"} 1.5 @1000`
  std::vector<Event> events;
  bool failed = false;

  // `E1107 2:5 found X, expected Y`, for each finding.
  std::vector<std::string> findings() const {
    std::vector<std::string> all;
    for (const diagnostics::Diagnostic& finding : sink.all()) {
      std::string place = "-";
      if (finding.span.valid()) {
        const auto position = sources.PositionOf(finding.span.source, finding.span.begin);
        place = fmt::format("{}:{}", position.line, position.column);
      }
      all.push_back(fmt::format("{} {} {}", finding.row->code, place, finding.message));
    }
    return all;
  }
};

inline void Drain(Reading& reading, Reader* reader) {
  reading.failed = reader == nullptr;
  if (reader == nullptr) return;
  Record record;
  while (reader->Next(record)) {
    if (record.kind == Record::Kind::kEvent) {
      reading.events.push_back(record.event);
      continue;
    }
    const Series& series = reading.series[record.sample.series];
    const std::string labels = series.labels.empty() ? "" : series.labels.Text();
    reading.samples.push_back(fmt::format("{}{} {} @{}", series.metric, labels, record.sample.value,
                                          record.sample.stamp));
  }
  reading.failed = reader->failed();
}

inline Reading Read(const std::string& name, std::string_view text, const Options& options = {}) {
  Reading reading;
  const Context context{reading.series, reading.sources, reading.sink};
  Drain(reading, OpenText(name, text, context, options).get());
  return reading;
}

using Texts = std::vector<std::string>;

}  // namespace tocsin::history::fixture
