// The answer to one query to the labels by which its series differ.
#pragma once

#include <boost/json/value.hpp>

#include "compiler/driver/learn/prometheus.h"

namespace tocsin::driver::learn {

// Fills `labels`, `series` and `zero_or_one` from the `result` of an instant query; false where it
// is none.
bool ReadSeries(const boost::json::value& result, Metric& metric);

}  // namespace tocsin::driver::learn
