// A packed recording (columns_format.h) to records. Nothing that it says is believed: lengths,
// counts and numbers are held against what is there, and zstd against its checksum, so that a
// damaged file is a finding and never another recording.
#include <zstd.h>

#include <bit>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "runtime/base/limits.h"
#include "runtime/base/utf8.h"
#include "runtime/history/columns_format.h"
#include "runtime/history/lines.h"
#include "runtime/history/readers.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;

bool IsText(std::string_view text) {
  return base::FirstInvalidByte(text) == std::string_view::npos;
}

bool IsInstant(values::Instant at) {
  return at >= values::kFirstInstant && at <= values::kLastInstant;
}

// Reads from the front of bytes. After the first thing that is not there, `fine` is false and all
// that follows is zero or empty.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : bytes_(bytes) {}

  bool fine() const { return fine_; }
  bool done() const { return fine_ && bytes_.empty(); }

  template <class Number>
  Number Take() {
    std::uint64_t number = 0;
    const std::string_view bytes = TakeBytes(sizeof(Number));
    for (std::size_t i = 0; i < bytes.size(); ++i)
      number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return static_cast<Number>(number);
  }
  std::string_view TakeBytes(std::size_t size) {
    if (!fine_ || size > bytes_.size()) {
      fine_ = false;
      return {};
    }
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  std::string_view TakeText() { return TakeBytes(Take<std::uint32_t>()); }
  std::uint64_t TakeVarint() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return number;
    }
    fine_ = false;
    return 0;
  }

 private:
  std::string_view bytes_;
  bool fine_ = true;
};

class ColumnsReader final : public Reader {
 public:
  ColumnsReader(std::unique_ptr<Input> input, std::string path, const Context& context)
      : input_(std::move(input)),
        findings_(std::move(path), context),
        series_(context.series),
        context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {}

  bool Next(Record& record) override {
    while (!finished_) {
      if (next_ < ids_.size()) {
        record.kind = Record::Kind::kSample;
        record.sample = {ids_[next_], stamps_[next_], values_[next_]};
        ++next_;
        return true;
      }
      if (std::exchange(has_event_, false)) {
        record.kind = Record::Kind::kEvent;
        record.event = std::move(event_);
        return true;
      }
      ReadBlock();
    }
    return false;
  }
  bool failed() const override { return findings_.any(); }
  Progress progress() const override { return input_->progress(); }

 private:
  void Refuse(std::string_view why) {
    finished_ = true;
    findings_.ReportFile(codes::kDamagedColumns, findings_.path(), why)
        .Help("pack the recording again");
  }

  // False at the end of the file, or where it was refused.
  bool ReadBytes(std::string& bytes, std::size_t size) {
    bytes.resize(size);
    for (std::size_t have = 0; have < size;) {
      const auto count = input_->Read(bytes.data() + have, size - have);
      if (!count) {
        finished_ = true;
        findings_.ReportFile(codes::kCannotRead, findings_.path(), count.error().detail);
        return false;
      }
      if (*count == 0) {
        Refuse("it was cut off");
        return false;
      }
      have += *count;
    }
    return true;
  }

  void ReadBlock();
  void ReadSeries(Taker taker);
  void ReadSamples(Taker taker);
  void ReadEvent(Taker taker);
  void ReadTotals(Taker taker);
  bool TakeLabels(Taker& taker, values::LabelSet& labels);

  std::unique_ptr<Input> input_;
  Findings findings_;
  SeriesTable& series_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  bool begun_ = false;
  bool finished_ = false;
  std::string packed_;
  std::string block_;
  std::vector<SeriesId> numbers_;  // of the file's series
  std::vector<SeriesId> ids_;
  std::vector<values::Instant> stamps_;
  std::vector<double> values_;
  std::size_t next_ = 0;
  Event event_;
  bool has_event_ = false;
  std::uint64_t samples_ = 0;
  std::uint64_t events_ = 0;
};

void ColumnsReader::ReadBlock() {
  if (!std::exchange(begun_, true)) {
    if (!ReadBytes(block_, kColumnsMagic.size())) return;
    if (block_ != kColumnsMagic) return Refuse("it does not begin as one");
  }
  if (!ReadBytes(block_, kColumnsBlockHead)) return;
  Taker head(block_);
  const auto kind = head.Take<std::uint8_t>();
  const auto size = head.Take<std::uint32_t>();
  const auto packed_size = head.Take<std::uint32_t>();
  if (size > kColumnsMaxBlock || packed_size > ZSTD_compressBound(kColumnsMaxBlock))
    return Refuse("a block is too large");
  if (!ReadBytes(packed_, packed_size)) return;
  block_.resize(size);
  const std::size_t got =
      ZSTD_decompressDCtx(context_.get(), block_.data(), size, packed_.data(), packed_size);
  if (ZSTD_isError(got)) return Refuse(ZSTD_getErrorName(got));
  if (got != size) return Refuse("a block has another length");
  switch (static_cast<ColumnsBlock>(kind)) {
    case ColumnsBlock::kSeries:
      return ReadSeries(Taker(block_));
    case ColumnsBlock::kSamples:
      return ReadSamples(Taker(block_));
    case ColumnsBlock::kEvent:
      return ReadEvent(Taker(block_));
    case ColumnsBlock::kTotals:
      return ReadTotals(Taker(block_));
  }
  Refuse("a block is of no kind there is");
}

bool ColumnsReader::TakeLabels(Taker& taker, values::LabelSet& labels) {
  const auto count = taker.Take<std::uint32_t>();
  if (!taker.fine() || count > values::kMaxLabels) return false;
  std::vector<values::Label> all;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string name(taker.TakeText());
    std::string value(taker.TakeText());
    if (!IsText(name) || !IsText(value)) return false;
    all.push_back({std::move(name), std::move(value)});
  }
  auto made = values::LabelSet::Make(std::move(all));
  if (!taker.fine() || !made) return false;
  labels = *std::move(made);
  return true;
}

void ColumnsReader::ReadSeries(Taker taker) {
  const auto count = taker.Take<std::uint32_t>();
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string_view metric = taker.TakeText();
    values::LabelSet labels;
    if (!TakeLabels(taker, labels) || !IsText(metric)) return Refuse("a series is no series");
    const std::optional<SeriesId> id = series_.Intern(metric, std::move(labels));
    if (!id) {
      finished_ = true;
      findings_.ReportFile(codes::kTooManySeries, base::kMaxRows);
      return;
    }
    numbers_.push_back(*id);
  }
  if (!taker.done()) Refuse("a block of series has another length");
}

void ColumnsReader::ReadSamples(Taker taker) {
  const auto count = taker.Take<std::uint32_t>();
  if (count > kColumnsBlockSamples) return Refuse("a block has too many samples");
  ids_.resize(count);
  stamps_.resize(count);
  values_.resize(count);
  std::uint64_t number = 0;
  for (SeriesId& id : ids_) {
    number += static_cast<std::uint64_t>(Unzigzag(taker.TakeVarint()));
    if (number >= numbers_.size()) {
      ids_.clear();
      return Refuse("a sample is of no series");
    }
    id = numbers_[number];
  }
  std::uint64_t stamp = 0;
  for (values::Instant& at : stamps_) {
    stamp += static_cast<std::uint64_t>(Unzigzag(taker.TakeVarint()));
    at = static_cast<values::Instant>(stamp);
    if (!IsInstant(at)) {
      ids_.clear();
      return Refuse("a sample is of no year there is");
    }
  }
  const std::string_view bytes = taker.TakeBytes(std::size_t{8} * count);
  if (!taker.done()) {
    ids_.clear();
    return Refuse("a block of samples has another length");
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t bits = 0;
    for (std::size_t byte = 0; byte < 8; ++byte) {
      bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[byte * count + i]))
              << (8 * byte);
    }
    values_[i] = std::bit_cast<double>(bits);
  }
  next_ = 0;
  samples_ += count;
}

void ColumnsReader::ReadEvent(Taker taker) {
  event_ = {};
  event_.at = taker.Take<values::Instant>();
  event_.line = taker.Take<std::uint64_t>();
  event_.name = taker.TakeText();
  event_.alert = taker.TakeText();
  event_.by = taker.TakeText();
  event_.file = findings_.path();
  if (!TakeLabels(taker, event_.labels) || !taker.done() || !IsInstant(event_.at) ||
      !IsText(event_.name) || !IsText(event_.alert) || !IsText(event_.by)) {
    return Refuse("an event is no event");
  }
  has_event_ = true;
  ++events_;
}

void ColumnsReader::ReadTotals(Taker taker) {
  const auto samples = taker.Take<std::uint64_t>();
  const auto events = taker.Take<std::uint64_t>();
  if (!taker.done() || samples != samples_ || events != events_)
    return Refuse("it does not hold as much as it says");
  char more = 0;
  const auto count = input_->Read(&more, 1);
  if (count && *count > 0) return Refuse("there is more behind its end");
  finished_ = true;
}

}  // namespace

std::unique_ptr<Reader> ReadColumns(std::unique_ptr<Input> input, std::string path,
                                    const Context& context) {
  return std::make_unique<ColumnsReader>(std::move(input), std::move(path), context);
}

}  // namespace tocsin::history
