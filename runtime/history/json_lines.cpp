// One JSON object a line. A line with `metric` is a sample: at, metric, value, labels. A line with
// `event` is an event: at, event, alert, labels, by. Any other field is refused by name.
#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "runtime/base/limits.h"
#include "runtime/history/json_line.h"
#include "runtime/history/numbers.h"
#include "runtime/history/readers.h"
#include "runtime/history/scanner.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;

constexpr std::array<std::string_view, 3> kSampleFields = {"at", "metric", "value"};
constexpr std::array<std::string_view, 4> kEventFields = {"at", "event", "alert", "by"};
constexpr std::string_view kSampleExpected = "`at`, `metric`, `labels` or `value`";
constexpr std::string_view kEventExpected = "`at`, `event`, `alert`, `labels` or `by`";

class JsonLinesReader : public Reader {
 public:
  JsonLinesReader(std::unique_ptr<Input> input, std::string path, const Context& context)
      : lines_(std::move(input)), findings_(std::move(path), context), series_(context.series) {}

  bool Next(Record& record) override;
  bool failed() const override { return findings_.any(); }
  Progress progress() const override { return lines_.progress(); }

 private:
  bool ReadRecord(Record& record);
  bool CheckFields(std::span<const std::string_view> known, std::string_view expected);
  bool ReadSample(const values::LabelSet& labels, Sample& sample);
  bool ReadEvent(values::LabelSet labels, Event& event);
  bool ReadLabels(values::LabelSet& labels);
  bool ReadName(std::string_view field, bool required, std::string& text);
  bool ReadAt(values::Instant& at);
  const JsonField* Find(std::string_view name) const;
  Place At(std::string_view field) const;
  Place WholeLine() const { return {lines_.number(), line_, 0, line_.size()}; }

  LineReader lines_;
  Findings findings_;
  SeriesTable& series_;
  std::string_view line_;
  JsonLine parsed_;
  bool finished_ = false;
};

bool JsonLinesReader::Next(Record& record) {
  while (!finished_ && !findings_.stopped() && lines_.Next(line_)) {
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    if (line_.find_first_not_of(" \t") == std::string_view::npos) continue;
    if (ReadRecord(record)) return true;
  }
  if (!std::exchange(finished_, true)) findings_.ReportEnd(lines_);
  return false;
}

const JsonField* JsonLinesReader::Find(std::string_view name) const {
  for (const JsonField& field : parsed_.fields) {
    if (!field.label && field.name == name) return &field;
  }
  return nullptr;
}

// Where a field's name stands in the line; the whole line where it is written with escapes.
Place JsonLinesReader::At(std::string_view field) const {
  const std::string quoted = "\"" + std::string(field) + "\"";
  for (std::size_t at = line_.find(quoted); at != std::string_view::npos;
       at = line_.find(quoted, at + 1)) {
    const std::size_t after = line_.find_first_not_of(" \t", at + quoted.size());
    if (after != std::string_view::npos && line_[after] == ':') {
      return {lines_.number(), line_, at, at + quoted.size()};
    }
  }
  return WholeLine();
}

bool JsonLinesReader::ReadRecord(Record& record) {
  if (!CheckText(findings_, lines_.number(), line_)) return false;
  std::string problem;
  std::size_t at = 0;
  if (!ParseJsonLine(line_, parsed_, problem, at)) {
    findings_.Report(codes::kBadJsonLine,
                     {lines_.number(), line_, at, std::min(at + 1, line_.size())}, problem);
    return false;
  }
  values::LabelSet labels;
  const bool event = Find("event") != nullptr;
  if (!event && Find("metric") == nullptr) {
    if (!CheckFields(kSampleFields, "`at`, `event`, `metric`, `alert`, `labels`, `value` or `by`"))
      return false;
    findings_.Report(codes::kMissingRecordField, WholeLine(), "event")
        .Help("give the line an `event` or a `metric`");
    return false;
  }
  if (!CheckFields(event ? std::span<const std::string_view>(kEventFields) : kSampleFields,
                   event ? kEventExpected : kSampleExpected) ||
      !ReadLabels(labels)) {
    return false;
  }
  record.kind = event ? Record::Kind::kEvent : Record::Kind::kSample;
  return event ? ReadEvent(std::move(labels), record.event) : ReadSample(labels, record.sample);
}

bool JsonLinesReader::CheckFields(std::span<const std::string_view> known,
                                  std::string_view expected) {
  for (const JsonField& field : parsed_.fields) {
    if (field.label) continue;
    const std::string shown = diagnostics::Shown(field.name);
    if (field.name == "labels") {
      findings_.Report(codes::kWrongRecordField, At("labels"), shown, "an object of strings");
      return false;
    }
    if (std::find(known.begin(), known.end(), field.name) == known.end()) {
      findings_.Report(codes::kUnknownRecordField, At(field.name), shown, expected);
      return false;
    }
    if (Find(field.name) != &field) {
      findings_.Report(codes::kDuplicateRecordField, At(field.name), shown);
      return false;
    }
  }
  return true;
}

bool JsonLinesReader::ReadLabels(values::LabelSet& set) {
  std::vector<values::Label> labels;
  for (JsonField& field : parsed_.fields) {
    if (!field.label) continue;
    Scanner name(findings_, lines_.number(), field.name);
    const std::string shown = diagnostics::Shown(field.name);
    if (field.name.empty() || name.TakeName(false) != field.name) {
      findings_.Report(codes::kHistorySyntax, At(field.name), "`" + shown + "`",
                       "the name of a label");
      return false;
    }
    if (field.kind != JsonField::Kind::kString) {
      findings_.Report(codes::kWrongRecordField, At(field.name), shown,
                       "a string, because it is a label");
      return false;
    }
    if (!field.text.empty()) labels.push_back({field.name, std::move(field.text)});
  }
  return MakeLabels(findings_, std::move(labels), At("labels"), set);
}

bool JsonLinesReader::ReadName(std::string_view field_name, bool required, std::string& text) {
  text.clear();
  const JsonField* field = Find(field_name);
  if (field == nullptr) {
    if (required) findings_.Report(codes::kMissingRecordField, WholeLine(), field_name);
    return !required;
  }
  text = field->text;
  const bool fits = field->kind == JsonField::Kind::kString && !text.empty() &&
                    text.size() <= values::kMaxLabelNameBytes;
  if (!fits) {
    findings_.Report(codes::kWrongRecordField, At(field_name), field_name,
                     fmt::format("a string of 1 to {} bytes", values::kMaxLabelNameBytes));
  }
  return fits;
}

bool JsonLinesReader::ReadAt(values::Instant& at) {
  const JsonField* field = Find("at");
  if (field == nullptr) {
    findings_.Report(codes::kMissingRecordField, WholeLine(), "at");
    return false;
  }
  if (field->kind == JsonField::Kind::kNumber && ParseMilliseconds(field->text, at)) return true;
  const std::optional<values::Instant> instant =
      field->kind == JsonField::Kind::kString ? values::ParseInstant(field->text) : std::nullopt;
  if (!instant) {
    findings_.Report(codes::kBadStamp, At("at"), diagnostics::Shown(field->text),
                     "an instant such as `2026-11-23T04:15:00Z`, or milliseconds since 1970");
    return false;
  }
  at = *instant;
  return true;
}

bool JsonLinesReader::ReadSample(const values::LabelSet& labels, Sample& sample) {
  std::string metric;
  if (!ReadName("metric", true, metric) || !ReadAt(sample.stamp)) return false;
  const JsonField* value = Find("value");
  if (value == nullptr) {
    findings_.Report(codes::kMissingRecordField, WholeLine(), "value");
    return false;
  }
  // JSON has no name for NaN and the infinities, so these are strings.
  const std::string_view text = value->text;
  const bool number = value->kind == JsonField::Kind::kNumber ||
                      (value->kind == JsonField::Kind::kString &&
                       (text == "NaN" || text == "+Inf" || text == "-Inf"));
  if (!number) {
    findings_.Report(codes::kWrongRecordField, At("value"), "value",
                     "a number, \"NaN\", \"+Inf\" or \"-Inf\"");
    return false;
  }
  if (!ParseValue(text, sample.value)) {
    findings_.Report(codes::kBadSampleValue, At("value"), diagnostics::Shown(text));
    return false;
  }
  Scanner name(findings_, lines_.number(), metric);
  if (name.TakeName(true) != metric) {
    findings_.Report(codes::kHistorySyntax, At("metric"), "`" + diagnostics::Shown(metric) + "`",
                     "the name of a metric");
    return false;
  }
  const std::optional<SeriesId> series = series_.Intern(metric, labels);
  if (!series) {
    findings_.Report(codes::kTooManySeries, At("metric"), base::kMaxRows);
    finished_ = true;
    return false;
  }
  sample.series = *series;
  return true;
}

bool JsonLinesReader::ReadEvent(values::LabelSet labels, Event& event) {
  if (!ReadName("event", true, event.name) || !ReadName("alert", false, event.alert) ||
      !ReadName("by", false, event.by) || !ReadAt(event.at)) {
    return false;
  }
  event.labels = std::move(labels);
  event.file = findings_.path();
  event.line = lines_.number();
  return true;
}

}  // namespace

std::unique_ptr<Reader> ReadJsonLines(std::unique_ptr<Input> input, std::string path,
                                      const Context& context) {
  return std::make_unique<JsonLinesReader>(std::move(input), std::move(path), context);
}

}  // namespace tocsin::history
