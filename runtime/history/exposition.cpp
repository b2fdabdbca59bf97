// OpenMetrics 1.0 text (`.om`: timestamps in seconds, ends with `# EOF`) and the Prometheus text
// format 0.0.4 (`.prom`,
// `.txt`: timestamps in whole milliseconds). OpenMetrics is read to the letter; the older format
// has free comments, empty lines, blanks around everything, and a comma after the last label.
#include <utility>

#include "runtime/base/utf8.h"
#include "runtime/history/exposition_metadata.h"
#include "runtime/history/family_rules.h"
#include "runtime/history/keys.h"
#include "runtime/history/numbers.h"
#include "runtime/history/readers.h"
#include "runtime/history/scanner.h"

namespace tocsin::history {
namespace {

namespace codes = diagnostics::codes;

constexpr std::string_view kSecondsExpected =
    "seconds since 1970 between the years 1 and 9999, as in `1763871300.125`";
constexpr std::string_view kMillisecondsExpected =
    "whole milliseconds since 1970 between the years 1 and 9999, as in `1763871300125`";
constexpr std::size_t kMaxExemplarCharacters = 128;

class ExpositionReader : public Reader {
 public:
  ExpositionReader(std::unique_ptr<Input> input, std::string path, const Context& context,
                   const Options& options, bool open_metrics)
      : lines_(std::move(input)),
        findings_(std::move(path), context),
        series_(context.series),
        options_(options),
        open_metrics_(open_metrics),
        strict_(open_metrics && options.strict_families) {}

  bool Next(Record& record) override;
  bool failed() const override { return findings_.any(); }
  Progress progress() const override { return lines_.progress(); }

 private:
  bool ReadGuessed(std::string_view line, Sample& sample);
  bool ReadSample(std::string_view line, Sample& sample);
  bool ReadSeries(Scanner& scanner, Sample& sample);
  bool ReadStamp(Scanner& scanner, Sample& sample, bool& has_stamp);
  bool ReadExemplar(Scanner& scanner);
  bool SkipBlank(Scanner& scanner, std::string_view expected);
  void ReadComment(std::string_view line);
  bool BrokenRule(std::string_view line, std::string violation);
  void Finish();

  LineReader lines_;
  Findings findings_;
  SeriesTable& series_;
  const Options options_;
  const bool open_metrics_;
  const bool strict_;
  KeyCache keys_;
  FamilyRules rules_;
  bool ended_ = false;  // `# EOF` was read
  bool finished_ = false;
};

bool ExpositionReader::Next(Record& record) {
  std::string_view line;
  while (!findings_.stopped() && !finished_ && lines_.Next(line)) {
    // Half of a line says only that the file was cut off, which is said at the end.
    if (open_metrics_ && lines_.open_ended() && !line.starts_with("# EOF")) break;
    if (!open_metrics_ && line.ends_with('\r')) line.remove_suffix(1);
    if (ended_) {
      findings_.Report(codes::kTextAfterEof, {lines_.number(), line, 0, line.size()});
      break;
    }
    if (!line.empty() && line.front() == '#') {
      ReadComment(line);
      continue;
    }
    if (ReadGuessed(line, record.sample) || ReadSample(line, record.sample)) {
      record.kind = Record::Kind::kSample;
      return true;
    }
  }
  Finish();
  return false;
}

void ExpositionReader::Finish() {
  if (finished_) return;
  finished_ = true;
  findings_.ReportEnd(lines_);
  const bool whole = !lines_.error() && !lines_.too_long() && !findings_.stopped();
  if (open_metrics_ && whole && !ended_) {
    findings_
        .ReportFile(codes::kMissingEof, findings_.path(),
                    lines_.number() - (lines_.open_ended() ? 1 : 0))
        .Help("copy or record the file again");
  }
}

// The common line: a series that was guessed, one blank, a value, one blank, a timestamp. Anything
// else is left to ReadSample, which also says what is wrong.
bool ExpositionReader::ReadGuessed(std::string_view line, Sample& sample) {
  const KeyCache::Key* guess = keys_.Guess();
  if (guess == nullptr || strict_ || !line.starts_with(guess->text)) return false;
  std::string_view rest = line.substr(guess->text.size());
  if (!rest.starts_with(' ')) return false;
  rest.remove_prefix(1);
  const std::size_t blank = rest.find(' ');
  if (blank == std::string_view::npos || !ParseValue(rest.substr(0, blank), sample.value))
    return false;
  const std::string_view stamp = rest.substr(blank + 1);
  if (!(open_metrics_ ? ParseSeconds(stamp, sample.stamp) : ParseMilliseconds(stamp, sample.stamp)))
    return false;
  sample.series = guess->series;
  keys_.GuessWasRight();
  return true;
}

bool ExpositionReader::SkipBlank(Scanner& scanner, std::string_view expected) {
  const bool any = scanner.peek() == ' ' || (!open_metrics_ && scanner.peek() == '\t');
  if (!any) return scanner.Unexpected(expected);
  scanner.set_at(scanner.at() + 1);
  if (!open_metrics_) scanner.SkipBlanks();
  return true;
}

bool ExpositionReader::ReadSample(std::string_view line, Sample& sample) {
  Scanner scanner(findings_, lines_.number(), line);
  if (!open_metrics_) {
    scanner.SkipBlanks();
    if (scanner.at_end()) return false;
    if (scanner.peek() == '#') return false;
  }
  if (!ReadSeries(scanner, sample) || !SkipBlank(scanner, "a blank and the value")) return false;

  const std::size_t begin = scanner.at();
  const std::string_view value = scanner.TakeWord();
  if (value.empty()) return scanner.Unexpected("the value");
  if (!ParseValue(value, sample.value)) {
    findings_.Report(codes::kBadSampleValue, scanner.PlaceOf(begin, scanner.at()),
                     diagnostics::Shown(value));
    return false;
  }
  bool has_stamp = false;
  if (!ReadStamp(scanner, sample, has_stamp)) return false;
  const bool has_exemplar = open_metrics_ && scanner.peek() == '#';
  if (has_exemplar && !ReadExemplar(scanner)) return false;
  if (!open_metrics_) scanner.SkipBlanks();
  if (!scanner.at_end()) return scanner.Unexpected("the end of the line");
  if (!has_stamp && !options_.stamps_optional) {
    findings_.Report(codes::kMissingStamp, scanner.PlaceOf(scanner.at(), scanner.at()))
        .Help("record with timestamps, for instance with `promtool tsdb dump`");
    return false;
  }
  if (!strict_) return true;
  const Series& series = series_[sample.series];
  return !BrokenRule(
      line, rules_.Sample({series.metric, series.labels, sample.value,
                           has_stamp ? std::optional(sample.stamp) : std::nullopt, has_exemplar}));
}

bool ExpositionReader::ReadSeries(Scanner& scanner, Sample& sample) {
  const std::size_t begin = scanner.at();
  const std::size_t length = KeyEnd(scanner.line().substr(begin));
  if (length != std::string_view::npos) {
    const std::string_view text = scanner.line().substr(begin, length);
    if (const KeyCache::Key* known = keys_.Find(text)) {
      // In the older format labels may follow after a blank; that text begins with the known key
      // and goes on.
      scanner.set_at(begin + length);
      if (!open_metrics_ && !text.ends_with('}')) scanner.SkipBlanks();
      if (text.ends_with('}') || scanner.peek() != '{') {
        scanner.set_at(begin + length);
        sample.series = known->series;
        return true;
      }
      scanner.set_at(begin);
    }
  }
  if (!CheckText(findings_, lines_.number(), scanner.line())) return false;
  const std::string_view metric = scanner.TakeName(true);
  if (metric.empty()) return scanner.Unexpected("the name of a metric");
  std::size_t end = scanner.at();
  if (!open_metrics_) scanner.SkipBlanks();
  values::LabelSet set;
  if (scanner.peek() == '{') {
    const std::size_t labels_begin = scanner.at();
    std::vector<values::Label> labels;
    if (!ScanLabels(scanner, {!open_metrics_, !open_metrics_, open_metrics_}, labels)) return false;
    if (!MakeLabels(findings_, std::move(labels), scanner.PlaceOf(labels_begin, scanner.at()), set))
      return false;
    end = scanner.at();
  }
  scanner.set_at(end);
  const std::optional<SeriesId> series = series_.Intern(metric, std::move(set));
  if (!series) {
    findings_.Report(codes::kTooManySeries, scanner.PlaceOf(begin, end), base::kMaxRows);
    finished_ = true;
    return false;
  }
  // A key with blanks before its brace would be taken for the series without labels.
  const std::string_view text = scanner.From(begin);
  if (KeyEnd(text) == text.size() || text.size() == metric.size()) keys_.Add(text, *series);
  sample.series = *series;
  return true;
}

bool ExpositionReader::ReadStamp(Scanner& scanner, Sample& sample, bool& has_stamp) {
  sample.stamp = 0;
  if (scanner.at_end()) return true;
  if (!SkipBlank(scanner, "a blank and the timestamp")) return false;
  if (!open_metrics_ && scanner.at_end()) return true;
  if (open_metrics_ && scanner.peek() == '#') return true;
  const std::size_t begin = scanner.at();
  const std::string_view text = scanner.TakeWord();
  if (text.empty()) return scanner.Unexpected("the timestamp");
  const bool read =
      open_metrics_ ? ParseSeconds(text, sample.stamp) : ParseMilliseconds(text, sample.stamp);
  if (!read) {
    auto& finding = findings_.Report(codes::kBadStamp, scanner.PlaceOf(begin, scanner.at()),
                                     diagnostics::Shown(text),
                                     open_metrics_ ? kSecondsExpected : kMillisecondsExpected);
    values::Instant other = 0;
    if (open_metrics_ && ParseMilliseconds(text, other)) {
      finding.Help("end the file's name in `.prom` if its timestamps are milliseconds");
    } else if (!open_metrics_ && ParseSeconds(text, other)) {
      finding.Help("end the file's name in `.om` if its timestamps are seconds");
    }
    return false;
  }
  has_stamp = true;
  // The exemplar's `#` comes next; a blank before anything else is left for the message at the end.
  if (open_metrics_ && scanner.line().substr(scanner.at()).starts_with(" #"))
    scanner.set_at(scanner.at() + 1);
  return true;
}

// `# {labels} value [timestamp]`: checked, and not kept.
bool ExpositionReader::ReadExemplar(Scanner& scanner) {
  scanner.Take('#');
  if (!SkipBlank(scanner, "a blank and the exemplar's labels")) return false;
  const std::size_t begin = scanner.at();
  std::vector<values::Label> labels;
  if (!ScanLabels(scanner, {false, false, true}, labels)) return false;
  std::size_t characters = 0;
  for (const values::Label& label : labels) {
    for (const std::string* text : {&label.name, &label.value}) {
      for (std::size_t at = 0; at < text->size(); at += base::Decode(*text, at).length)
        ++characters;
    }
  }
  const Place place = scanner.PlaceOf(begin, scanner.at());
  if (characters > kMaxExemplarCharacters) {
    findings_.Report(
        codes::kLabelLimit, place,
        fmt::format("an exemplar's labels have more than {} characters", kMaxExemplarCharacters));
    return false;
  }
  values::LabelSet set;
  if (!MakeLabels(findings_, std::move(labels), place, set)) return false;
  if (!SkipBlank(scanner, "a blank and the exemplar's value")) return false;
  const std::size_t value_begin = scanner.at();
  const std::string_view text = scanner.TakeWord();
  double value = 0;
  if (text.empty()) return scanner.Unexpected("the exemplar's value");
  if (!ParseValue(text, value)) {
    findings_.Report(codes::kBadSampleValue, scanner.PlaceOf(value_begin, scanner.at()),
                     diagnostics::Shown(text));
    return false;
  }
  Sample ignored;
  bool has_stamp = false;
  return ReadStamp(scanner, ignored, has_stamp);
}

void ExpositionReader::ReadComment(std::string_view line) {
  if (!CheckText(findings_, lines_.number(), line)) return;
  if (!open_metrics_) return;  // metadata and remarks alike; nothing in them changes a sample
  Scanner scanner(findings_, lines_.number(), line);
  Metadata metadata;
  if (!ScanMetadata(scanner, metadata)) return;
  ended_ = metadata.kind == Metadata::Kind::kEnd;
  if (strict_) BrokenRule(line, ended_ ? rules_.Finish() : rules_.Describe(metadata));
}

bool ExpositionReader::BrokenRule(std::string_view line, std::string violation) {
  if (violation.empty()) return false;
  findings_.Report(codes::kHistorySyntax, {lines_.number(), line, 0, line.size()},
                   "a line that breaks a rule of its family", "one that keeps it: " + violation);
  return true;
}

}  // namespace

std::unique_ptr<Reader> ReadExposition(std::unique_ptr<Input> input, std::string path,
                                       const Context& context, const Options& options,
                                       Format format) {
  return std::make_unique<ExpositionReader>(std::move(input), std::move(path), context, options,
                                            format == Format::kOpenMetrics);
}

}  // namespace tocsin::history
