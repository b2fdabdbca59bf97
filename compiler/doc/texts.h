// The files of this room that are no C++: the page and its style sheets, compiled into the program.
#pragma once

#include <string_view>

namespace tocsin::doc {

// "page.html", "page.css", "colours.css", "drawing.css".
std::string_view EmbeddedText(std::string_view name);

}  // namespace tocsin::doc
