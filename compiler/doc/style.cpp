#include "compiler/doc/style.h"

#include <fmt/format.h>

#include "compiler/doc/escape.h"
#include "compiler/doc/texts.h"

namespace tocsin::doc {

std::string SvgElement(const Drawing& drawing) {
  return fmt::format(
      "<svg class=\"drawing\" role=\"img\" viewBox=\"0 0 {0:g} {1:g}\" width=\"{0:g}\" "
      "height=\"{1:g}\" aria-label=\"{2}\">\n{3}</svg>\n",
      drawing.width, drawing.height, HtmlText(drawing.about), drawing.body);
}

std::string SvgFile(const Drawing& drawing) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {0:g} {1:g}\" "
      "width=\"{0:g}\" height=\"{1:g}\">\n<title>{2}</title>\n<style>\n{3}{4}</style>\n"
      "<rect class=\"ground\" width=\"{0:g}\" height=\"{1:g}\"/>\n{5}</svg>\n",
      drawing.width, drawing.height, HtmlText(drawing.about), EmbeddedText("colours.css"),
      EmbeddedText("drawing.css"), drawing.body);
}

}  // namespace tocsin::doc
