// Any bytes are read as recorded data in every format, without a crash, and a reader ends by saying
// whether it failed.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/base/check.h"
#include "runtime/history/history.h"
#include "runtime/history/merged.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // The first byte chooses the format and the options, so that one corpus serves all of them.
  history::Options options;
  options.format =
      (data[0] & 16) != 0 ? history::Format::kColumns : static_cast<history::Format>(data[0] & 3);
  options.stamps_optional = (data[0] & 4) != 0;
  options.strict_families = (data[0] & 8) != 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);

  history::SeriesTable series;
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  const history::Context context{series, sources, sink};
  const auto reader = history::OpenText("fuzz", text, context, options);
  if (reader == nullptr) return 0;
  history::MergedHistory merged(context, 100'000);
  const bool good = merged.Load(*reader, "fuzz");
  TOCSIN_CHECK(good == sink.all().empty(), "a reader fails exactly where it reports something");
  history::Record record;
  values::Instant last = merged.first();
  std::size_t count = 0;
  while (merged.Next(record)) {
    const bool event = record.kind == history::Record::Kind::kEvent;
    const values::Instant at = event ? record.event.at : record.sample.stamp;
    TOCSIN_CHECK(at >= last && at <= merged.last(), "records come in order");
    TOCSIN_CHECK(event || record.sample.series.index < series.size(), "a series is in the table");
    last = at;
    ++count;
  }
  TOCSIN_CHECK(count == merged.sample_count() + merged.event_count(), "no record is lost");
  return 0;
}
