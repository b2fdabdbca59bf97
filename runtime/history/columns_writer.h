// Records to a packed recording (columns_format.h), block by block: what is in memory is one block.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/history/history.h"

namespace tocsin::history {

class ColumnsWriter {
 public:
  // Takes bytes in their order; false where they cannot be kept, and then none come any more.
  using Sink = std::function<bool(std::string_view)>;

  // The table is that of the records' reader.
  ColumnsWriter(const SeriesTable& series, Sink sink);
  ~ColumnsWriter();

  void Add(const Record& record);
  // The rest and the totals. Whether all of it was taken.
  bool Finish();

 private:
  void Flush();
  void AddSeries(const Series& series);
  void Block(std::uint8_t kind, std::string_view bytes);

  const SeriesTable& series_;
  Sink sink_;
  struct Packer;
  std::unique_ptr<Packer> packer_;
  bool taken_ = true;
  std::vector<std::uint32_t> numbers_;  // in the file, by the table's
  std::uint32_t series_count_ = 0;
  std::string new_series_;
  std::uint32_t new_series_count_ = 0;
  std::vector<std::uint32_t> ids_;
  std::vector<values::Instant> stamps_;
  std::vector<double> values_;
  std::uint64_t samples_ = 0;
  std::uint64_t events_ = 0;
};

}  // namespace tocsin::history
