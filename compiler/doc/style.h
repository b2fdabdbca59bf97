// How pages and drawings look: one style sheet for pages, one for drawings, in light and in dark.
#pragma once

#include <string>

#include "compiler/doc/document.h"

namespace tocsin::doc {

// What may be in a drawing: the classes that its elements have.
//   box      a state or a rung          box first, box last, box alarm
//   label    what stands in one         soft: beside the matter; strong
//   edge     a line with an arrow       rail: a line without
//   promise  a line across, with words of the same class
//   badge    the number of an edge, on a disc of the class `disc`

// A drawing within a page, whose style sheet is there.
std::string SvgElement(const Drawing& drawing);
// The same as a file, with a style sheet of its own.
std::string SvgFile(const Drawing& drawing);

}  // namespace tocsin::doc
