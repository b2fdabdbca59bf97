// What a Prometheus has to the text of a file of labels and signals: a signal for each metric, its
// type by the customs of names (`_seconds`, `_bytes`), by its metadata and by its values.
#pragma once

#include <set>
#include <string>

#include "compiler/driver/learn/prometheus.h"

namespace tocsin::driver::learn {

struct SignalType {
  std::string_view type;  // as a policy writes it
  std::string note;       // what whoever uses `{}` has to know, or empty
};
SignalType TypeOf(const Metric& metric);

// `taken` are the names that the rest of the policy has. The text has no findings beside it.
std::string SignalsText(const Answer& answer, const std::string& url, std::set<std::string> taken);

}  // namespace tocsin::driver::learn
