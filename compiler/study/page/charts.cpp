// Charts of what the conditions of alerts compare, with the threshold and the times it fired.

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "compiler/study/page/parts.h"
#include "runtime/values/units.h"

namespace tocsin::study::page {
namespace {

constexpr double kWidth = 1000;  // of a chart's own coordinates
constexpr double kHeight = 200;

struct Range {
  double least = 0;
  double most = 1;
  double low = 0;  // what is drawn lies between
  double high = 1;
  double Y(double value) const {
    const double part = (value - least) / (most - least);
    return kHeight * (1 - std::clamp(part, 0.0, 1.0));
  }
};

// All that is drawn, with room above and below; from 0 where that is near.
Range RangeOf(const Chart& chart) {
  if (chart.plot->left.truth.valid()) return {-0.25, 1.25, 0, 1};
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const Line& line : chart.lines) {
    for (const Bucket& bucket : line.buckets) {
      if (!bucket.known) continue;
      least = std::min(least, bucket.least);
      most = std::max(most, bucket.most);
    }
  }
  if (!(least <= most)) return {};
  if (least >= 0 && least < most / 2) least = 0;
  double room = most / 12 - least / 12;
  if (!(room > 0)) room = std::max(std::abs(most) / 10, 1e-9);
  Range range{least == 0 ? 0 : least - room, most + room, least, most};
  if (!std::isfinite(range.least)) range.least = -std::numeric_limits<double>::max() / 4;
  if (!std::isfinite(range.most)) range.most = std::numeric_limits<double>::max() / 4;
  return range;
}

std::string Shown(const Chart& chart, double value) {
  if (chart.plot->left.truth.valid()) return value != 0 ? "true" : "false";
  return values::FormatQuantity(value, chart.plot->unit);
}

std::string Text(const Chart& chart, const Bucket& bucket) {
  if (!bucket.known) return "";
  const std::string least = Shown(chart, bucket.least);
  const std::string most = Shown(chart, bucket.most);
  return least == most ? least : least + " to " + most;
}

bool Same(const Bucket& a, const Bucket& b) {
  return a.known == b.known && (!a.known || (a.least == b.least && a.most == b.most));
}

// A line through the buckets, and up and down within those that have more than one value. The
// middle of what stays the same is left out; where nothing is known the line is broken.
std::string PathOf(const Line& line, const Chart& chart, const Range& range) {
  const std::vector<Bucket>& buckets = line.buckets;
  std::string path;
  bool drawn = false;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (!buckets[i].known) {
      drawn = false;
      continue;
    }
    const bool inner = i > 0 && i + 1 < buckets.size() && Same(buckets[i - 1], buckets[i]) &&
                       Same(buckets[i], buckets[i + 1]);
    if (inner && drawn) continue;
    const double x = (static_cast<double>(i) + 0.5) / static_cast<double>(chart.buckets) * kWidth;
    path += fmt::format("{}{:.1f} {:.1f}", drawn ? "L" : "M", x, range.Y(buckets[i].least));
    if (buckets[i].most != buckets[i].least)
      path += fmt::format("V{:.1f}", range.Y(buckets[i].most));
    // What is known at one place alone would not be seen.
    const bool alone = !drawn && (i + 1 == buckets.size() || !buckets[i + 1].known);
    if (alone) path += "h1";
    drawn = true;
  }
  return path;
}

// What the line is, for whoever points at it: only where it changes.
std::string ValuesOf(const Line& line, const Chart& chart) {
  std::string text;
  for (std::size_t i = 0; i < line.buckets.size(); ++i) {
    if (i > 0 && Same(line.buckets[i - 1], line.buckets[i])) continue;
    text += fmt::format("{}={}\n", i, Text(chart, line.buckets[i]));
  }
  return text;
}

std::string Shades(const Lane& lane, const Chart& chart, const Range&) {
  const Window window{chart.begin,
                      chart.begin + chart.bucket_ms * static_cast<values::Duration>(chart.buckets)};
  std::string html;
  for (const SpanKind kind : {SpanKind::kPending, SpanKind::kFiring}) {
    double drawn_to = -1;
    for (const Span& span : lane.spans) {
      if (span.kind != kind || span.end < window.begin || span.begin > window.end) continue;
      const double left = std::max(Along(span.begin, window), drawn_to) * kWidth / 100;
      const double right = Along(span.end, window) * kWidth / 100;
      // A hair's breadth, however short it was.
      const double width = std::max(right - left, 1.5);
      if (drawn_to >= 0 && right <= drawn_to * kWidth / 100) continue;
      drawn_to = (left + width) * 100 / kWidth;
      html +=
          fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"0\" width=\"{:.1f}\" height=\"200\"/>",
                      kind == SpanKind::kPending ? "pending" : "firing", left, width);
    }
  }
  return html;
}

std::string Squeezed(std::string_view text) {
  std::string squeezed;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      squeezed += c;
    } else if (!squeezed.empty() && squeezed.back() != ' ') {
      squeezed += ' ';
    }
  }
  return squeezed;
}

std::string NameOf(const Line& line, const Chart& chart) {
  const Source& source = line.threshold ? chart.plot->right : chart.plot->left;
  std::string name = Squeezed(source.text);
  if (!line.row.empty()) name += " (" + line.row + ")";
  return name;
}

class ChartHtml {
 public:
  ChartHtml(const Input& input, const Chart& chart)
      : input_(input),
        chart_(chart),
        lane_(input.story.lanes()[chart.lane]),
        range_(RangeOf(chart)),
        window_{chart.begin,
                chart.begin + chart.bucket_ms * static_cast<values::Duration>(chart.buckets)} {}

  std::string Make() const {
    const bool truth = chart_.plot->left.truth.valid();
    std::string html = fmt::format(
        "<figure class=\"chart{}\">\n<figcaption><strong>{}</strong><span class=\"key\">{}</span>"
        "<code>{}</code></figcaption>\n",
        truth ? " truth" : "", Escaped(input_.program.machines[lane_.alert.index].name, 100),
        lane_.key == "{}" ? "" : Escaped(lane_.key, 160),
        Escaped(Squeezed(chart_.plot->text), 200));
    html += fmt::format(
        "<div class=\"plot\" tabindex=\"0\" role=\"img\" aria-label=\"{}\" data-begin=\"{}\" "
        "data-bucket=\"{}\" data-count=\"{}\">\n",
        Escaped("chart of " + Squeezed(chart_.plot->text), 200), chart_.begin, chart_.bucket_ms,
        chart_.buckets);
    html += "<svg viewBox=\"0 0 1000 200\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" +
            Shades(lane_, chart_, range_) + Paths() + "</svg>\n" + Marks(truth) + "</div>\n";
    return html + Scale(window_) + Keys() + "</figure>\n";
  }

 private:
  std::string ClassOf(const Line& line, std::size_t& number) const {
    if (line.threshold) return "limit";
    return fmt::format("l{}", number++);
  }

  std::string Paths() const {
    std::string html;
    std::size_t number = 0;
    for (const Line& line : chart_.lines) {
      html += fmt::format("<path class=\"{}\" data-name=\"{}\" data-values=\"{}\" d=\"{}\"/>",
                          ClassOf(line, number), Escaped(NameOf(line, chart_), 120),
                          Escaped(ValuesOf(line, chart_)), PathOf(line, chart_, range_));
    }
    return html;
  }

  static std::string Y(double y, std::string_view text, bool limit = false) {
    return fmt::format("<span class=\"y{}\" style=\"top:{:.1f}%\">{}</span>\n",
                       limit ? " limit" : "", y / kHeight * 100, text);
  }

  std::string Marks(bool truth) const {
    if (truth) return Y(range_.Y(1), "true") + Y(range_.Y(0), "false");
    const Line* limit = nullptr;
    for (const Line& line : chart_.lines) {
      if (line.threshold && line.row.empty() && !line.buckets.empty()) limit = &line;
    }
    std::string html;
    double taken = -1000;
    if (limit != nullptr && limit->buckets.back().known) {
      taken = range_.Y(limit->buckets.back().least);
      html += Y(taken, Escaped(Shown(chart_, limit->buckets.back().least)), true);
    }
    // The least and the most, where the threshold leaves room.
    constexpr double kRoom = 22;
    double above = -1000;
    for (const double value : {range_.high, range_.low}) {
      const double y = range_.Y(value);
      if (std::abs(taken - y) <= kRoom || std::abs(above - y) <= kRoom) continue;
      html += Y(y, Escaped(Shown(chart_, value)));
      above = y;
    }
    return html;
  }

  std::string Keys() const {
    std::string html = "<div class=\"keys\">";
    std::size_t number = 0;
    for (const Line& line : chart_.lines) {
      html += fmt::format("<span><i class=\"{}\"></i>{}{}</span>\n", ClassOf(line, number),
                          line.threshold ? "threshold " : "", Escaped(NameOf(line, chart_), 120));
    }
    if (chart_.rows_left_out > 0)
      html += fmt::format("<span>and {} more not drawn</span>\n", chart_.rows_left_out);
    return html + "</div>\n";
  }

  const Input& input_;
  const Chart& chart_;
  const Lane& lane_;
  Range range_;
  Window window_;
};

}  // namespace

std::string Charts(const Input& input) {
  if (input.recorder == nullptr || input.recorder->charts().empty()) return {};
  std::string charts;
  std::size_t left_out = input.recorder->lanes_left_out();
  for (const Chart& chart : input.recorder->charts()) {
    std::string html = ChartHtml(input, chart).Make();
    if (charts.size() + html.size() > kChartsBytes) {
      ++left_out;
    } else {
      charts += std::move(html);
    }
  }
  const values::Duration bucket_ms = input.recorder->charts().front().bucket_ms;
  std::string note = fmt::format(
      "Shaded while the row was pending or fired. A point is {}; the dashed line is the threshold.",
      bucket_ms == input.program.resolution_ms
          ? fmt::format("a tick, each {}", values::FormatDuration(bucket_ms))
          : fmt::format("the least and the most of {}", values::FormatDuration(bucket_ms)));
  if (left_out > 0) note += fmt::format(" {} more that fired are not drawn.", left_out);
  return "<section>\n<h2>What was measured</h2>\n" + charts + "<p class=\"note\">" + note +
         "</p>\n</section>\n";
}

}  // namespace tocsin::study::page
