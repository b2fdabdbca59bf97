// The elements of a drawing, and how wide words are about. Coordinates are pixels, written with at
// most one digit after the point, so that a drawing is the same bytes wherever it is made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::doc {

// The width of a text at 14 px in the fonts of style.h; rather too much than too little.
double WidthOf(std::string_view text);
// The text in lines of at most so many pixels, broken between words where that can be; at most
// `lines`, the last of which ends with `...` where something was left out.
std::vector<std::string> Wrapped(std::string_view text, double width, std::size_t lines);

class Svg {
 public:
  void Rect(std::string_view css, double x, double y, double width, double height, double radius);
  void Circle(std::string_view css, double x, double y, double radius);
  void Words(std::string_view css, double x, double y, std::string_view text,
             std::string_view anchor = "start");
  // Through the points, with round corners.
  struct Point {
    double x = 0;
    double y = 0;
  };
  void Path(std::string_view css, const std::vector<Point>& points, double radius = 6);
  // The head of an arrow that ends at a point; `dx`, `dy` is its direction, of length 1.
  void Head(Point at, double dx, double dy);
  // A number on a disc.
  void Badge(Point at, std::size_t number);

  const std::string& body() const { return body_; }

 private:
  std::string body_;
};

}  // namespace tocsin::doc
