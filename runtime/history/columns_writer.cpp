#include "runtime/history/columns_writer.h"

#include <zstd.h>

#include <bit>

#include "runtime/base/check.h"
#include "runtime/history/columns_format.h"

namespace tocsin::history {
namespace {

constexpr std::uint32_t kNoNumber = 0xffffffffu;
constexpr std::size_t kSeriesBytes = 1u << 20;  // of a block of series, about
constexpr int kLevel = 3;

template <class Number>
void PutNumber(std::string& bytes, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i)
    bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i));
}
void PutText(std::string& bytes, std::string_view text) {
  PutNumber(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}
void PutLabels(std::string& bytes, const values::LabelSet& labels) {
  PutNumber(bytes, static_cast<std::uint32_t>(labels.size()));
  for (const values::Label& label : labels.all()) {
    PutText(bytes, label.name);
    PutText(bytes, label.value);
  }
}
void PutVarint(std::string& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
  bytes += static_cast<char>(number);
}

}  // namespace

struct ColumnsWriter::Packer {
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(), ZSTD_freeCCtx};
  std::string packed;

  std::string_view Pack(std::string_view bytes) {
    packed.resize(ZSTD_compressBound(bytes.size()));
    const std::size_t size =
        ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size());
    TOCSIN_CHECK(!ZSTD_isError(size), "a block that zstd cannot compress");
    return std::string_view(packed).substr(0, size);
  }
};

ColumnsWriter::ColumnsWriter(const SeriesTable& series, Sink sink)
    : series_(series), sink_(std::move(sink)), packer_(std::make_unique<Packer>()) {
  ZSTD_CCtx_setParameter(packer_->context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(packer_->context.get(), ZSTD_c_checksumFlag, 1);
  taken_ = sink_(kColumnsMagic);
}
ColumnsWriter::~ColumnsWriter() = default;

void ColumnsWriter::Block(std::uint8_t kind, std::string_view bytes) {
  if (!taken_) return;
  const std::string_view packed = packer_->Pack(bytes);
  std::string head;
  head += static_cast<char>(kind);
  PutNumber(head, static_cast<std::uint32_t>(bytes.size()));
  PutNumber(head, static_cast<std::uint32_t>(packed.size()));
  taken_ = sink_(head) && sink_(packed);
}

void ColumnsWriter::AddSeries(const Series& series) {
  PutText(new_series_, series.metric);
  PutLabels(new_series_, series.labels);
  ++new_series_count_;
}

void ColumnsWriter::Add(const Record& record) {
  if (!taken_) return;
  if (record.kind == Record::Kind::kEvent) {
    Flush();
    std::string bytes;
    PutNumber(bytes, record.event.at);
    PutNumber(bytes, record.event.line);
    PutText(bytes, record.event.name);
    PutText(bytes, record.event.alert);
    PutText(bytes, record.event.by);
    PutLabels(bytes, record.event.labels);
    ++events_;
    return Block(static_cast<std::uint8_t>(ColumnsBlock::kEvent), bytes);
  }
  const std::size_t series = record.sample.series.index;
  if (series >= numbers_.size()) numbers_.resize(series + 1, kNoNumber);
  if (numbers_[series] == kNoNumber) {
    numbers_[series] = series_count_++;
    AddSeries(series_[record.sample.series]);
  }
  ids_.push_back(numbers_[series]);
  stamps_.push_back(record.sample.stamp);
  values_.push_back(record.sample.value);
  ++samples_;
  if (ids_.size() >= kColumnsBlockSamples || new_series_.size() >= kSeriesBytes) Flush();
}

void ColumnsWriter::Flush() {
  if (new_series_count_ > 0) {
    std::string bytes;
    PutNumber(bytes, new_series_count_);
    bytes += new_series_;
    Block(static_cast<std::uint8_t>(ColumnsBlock::kSeries), bytes);
    new_series_.clear();
    new_series_count_ = 0;
  }
  if (ids_.empty()) return;
  std::string bytes;
  PutNumber(bytes, static_cast<std::uint32_t>(ids_.size()));
  std::int64_t last = 0;
  for (const std::uint32_t id : ids_) {
    PutVarint(bytes, Zigzag(std::int64_t{id} - last));
    last = id;
  }
  std::uint64_t before = 0;
  for (const values::Instant stamp : stamps_) {
    // Modulo 2^64, so that no two stamps are too far apart.
    const auto now = static_cast<std::uint64_t>(stamp);
    PutVarint(bytes, Zigzag(static_cast<std::int64_t>(now - before)));
    before = now;
  }
  const std::size_t count = values_.size();
  const std::size_t begin = bytes.size();
  bytes.resize(begin + 8 * count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto bits = std::bit_cast<std::uint64_t>(values_[i]);
    for (std::size_t byte = 0; byte < 8; ++byte)
      bytes[begin + byte * count + i] = static_cast<char>(bits >> (8 * byte));
  }
  Block(static_cast<std::uint8_t>(ColumnsBlock::kSamples), bytes);
  ids_.clear();
  stamps_.clear();
  values_.clear();
}

bool ColumnsWriter::Finish() {
  Flush();
  std::string bytes;
  PutNumber(bytes, samples_);
  PutNumber(bytes, events_);
  Block(static_cast<std::uint8_t>(ColumnsBlock::kTotals), bytes);
  return taken_;
}

}  // namespace tocsin::history
