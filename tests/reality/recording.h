// What was recorded, read in the plainest way: OpenMetrics text in, the samples of each row of a
// signal out, by their instants. It shares nothing with what Tocsin reads recordings with.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::reality {

using Instant = std::int64_t;  // milliseconds since 1970

struct Sample {
  Instant at;
  double value;
};
using Samples = std::vector<Sample>;

struct Series {
  std::map<std::string, std::string> labels;
  Samples samples;
};
struct Recording {
  std::map<std::string, std::vector<Series>> metrics;
  Instant first = 0, last = 0;  // of all samples
};

// Throws std::runtime_error at a line that it cannot read.
Recording ReadRecording(std::string_view text);

// The values of a row's labels, in the order in which its signal declares them.
using Row = std::vector<std::string>;
using Signal = std::map<Row, Samples>;

// A metric's series as rows: those that have all of `having`, by the values of `by`. Throws where
// two series fall on one row.
Signal Rows(const Recording& recording, const std::string& metric,
            const std::vector<std::string>& by,
            const std::map<std::string, std::string>& having = {});

}  // namespace tocsin::reality
