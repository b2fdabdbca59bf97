// Several recorded files as one stream in the order of time. A file may hold one series after
// another, so all samples are loaded first, 20 bytes each, as runs whose stamps do not fall; the
// runs are then merged. Of records with the same stamp, the one of the earlier file comes first,
// and within a file the one of the earlier line.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "runtime/history/history.h"

namespace tocsin::history {

inline constexpr std::size_t kMaxHistoryRecords = 200'000'000;  // about 4 GB of samples
inline constexpr std::size_t kMaxHistoryEvents = 1'000'000;

class MergedHistory {
 public:
  // Reports the files' bytes as they are read, now and then.
  using OnProgress = std::function<void(const Progress&)>;

  explicit MergedHistory(const Context& context, std::size_t max_records = kMaxHistoryRecords)
      : context_(context), max_records_(max_records) {}

  // Reads a file to its end; false, with findings, where anything in it was wrong.
  bool Load(const std::string& path, const Options& options = {},
            const OnProgress& on_progress = {});
  bool Load(Reader& reader, const std::string& name, const OnProgress& on_progress = {});

  // The next record in order; false after the last. Loading more starts from the beginning again.
  bool Next(Record& record);
  // Takes back what has been loaded since, where a file turned out to be wrong in its middle.
  struct Mark {
    std::size_t samples = 0;
    std::size_t runs = 0;
    std::size_t events = 0;
    values::Instant first = 0;
    values::Instant last = 0;
  };
  Mark Here() const { return {stamps_.size(), run_begins_.size(), events_.size(), first_, last_}; }
  void BackTo(const Mark& mark);

  // From the first record again.
  void Rewind() { started_ = false; }

  bool empty() const { return stamps_.empty() && events_.empty(); }
  std::size_t sample_count() const { return stamps_.size(); }
  std::size_t event_count() const { return events_.size(); }
  // The stamps of the earliest and the latest record; both 0 where there are none.
  values::Instant first() const { return first_; }
  values::Instant last() const { return last_; }

 private:
  struct Cursor {
    values::Instant stamp;
    std::size_t at;   // a sample's index, which is also the order of the files
    std::size_t end;  // of its run
  };
  struct PlacedEvent {
    Event event;
    std::size_t samples_before;  // how many samples were loaded before it
  };
  bool Add(const Record& record, const std::string& name);
  void Start();
  void Widen(values::Instant stamp);

  const Context context_;
  const std::size_t max_records_;
  std::vector<values::Instant> stamps_;
  std::vector<double> values_;
  std::vector<SeriesId> ids_;
  std::vector<std::size_t> run_begins_;
  std::vector<PlacedEvent> events_;
  values::Instant first_ = 0;
  values::Instant last_ = 0;

  bool started_ = false;
  std::vector<Cursor> heap_;
  std::vector<std::size_t> event_order_;
  std::size_t next_event_ = 0;
};

}  // namespace tocsin::history
