#include "compiler/study/page/record.h"

#include <algorithm>
#include <limits>

#include "runtime/engine/columns.h"

namespace tocsin::study::page {
namespace {

ir::SpaceId SpaceOf(const ir::Program& program, const Source& source) {
  if (source.number.valid()) return program.numbers[source.number.index].space;
  return program.truths[source.truth.index].space;
}

}  // namespace

Window WindowOf(const std::vector<Lane>& lanes, Window run, values::Duration resolution_ms) {
  Window window{run.end, run.begin};
  for (const Lane& lane : lanes) {
    if (lane.fired == 0) continue;
    window.begin = std::min(window.begin, lane.begin);
    window.end = std::max(window.end, lane.end);
  }
  if (window.end < window.begin) return run;
  const values::Duration margin =
      std::max((window.end - window.begin) * 15 / 100, 20 * resolution_ms);
  return {std::max(run.begin, window.begin - margin), std::min(run.end, window.end + margin)};
}

Recorder::Recorder(const ir::Program& program, const std::vector<Lane>& lanes,
                   const std::vector<Plot>& plots, Window window)
    : program_(program), lanes_(lanes), window_(window) {
  const values::Duration span = std::max<values::Duration>(window.end - window.begin, 1);
  const values::Duration step = program.resolution_ms;
  const values::Duration most = static_cast<values::Duration>(kBuckets) * step;
  const values::Duration bucket_ms = step * std::max<values::Duration>(1, (span + most - 1) / most);
  const auto buckets = static_cast<std::size_t>(span / bucket_ms + 1);
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    if (lanes[lane].fired == 0) continue;
    const std::size_t before = charts_.size();
    for (const Plot& plot : plots) {
      if (plot.alert != lanes[lane].alert || charts_.size() >= kMaxCharts) continue;
      Chart chart{lane, &plot, window.begin, bucket_ms, buckets, {}, 0};
      if (plot.compares && !plot.right.number.valid()) {
        chart.lines.push_back({true, "", {}});
        chart.lines.back().buckets.assign(buckets,
                                          {plot.right.constant, plot.right.constant, true});
      }
      sides_.push_back({charts_.size(), &plot.left, SpaceOf(program, plot.left), false});
      if (plot.compares && plot.right.number.valid())
        sides_.push_back({charts_.size(), &plot.right, SpaceOf(program, plot.right), true});
      charts_.push_back(std::move(chart));
    }
    const bool group = program.machines[lanes[lane].alert.index].kind == "group";
    if (charts_.size() == before && !group) ++lanes_left_out_;
  }
}

// The rows of a column that belong to the lane: those that agree with it in the labels that both
// have.
void Recorder::FindRows(Side& side, const engine::Columns& columns) {
  const engine::Rows& rows = columns.rows(side.space);
  if (rows.count() == side.rows_seen) return;
  Chart& chart = charts_[side.chart];
  const auto labels = LabelsOf(lanes_[chart.lane].key);
  const ir::Space& space = program_.spaces[side.space.index];
  for (; side.rows_seen < rows.count(); ++side.rows_seen) {
    bool fits = true;
    std::string further;
    for (const ir::LabelId id : space.labels) {
      const std::string& name = program_.labels[id.index].name;
      const std::string value(rows.ValueOf(side.rows_seen, name));
      const auto ours = std::ranges::find(labels, name, [](const auto& l) { return l.first; });
      if (ours == labels.end()) {
        further += (further.empty() ? "" : ", ") + value;
      } else if (ours->second != value) {
        fits = false;
      }
    }
    if (!fits) continue;
    const auto same = std::ranges::count(chart.lines, side.threshold, &Line::threshold);
    if (static_cast<std::size_t>(same) >= kLinesOfChart || lines_ >= kMaxLines) {
      ++chart.rows_left_out;
      continue;
    }
    ++lines_;
    feeds_.push_back(
        {side.chart, chart.lines.size(), side.source->number, side.source->truth, side.rows_seen});
    chart.lines.push_back({side.threshold, std::move(further), {}});
    chart.lines.back().buckets.resize(chart.buckets);
  }
}

void Recorder::Take(const engine::Engine& engine, values::Instant tick) {
  if (tick < window_.begin || tick > window_.end) return;
  const engine::Columns& columns = engine.columns();
  for (Side& side : sides_) FindRows(side, columns);
  for (const Feed& feed : feeds_) {
    Chart& chart = charts_[feed.chart];
    const auto at = static_cast<std::size_t>((tick - chart.begin) / chart.bucket_ms);
    if (at >= chart.buckets) continue;
    double value = 0;
    if (feed.number.valid()) {
      const auto number = columns.NumberAt(feed.number, feed.row);
      if (!number) continue;
      value = *number;
    } else {
      const auto truth = columns.TruthAt(feed.truth, feed.row);
      if (!truth) continue;
      value = *truth ? 1 : 0;
    }
    Bucket& bucket = chart.lines[feed.line].buckets[at];
    bucket.least = bucket.known ? std::min(bucket.least, value) : value;
    bucket.most = bucket.known ? std::max(bucket.most, value) : value;
    bucket.known = true;
  }
}

}  // namespace tocsin::study::page
