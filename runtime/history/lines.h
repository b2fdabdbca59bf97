// The lines of an input, one at a time, with a limit on their length, and findings that point into
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "runtime/diagnostics/codes.h"
#include "runtime/history/input.h"

namespace tocsin::history {

class LineReader {
 public:
  explicit LineReader(std::unique_ptr<Input> input);

  // The next line without its line feed, valid until the next call. False at the end or on an
  // error.
  bool Next(std::string_view& line);

  std::uint64_t number() const { return number_; }  // of the last line given, from 1
  // Whether the line that was read last ends with the file and not with a line break.
  bool open_ended() const { return open_ended_; }
  bool too_long() const {
    return too_long_;
  }  // the line after it is longer than base::kMaxHistoryLine
  const std::optional<InputError>& error() const { return error_; }
  Progress progress() const { return input_->progress(); }

 private:
  bool Fill();

  std::unique_ptr<Input> input_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;    // of what was not given yet
  std::size_t scanned_ = 0;  // no line feed between begin_ and here
  std::size_t end_ = 0;
  std::uint64_t number_ = 0;
  bool at_end_ = false;
  bool too_long_ = false;
  bool open_ended_ = false;
  std::optional<InputError> error_;
};

// A line of a file, and the bytes of it that are meant.
struct Place {
  std::uint64_t number = 0;
  std::string_view line;
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Findings {
 public:
  Findings(std::string path, const Context& context) : path_(std::move(path)), context_(context) {}

  // Only the line is kept for the message, and only the part of a long one around the place.
  template <std::size_t N, class... Args>
  diagnostics::Diagnostic& Report(const diagnostics::TypedRow<N>& row, const Place& place,
                                  Args&&... args) {
    return Count(context_.sink.Emit(row, Keep(place), args...));
  }
  template <std::size_t N, class... Args>
  diagnostics::Diagnostic& ReportFile(const diagnostics::TypedRow<N>& row, Args&&... args) {
    return Count(context_.sink.Emit(row, diagnostics::Span{}, args...));
  }
  // What made a LineReader end, if anything did.
  void ReportEnd(const LineReader& lines);

  bool any() const { return count_ > 0; }
  bool stopped() const { return count_ >= kMaxFindings; }
  const std::string& path() const { return path_; }

 private:
  diagnostics::Span Keep(const Place& place);
  diagnostics::Diagnostic& Count(diagnostics::Diagnostic& finding);

  std::string path_;
  const Context context_;
  std::size_t count_ = 0;
};

}  // namespace tocsin::history
