// What was measured while something fired: the least and the most of each series in each bucket of
// time. It is filled while a policy runs for a second time, when it is known what is worth drawing;
// so a run that draws nothing pays nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/study/page/story.h"
#include "runtime/engine/engine.h"

namespace tocsin::study::page {

inline constexpr std::size_t kBuckets = 400;  // of a chart, at most
inline constexpr std::size_t kMaxCharts = 24;
inline constexpr std::size_t kLinesOfChart = 4;  // of its measured side
inline constexpr std::size_t kMaxLines = 64;     // of all charts

// What a chart of a lane draws. Exactly one of the columns is valid, or neither of a constant.
struct Source {
  std::string text;  // as written in the policy
  ir::NumberColumnId number;
  ir::TruthColumnId truth;
  double constant = 0;
};
struct Plot {  // of an alert
  ir::MachineId alert;
  std::string text;
  values::Unit unit = values::Unit::kNumber;
  Source left;
  bool compares = false;
  Source right;  // where it compares: the threshold
};

struct Bucket {
  double least = 0;
  double most = 0;
  bool known = false;
};
struct Line {
  bool threshold = false;
  std::string row;  // its labels, where they are not those of the lane
  std::vector<Bucket> buckets;
};
struct Chart {
  std::size_t lane = 0;  // place in the story's lanes
  const Plot* plot = nullptr;
  values::Instant begin = 0;
  values::Duration bucket_ms = 0;
  std::size_t buckets = 0;
  std::vector<Line> lines;
  std::size_t rows_left_out = 0;
};

struct Window {
  values::Instant begin = 0;
  values::Instant end = 0;
};

class Recorder {
 public:
  // Draws the lanes that fired, those that matter most first. All of it must outlive the recorder.
  Recorder(const ir::Program& program, const std::vector<Lane>& lanes,
           const std::vector<Plot>& plots, Window window);

  void Take(const engine::Engine& engine, values::Instant tick);
  const std::vector<Chart>& charts() const { return charts_; }
  std::size_t lanes_left_out() const { return lanes_left_out_; }

 private:
  struct Feed {  // a row of a column into a line of a chart
    std::size_t chart;
    std::size_t line;
    ir::NumberColumnId number;
    ir::TruthColumnId truth;
    std::uint32_t row;
  };
  struct Side {  // where rows of a column are looked for, as they come
    std::size_t chart;
    const Source* source;
    ir::SpaceId space;
    bool threshold;
    std::uint32_t rows_seen = 0;
  };
  void FindRows(Side& side, const engine::Columns& columns);

  const ir::Program& program_;
  const std::vector<Lane>& lanes_;
  Window window_;
  std::vector<Chart> charts_;
  std::vector<Side> sides_;
  std::vector<Feed> feeds_;
  std::size_t lines_ = 0;
  std::size_t lanes_left_out_ = 0;
};

// The time worth drawing in detail: from a while before the first thing that fired to a while after
// the last, within the run.
Window WindowOf(const std::vector<Lane>& lanes, Window run, values::Duration resolution_ms);

}  // namespace tocsin::study::page
