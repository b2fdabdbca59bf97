// The files of this room that are no C++, compiled into the program: the page, its style sheets,
// and the grammar.
#pragma once

#include <string_view>

namespace tocsin::doc {

// "page.html", "page.css", "colours.css", "drawing.css", "TocsinParser.g4", "TocsinLexer.g4".
std::string_view EmbeddedText(std::string_view name);

}  // namespace tocsin::doc
