#include "compiler/doc/ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/doc/svg.h"

namespace tocsin::doc {
namespace {

constexpr double kRail = 68;
constexpr double kLeft = 88;  // of the boxes
constexpr double kWidth = 274;
constexpr double kLine = 20;
constexpr double kGap = 16;
constexpr double kMargin = 4;
constexpr std::size_t kLines = 3;   // that one text may take
constexpr std::int64_t kTimes = 3;  // at which a rung is said to be asked again

class Picture {
 public:
  explicit Picture(const Ladder& ladder) : ladder_(ladder), promises_(ladder.promises) {
    std::ranges::stable_sort(promises_, {}, &Ladder::Promise::after_ms);
  }

  Drawing Draw(std::string name, std::string about) {
    const values::Duration round = RoundOf(ladder_), end = round * ladder_.rounds;
    values::Duration at = 0;
    for (std::size_t i = 0; i < ladder_.rungs.size(); ++i) {
      Promises(at, false);
      Rung(i, at, round);
      at += ladder_.rungs[i].window_ms;
    }
    if (ladder_.rounds > 1) {
      Promises(round, false);
      Again(round);
    }
    Promises(end, false);
    Entry(end, "dot alarm", "box alarm", "nobody answered", ladder_.at_last);
    Promises(end, true);
    const double bottom = y_ - kGap + kMargin;
    Svg whole;
    whole.Path("rail", {{kRail, first_}, {kRail, last_}});
    return {std::move(name), std::move(about),           kLeft + kWidth + 28,
            bottom,          whole.body() + svg_.body(), {}};
  }

 private:
  // What stands beside the rail at a time. It ends below, where the next begins.
  void Entry(values::Duration at, std::string_view dot, std::string_view box,
             std::string_view title, const std::vector<std::string>& details) {
    std::vector<std::string> lines = Wrapped(title, kWidth - 28, kLines);
    const std::size_t strong = lines.size();
    for (const std::string& detail : details) {
      for (std::string& line : Wrapped(detail, kWidth - 24, kLines))
        lines.push_back(std::move(line));
    }
    const double height = 16 + kLine * static_cast<double>(lines.size());
    svg_.Rect(box, kLeft, y_, kWidth, height, 8);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      svg_.Words(i < strong ? "strong" : "soft", kLeft + 12,
                 y_ + 22 + kLine * static_cast<double>(i), lines[i]);
    }
    svg_.Circle(dot, kRail, y_ + 17, 6);
    svg_.Words("time", kRail - 14, y_ + 22, values::FormatDuration(at), "end");
    if (first_ == 0) first_ = y_ + 17;
    last_ = y_ + 17;
    y_ += height + kGap;
  }

  void Rung(std::size_t i, values::Duration at, values::Duration round) {
    const Ladder::Rung& rung = ladder_.rungs[i];
    std::vector<std::string> details = rung.details;
    std::string has = values::FormatDuration(rung.window_ms) + " to answer";
    if (ladder_.rounds > 1) {
      has += "; again at ";
      const std::int64_t shown = std::min(ladder_.rounds - 1, kTimes);
      for (std::int64_t again = 1; again <= shown; ++again)
        has += (again > 1 ? ", " : "") + values::FormatDuration(at + again * round);
      if (shown < ladder_.rounds - 1) has += ", ...";
    }
    details.push_back(std::move(has));
    if (i == 0) top_ = y_ + 17;
    Entry(at, "dot", "box", rung.who, details);
  }

  // The way back to the first rung.
  void Again(values::Duration round) {
    const double middle = y_ + 14;
    constexpr double kRight = kLeft + kWidth, kOut = kRight + 22;
    svg_.Words("soft", kLeft + 12, middle + 5,
               fmt::format("nobody: once more, {} rounds in all", ladder_.rounds));
    svg_.Words("time", kRail - 14, middle + 5, values::FormatDuration(round), "end");
    svg_.Circle("dot", kRail, middle, 4);
    svg_.Path("edge", {{kRight - 4, middle}, {kOut, middle}, {kOut, top_}, {kRight + 1, top_}}, 8);
    svg_.Head({kRight + 1, top_}, -1, 0);
    last_ = middle;
    y_ += 28 + kGap;
  }

  // Promises that fall at or before a time, or all that are left.
  void Promises(values::Duration at, bool all) {
    while (next_ < promises_.size() && (all || promises_[next_].after_ms <= at)) {
      const Ladder::Promise& promise = promises_[next_++];
      svg_.Path("promise", {{kMargin, y_ + 8}, {kRail + 14, y_ + 8}});
      const std::string text =
          fmt::format("{}: {}", values::FormatDuration(promise.after_ms), promise.text);
      svg_.Words("promise", kLeft, y_ + 13, text);
      y_ += 22 + kGap / 2;
    }
  }

  const Ladder& ladder_;
  std::vector<Ladder::Promise> promises_;
  std::size_t next_ = 0;
  Svg svg_;
  double y_ = kMargin;
  double first_ = 0;  // of the rail
  double last_ = 0;
  double top_ = 0;  // of the first rung
};

}  // namespace

values::Duration RoundOf(const Ladder& ladder) {
  values::Duration round = 0;
  for (const Ladder::Rung& rung : ladder.rungs) round += rung.window_ms;
  return round;
}

Drawing DrawLadder(const Ladder& ladder, std::string name, std::string about) {
  return Picture(ladder).Draw(std::move(name), std::move(about));
}

}  // namespace tocsin::doc
