// Comma-separated samples (RFC 4180, one record a line): the header `timestamp,metric,value` and
// then the names of labels; a cell left empty is a label that the series does not have. Timestamps
// are RFC 3339 or whole milliseconds.
#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "runtime/history/keys.h"
#include "runtime/history/numbers.h"
#include "runtime/history/readers.h"
#include "runtime/history/scanner.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;

constexpr std::size_t kFixedColumns = 3;
constexpr std::array<std::string_view, kFixedColumns> kFixedNames = {"timestamp", "metric",
                                                                     "value"};

struct Field {
  std::string_view text;  // without the quotes
  std::size_t begin = 0;  // in the line, with them
  std::size_t end = 0;
};

class CsvReader : public Reader {
 public:
  CsvReader(std::unique_ptr<Input> input, std::string path, const Context& context,
            const Options& options)
      : lines_(std::move(input)),
        findings_(std::move(path), context),
        series_(context.series),
        options_(options) {}

  bool Next(Record& record) override;
  bool failed() const override { return findings_.any(); }
  Progress progress() const override { return lines_.progress(); }

 private:
  bool NextLine();
  bool Split();
  bool TakeQuoted(std::size_t& at);
  bool ReadHeader();
  bool ReadRow(Sample& sample);
  bool ReadSeries(Sample& sample);
  Place At(const Field& field) const { return {lines_.number(), line_, field.begin, field.end}; }
  std::string Shown(const Field& field) const { return diagnostics::Shown(field.text); }

  LineReader lines_;
  Findings findings_;
  SeriesTable& series_;
  const Options options_;
  KeyCache keys_;
  std::string_view line_;
  std::vector<Field> fields_;
  std::deque<std::string> unquoted_;  // texts of this line that held doubled quotes
  std::vector<std::string> columns_;
  std::string key_;
  bool finished_ = false;
};

bool CsvReader::NextLine() {
  while (lines_.Next(line_)) {
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    if (lines_.number() == 1 && line_.starts_with("\xef\xbb\xbf")) line_.remove_prefix(3);
    if (!line_.empty()) return true;
  }
  return false;
}

bool CsvReader::Next(Record& record) {
  while (!finished_ && !findings_.stopped() && NextLine()) {
    if (columns_.empty()) {
      if (!ReadHeader()) finished_ = true;
      continue;
    }
    if (Split() && ReadRow(record.sample)) {
      record.kind = Record::Kind::kSample;
      return true;
    }
  }
  if (!std::exchange(finished_, true)) findings_.ReportEnd(lines_);
  return false;
}

// The field that begins with the quote at `at`, which is then after its end.
bool CsvReader::TakeQuoted(std::size_t& at) {
  const std::size_t begin = at;
  std::string* unquoted = nullptr;
  std::size_t part = begin + 1;
  for (std::size_t quote = line_.find('"', part);; quote = line_.find('"', quote)) {
    if (quote == std::string_view::npos) {
      findings_.Report(codes::kOpenQuote, {lines_.number(), line_, begin, line_.size()});
      return false;
    }
    const bool doubled = quote + 1 < line_.size() && line_[quote + 1] == '"';
    const std::string_view text = line_.substr(part, quote - part + (doubled ? 1 : 0));
    if (doubled && unquoted == nullptr) unquoted = &unquoted_.emplace_back();
    if (unquoted != nullptr) *unquoted += text;
    if (!doubled) {
      at = quote + 1;
      fields_.push_back({unquoted != nullptr ? std::string_view(*unquoted) : text, begin, at});
      return true;
    }
    quote += 2;
    part = quote;
  }
}

bool CsvReader::Split() {
  fields_.clear();
  unquoted_.clear();
  for (std::size_t at = 0;; ++at) {
    if (at < line_.size() && line_[at] == '"') {
      if (!TakeQuoted(at)) return false;
    } else {
      const std::size_t end = std::min(line_.find(',', at), line_.size());
      fields_.push_back({line_.substr(at, end - at), at, end});
      at = end;
    }
    if (at >= line_.size()) return true;
    if (line_[at] != ',') {
      findings_.Report(codes::kHistorySyntax, {lines_.number(), line_, at, at + 1}, Seen(line_, at),
                       "`,` after a quoted field");
      return false;
    }
  }
}

bool CsvReader::ReadHeader() {
  if (!CheckText(findings_, lines_.number(), line_) || !Split()) return false;
  for (std::size_t i = 0; i < kFixedColumns; ++i) {
    if (i < fields_.size() && fields_[i].text == kFixedNames[i]) continue;
    const Field field = i < fields_.size() ? fields_[i] : Field{{}, line_.size(), line_.size()};
    const std::string seen = i < fields_.size() ? "`" + Shown(field) + "`" : "missing";
    findings_.Report(codes::kMissingColumn, At(field), i + 1, seen, kFixedNames[i])
        .Help("begin the file with `timestamp,metric,value` and the names of its labels");
    return false;
  }
  std::vector<values::Label> labels;
  for (const Field& field : fields_) {
    columns_.emplace_back(field.text);
    if (columns_.size() <= kFixedColumns) continue;
    Scanner scanner(findings_, lines_.number(), field.text);
    if (field.text.empty() || scanner.TakeName(false) != field.text) {
      const std::string seen = "`" + Shown(field) + "`";
      findings_.Report(codes::kHistorySyntax, At(field), seen, "the name of a label");
      return false;
    }
    labels.push_back({columns_.back(), {}});
  }
  values::LabelSet ignored;
  return MakeLabels(findings_, std::move(labels), {lines_.number(), line_, 0, line_.size()},
                    ignored);
}

bool CsvReader::ReadRow(Sample& sample) {
  if (fields_.size() != columns_.size()) {
    findings_.Report(codes::kFieldCount, {lines_.number(), line_, 0, line_.size()}, fields_.size(),
                     columns_.size());
    return false;
  }
  const Field& stamp = fields_[0];
  sample.stamp = 0;
  if (stamp.text.empty() && !options_.stamps_optional) {
    findings_.Report(codes::kMissingStamp, At(stamp));
    return false;
  }
  if (!stamp.text.empty() && !ParseMilliseconds(stamp.text, sample.stamp)) {
    const std::optional<values::Instant> at = values::ParseInstant(stamp.text);
    if (!at) {
      findings_.Report(codes::kBadStamp, At(stamp), Shown(stamp),
                       "an instant such as `2026-11-23T04:15:00Z`, or milliseconds since 1970");
      return false;
    }
    sample.stamp = *at;
  }
  if (!ParseValue(fields_[2].text, sample.value)) {
    findings_.Report(codes::kBadSampleValue, At(fields_[2]), Shown(fields_[2]));
    return false;
  }
  return ReadSeries(sample);
}

bool CsvReader::ReadSeries(Sample& sample) {
  key_.clear();
  for (std::size_t i = 1; i < fields_.size(); ++i) {
    if (i == 2) continue;
    key_ += fields_[i].text;
    key_ += '\0';  // stands in no checked field
  }
  if (const KeyCache::Key* known = keys_.Find(key_)) {
    sample.series = known->series;
    return true;
  }
  if (!CheckText(findings_, lines_.number(), line_)) return false;
  const Field& metric = fields_[1];
  Scanner scanner(findings_, lines_.number(), metric.text);
  if (metric.text.empty() || scanner.TakeName(true) != metric.text) {
    const std::string seen = metric.text.empty() ? "nothing" : "`" + Shown(metric) + "`";
    findings_.Report(codes::kHistorySyntax, At(metric), seen, "the name of a metric");
    return false;
  }
  std::vector<values::Label> labels;
  for (std::size_t i = kFixedColumns; i < fields_.size(); ++i) {
    if (!fields_[i].text.empty()) labels.push_back({columns_[i], std::string(fields_[i].text)});
  }
  values::LabelSet set;
  if (!MakeLabels(findings_, std::move(labels), {lines_.number(), line_, 0, line_.size()}, set))
    return false;
  const std::optional<SeriesId> series = series_.Intern(metric.text, std::move(set));
  if (!series) {
    findings_.Report(codes::kTooManySeries, At(metric), base::kMaxRows);
    finished_ = true;
    return false;
  }
  keys_.Add(key_, *series);
  sample.series = *series;
  return true;
}

}  // namespace

std::unique_ptr<Reader> ReadCsv(std::unique_ptr<Input> input, std::string path,
                                const Context& context, const Options& options) {
  return std::make_unique<CsvReader>(std::move(input), std::move(path), context, options);
}

}  // namespace tocsin::history
