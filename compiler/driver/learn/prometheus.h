// A running Prometheus, or whatever speaks its HTTP API, to the metrics that it has: what they are,
// and by which labels their series differ. Every answer, wait and count is bounded.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <string>
#include <vector>

#include "runtime/http/get.h"

namespace tocsin::driver::learn {

struct Question {
  std::string url;                    // of the server, without `/api`
  std::vector<std::string> patterns;  // of names, with `*` and `?`; none: all
  std::size_t most_metrics = 200;
  long most_total_ms = 300'000;  // for all requests together
  http::Limits limits = {};
};

struct LabelUse {
  std::size_t values = 0;  // how many different ones were seen
  bool needed = false;     // those that are needed tell each series from all others
};

struct Metric {
  std::string name;
  std::string family;  // the name that its type and help are known under
  std::string type;    // as Prometheus says it: "gauge", "counter", "histogram"; or empty
  std::string help;
  std::string unit;
  std::map<std::string, LabelUse> labels;
  std::size_t series = 0;    // of the last hour
  bool zero_or_one = false;  // each of them is 0 or 1 now
};

struct Answer {
  std::vector<Metric> metrics;         // by name; those with series in the last hour
  std::size_t fitting = 0;             // names that fit the patterns, of which the first were taken
  std::vector<std::string> odd;        // left out, as they or their labels have odd names
  std::vector<std::string> too_large;  // left out, as their series are more than an answer may hold
};

// Or why it could not be learnt, in words.
std::expected<Answer, std::string> Ask(const Question& question);

// An address without the user and the password in it, for messages and files.
std::string WithoutPassword(const std::string& url);

}  // namespace tocsin::driver::learn
