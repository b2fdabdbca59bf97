#include "runtime/history/lines.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/limits.h"

namespace tocsin::history {
namespace {

constexpr std::size_t kBlockBytes = 256u << 10;
constexpr std::size_t kKeptBytes = 4096;  // of a line that a finding points into

}  // namespace

LineReader::LineReader(std::unique_ptr<Input> input)
    : input_(std::move(input)), buffer_(kBlockBytes) {}

bool LineReader::Fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    scanned_ -= begin_;
    begin_ = 0;
  }
  if (end_ > base::kMaxHistoryLine) {
    too_long_ = true;
    return false;
  }
  if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
  const auto count = input_->Read(buffer_.data() + end_, buffer_.size() - end_);
  if (!count) {
    error_ = count.error();
    return false;
  }
  at_end_ = *count == 0;
  end_ += *count;
  return true;
}

bool LineReader::Next(std::string_view& line) {
  if (error_ || too_long_) return false;
  for (;;) {
    const void* feed = std::memchr(buffer_.data() + scanned_, '\n', end_ - scanned_);
    if (feed != nullptr || (at_end_ && begin_ < end_)) {
      const std::size_t stop =
          feed != nullptr
              ? static_cast<std::size_t>(static_cast<const char*>(feed) - buffer_.data())
              : end_;
      line = std::string_view(buffer_.data() + begin_, stop - begin_);
      if (line.size() > base::kMaxHistoryLine) {
        too_long_ = true;
        return false;
      }
      open_ended_ = feed == nullptr;
      begin_ = scanned_ = std::min(stop + 1, end_);
      ++number_;
      return true;
    }
    if (at_end_) return false;
    scanned_ = end_;
    if (!Fill()) return false;
  }
}

void Findings::ReportEnd(const LineReader& lines) {
  namespace codes = diagnostics::codes;
  if (lines.too_long()) {
    Report(codes::kHistoryLineTooLong, {lines.number() + 1, {}, 0, 0}, base::kMaxHistoryLine);
  }
  if (!lines.error()) return;
  const InputError& error = *lines.error();
  switch (error.kind) {
    case InputError::Kind::kCannotRead:
      ReportFile(codes::kCannotRead, path_, error.detail);
      return;
    case InputError::Kind::kDamaged:
      ReportFile(codes::kDamagedCompression, path_, lines.number(), error.detail)
          .Help("copy or record the file again");
      return;
    case InputError::Kind::kTruncated:
      ReportFile(codes::kTruncatedCompression, path_, lines.number())
          .Help("copy or record the file again");
      return;
  }
}

diagnostics::Span Findings::Keep(const Place& place) {
  const std::string_view kept = place.line.substr(0, kKeptBytes);
  const auto number =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(place.number, 0xffffffffu));
  const diagnostics::SourceId id = context_.sources.AddLine(path_, number, std::string(kept));
  return {id, static_cast<std::uint32_t>(std::min(place.begin, kept.size())),
          static_cast<std::uint32_t>(std::min(place.end, kept.size()))};
}

diagnostics::Diagnostic& Findings::Count(diagnostics::Diagnostic& finding) {
  if (++count_ == kMaxFindings) {
    finding.Note(fmt::format("reading of `{}` stops after {} findings", path_, kMaxFindings));
  }
  return finding;
}

}  // namespace tocsin::history
