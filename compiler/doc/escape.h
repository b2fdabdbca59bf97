// Text from a policy to what may stand in HTML, SVG and Markdown: nothing in it can become an
// element, an attribute, a link or a table's cell, and what cannot be seen is written out.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::doc {

// One line: breaks and tabs are spaces, and what is invisible or no UTF-8 is shown as an escape.
std::string OneLine(std::string_view text);

// For an element or a quoted attribute of HTML and SVG; of several lines where `text` is.
std::string HtmlText(std::string_view text);
// For a line of Markdown, within a table, too.
std::string MarkdownText(std::string_view text);
// The same as code; within a table a `|` is written otherwise.
std::string MarkdownCode(std::string_view text, bool in_table);
// A block of code, fenced by more backticks than it holds.
std::string MarkdownFence(std::string_view text);

// A name as part of an anchor or of a file's name: letters, digits, `_`, `.` and `-` stay, and
// anything else becomes `-`.
std::string Plain(std::string_view name);

}  // namespace tocsin::doc
