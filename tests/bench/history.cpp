// Reading recorded data, in each format.
#include <cstdlib>

#include <fmt/format.h>

#include "runtime/diagnostics/diagnostic.h"
#include "runtime/history/columns_writer.h"
#include "runtime/history/merged.h"
#include "tests/bench/bench.h"

namespace tocsin::bench {
namespace {

constexpr std::size_t kSeries = 100;
constexpr std::size_t kSamples = 2000;  // of each series
constexpr std::int64_t kFirstMs = 1'795'407'300'000;
constexpr std::int64_t kStepMs = 15'000;

// The same samples as text, one a line, one series after the other.
template <class Line>
std::string Recording(std::string text, Line line, std::string_view end) {
  for (std::size_t series = 0; series < kSeries; ++series) {
    for (std::size_t i = 0; i < kSamples; ++i) {
      const std::int64_t at = kFirstMs + static_cast<std::int64_t>(i) * kStepMs;
      line(text, series, static_cast<double>(i * 31 + series) / 8, at);
    }
  }
  text += end;
  return text;
}

std::string Packed(const std::string& text) {
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  history::SeriesTable series;
  const auto reader = history::OpenText("a.prom", text, {series, sources, sink});
  std::string packed;
  history::ColumnsWriter writer(series, [&](std::string_view bytes) {
    packed += bytes;
    return true;
  });
  history::Record record;
  while (reader->Next(record)) writer.Add(record);
  writer.Finish();
  return packed;
}

void RegisterFormat(const std::string& name, const std::string& file, std::string text) {
  const auto data = std::make_shared<std::string>(std::move(text));
  Register("history/" + name, [data, file](benchmark::State& state) {
    for (auto _ : state) {
      diagnostics::SourceSet sources;
      diagnostics::Sink sink;
      history::SeriesTable series;
      const history::Context context{series, sources, sink};
      history::MergedHistory history(context);
      const auto reader = history::OpenText(file, *data, context);
      if (reader == nullptr || !history.Load(*reader, file) ||
          history.sample_count() != kSeries * kSamples) {
        fmt::print(stderr, "{} is not read whole\n", file);
        std::exit(1);
      }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSeries * kSamples));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(data->size()));
  });
}

}  // namespace

void RegisterHistory() {
  const auto labels = [](std::size_t series) {
    return fmt::format("{{host=\"host-{}\",job=\"registry\"}}", series);
  };
  RegisterFormat("openmetrics", "a.om",
                 Recording(
                     "# TYPE load gauge\n",
                     [&](std::string& text, std::size_t series, double value, std::int64_t at) {
                       text += fmt::format("load{} {} {}.{:03}\n", labels(series), value, at / 1000,
                                           at % 1000);
                     },
                     "# EOF\n"));
  const std::string prometheus = Recording(
      "# TYPE load gauge\n",
      [&](std::string& text, std::size_t series, double value, std::int64_t at) {
        text += fmt::format("load{} {} {}\n", labels(series), value, at);
      },
      "");
  RegisterFormat("columns", "a.columns", Packed(prometheus));
  RegisterFormat("prometheus", "a.prom", prometheus);
  RegisterFormat("csv", "a.csv",
                 Recording(
                     "timestamp,metric,value,host,job\n",
                     [](std::string& text, std::size_t series, double value, std::int64_t at) {
                       text += fmt::format("{},load,{},host-{},registry\n", at, value, series);
                     },
                     ""));
  RegisterFormat("jsonl", "a.jsonl",
                 Recording(
                     "",
                     [](std::string& text, std::size_t series, double value, std::int64_t at) {
                       text += fmt::format(
                           "{{\"at\":{},\"metric\":\"load\",\"labels\":{{\"host\":\"host-{}\","
                           "\"job\":\"registry\"}},\"value\":{}}}\n",
                           at, series, value);
                     },
                     ""));
}

}  // namespace tocsin::bench
