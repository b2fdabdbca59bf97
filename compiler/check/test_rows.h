// The rows that the samples of a test are about. Of several lines about one row, the one about the
// fewest rows counts: `up = true` is all that no other line speaks of.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

// Of a signal, as far as it is selected: a value for each label, in the order of its labels. The
// values of a label that is not closed must have been named. Nothing where there are too many,
// which is reported.
std::optional<std::vector<std::vector<std::string>>> SampledRows(Context& context,
                                                                 const SeriesNode& series,
                                                                 const SeriesNode& signal);

// Takes the rows of which a narrower line speaks out of the others; reports rows of two lines that
// are equally wide.
void KeepNarrowest(Context& context, std::vector<TestSeries>& lines);

}  // namespace tocsin::check
