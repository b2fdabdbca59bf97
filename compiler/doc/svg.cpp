#include "compiler/doc/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/doc/escape.h"
#include "runtime/base/utf8.h"

namespace tocsin::doc {
namespace {

double WidthOfPoint(char32_t point) {
  constexpr std::u32string_view kNarrow = U"ijl.,:;'|!()[]{} ft/";
  constexpr std::u32string_view kBroad = U"mwMW@%";
  if (base::ColumnsOf(point) == 2) return 15;
  if (kNarrow.find(point) != kNarrow.npos) return 5;
  if (kBroad.find(point) != kBroad.npos) return 13;
  return point >= 'A' && point <= 'Z' ? 10 : 8.2;
}

std::string Number(double number) {
  const auto tenths = static_cast<long long>(std::llround(number * 10));
  if (tenths % 10 == 0) return fmt::format("{}", tenths / 10);
  return fmt::format("{}{}.{}", tenths < 0 ? "-" : "", std::abs(tenths) / 10,
                     std::abs(tenths) % 10);
}

// As much of a text as fits.
std::size_t Fitting(std::string_view text, double width) {
  double used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const base::CodePoint point = base::Decode(text, at);
    used += WidthOfPoint(point.value);
    if (used > width && at > 0) return at;
    at += point.length;
  }
  return at;
}

}  // namespace

double WidthOf(std::string_view text) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::Decode(text, at);
    width += WidthOfPoint(point.value);
    at += point.length;
  }
  return width;
}

std::vector<std::string> Wrapped(std::string_view text, double width, std::size_t lines) {
  const std::string line = OneLine(text);
  std::string_view rest = line;
  std::vector<std::string> wrapped;
  while (!rest.empty()) {
    std::size_t end = Fitting(rest, width);
    if (end < rest.size()) {
      if (wrapped.size() + 1 == lines) {
        end = Fitting(rest, width - WidthOf("..."));
        wrapped.push_back(std::string(rest.substr(0, end)) + "...");
        return wrapped;
      }
      const std::size_t space = rest.substr(0, end + 1).rfind(' ');
      if (space != rest.npos && space > 0) end = space;
    }
    wrapped.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  return wrapped;
}

void Svg::Rect(std::string_view css, double x, double y, double width, double height,
               double radius) {
  body_ +=
      fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>\n",
                  css, Number(x), Number(y), Number(width), Number(height), Number(radius));
}

void Svg::Circle(std::string_view css, double x, double y, double radius) {
  body_ += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", css, Number(x),
                       Number(y), Number(radius));
}

void Svg::Words(std::string_view css, double x, double y, std::string_view text,
                std::string_view anchor) {
  const std::string at =
      anchor == "start" ? std::string() : fmt::format(" text-anchor=\"{}\"", anchor);
  body_ += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\"{}>{}</text>\n", css, Number(x),
                       Number(y), at, HtmlText(OneLine(text)));
}

void Svg::Path(std::string_view css, const std::vector<Point>& points, double radius) {
  if (points.size() < 2) return;
  std::string path = fmt::format("M{} {}", Number(points[0].x), Number(points[0].y));
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    // From one leg to the next, no further along either than half of it.
    const auto [x, y] = points[i];
    const auto toward = [&](const Point& other) {
      const double length = std::hypot(other.x - x, other.y - y);
      const double part = length == 0 ? 0 : std::min(radius, length / 2) / length;
      return Point{x + (other.x - x) * part, y + (other.y - y) * part};
    };
    const Point from = toward(points[i - 1]), to = toward(points[i + 1]);
    path += fmt::format("L{} {}Q{} {} {} {}", Number(from.x), Number(from.y), Number(x), Number(y),
                        Number(to.x), Number(to.y));
  }
  path += fmt::format("L{} {}", Number(points.back().x), Number(points.back().y));
  body_ += fmt::format("<path class=\"{}\" d=\"{}\"/>\n", css, path);
}

void Svg::Head(Point at, double dx, double dy) {
  constexpr double kLength = 8, kHalf = 4;
  const Point back{at.x - dx * kLength, at.y - dy * kLength};
  body_ += fmt::format("<path class=\"head\" d=\"M{} {}L{} {}L{} {}Z\"/>\n", Number(at.x),
                       Number(at.y), Number(back.x - dy * kHalf), Number(back.y + dx * kHalf),
                       Number(back.x + dy * kHalf), Number(back.y - dx * kHalf));
}

void Svg::Badge(Point at, std::size_t number) {
  Circle("disc", at.x, at.y, number < 10 ? 8.5 : 10);
  Words("badge", at.x, at.y + 4, fmt::format("{}", number));
}

}  // namespace tocsin::doc
