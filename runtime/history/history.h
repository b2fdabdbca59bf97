// Recorded data, read as a stream: a file of samples and events becomes one record after another,
// in the order of the file, without the file ever being in memory. Formats are told apart by the
// name (docs/reference/history.md); zstd is recognised by its first bytes, whatever the name. What
// is wrong with a line becomes a finding at that line, and reading goes on with the next, until
// kMaxFindings.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/diagnostics/diagnostic.h"
#include "runtime/diagnostics/source.h"
#include "runtime/history/series.h"
#include "runtime/values/instants.h"
#include "runtime/values/labels.h"

namespace tocsin::history {

inline constexpr std::size_t kMaxFindings = 20;  // of one file

struct Sample {
  SeriesId series;
  values::Instant stamp = 0;
  double value = 0;  // NaN and the infinities as recorded; they mean that there is no value
};

// Something that happened and is no measurement: an acknowledgement, a command.
struct Event {
  values::Instant at = 0;
  std::string name;  // "acknowledge"
  std::string alert;
  values::LabelSet labels;
  std::string by;
  std::string file;        // where it was read
  std::uint64_t line = 0;  // counted from 1
};

struct Record {
  enum class Kind : std::uint8_t { kSample, kEvent };
  Kind kind = Kind::kSample;
  Sample sample;  // of a kSample
  Event event;    // of a kEvent
};

struct Progress {
  std::uint64_t bytes_read = 0;  // of the file as it is stored
  std::uint64_t bytes_total = 0;
};

enum class Format : std::uint8_t { kOpenMetrics, kPrometheus, kCsv, kJsonLines, kColumns };

// By the end of the name, before `.zst`: `.om` `.prom` `.txt` `.csv` `.jsonl` `.columns`.
std::optional<Format> FormatOf(std::string_view path);

struct Options {
  std::optional<Format> format;  // by the name where it is not given
  bool stamps_optional = false;  // as in a scrape: a sample without a timestamp gets 0
  bool strict_families = false;  // OpenMetrics only: the rules between the lines of a family too
};

class Reader {
 public:
  virtual ~Reader() = default;
  // The next record; false at the end, or where reading had to stop. After false, `failed` tells
  // which.
  virtual bool Next(Record& record) = 0;
  // Whether anything read so far was wrong; the findings are in the sink.
  virtual bool failed() const = 0;
  virtual Progress progress() const = 0;
};

// Where a reader puts what it finds. All of it must outlive the reader.
struct Context {
  SeriesTable& series;
  diagnostics::SourceSet& sources;
  diagnostics::Sink& sink;
};

// Nothing, and a finding, where the file cannot be opened or its format is not known.
std::unique_ptr<Reader> Open(const std::string& path, const Context& context,
                             const Options& options = {});
// The same for a file that is called `name` in messages and events.
std::unique_ptr<Reader> OpenAs(const std::string& path, const std::string& name,
                               const Context& context, const Options& options);
// The same for data in memory, which must outlive the reader. The name serves for messages and the
// format.
std::unique_ptr<Reader> OpenText(const std::string& name, std::string_view data,
                                 const Context& context, const Options& options = {});

}  // namespace tocsin::history
