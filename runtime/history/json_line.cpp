#include "runtime/history/json_line.h"

#include <boost/json/basic_parser_impl.hpp>

namespace tocsin::history {
namespace {

namespace json = boost::json;
using Error = boost::system::error_code;

constexpr std::size_t kMaxFields = 100;

// What boost::json's event parser calls. It keeps no tree, so that a field given twice is seen.
class Handler {
 public:
  static constexpr std::size_t max_object_size = kMaxFields;
  static constexpr std::size_t max_array_size = 0;
  static constexpr std::size_t max_key_size = 1024;
  static constexpr std::size_t max_string_size = 65'536;

  JsonLine* line = nullptr;
  std::string problem;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& error) {
    if (depth_ == 1 && key_ != "labels") return Refuse(error, "only `labels` is an object");
    if (depth_ == 2) return Refuse(error, "the value of a label is a string");
    if (depth_ == 1 && line->has_labels) return Refuse(error, "`labels` is given twice");
    line->has_labels = line->has_labels || depth_ == 1;
    ++depth_;
    return true;
  }
  bool on_object_end(std::size_t, Error&) {
    --depth_;
    return true;
  }
  bool on_array_begin(Error& error) { return Refuse(error, "lists have no place in a record"); }
  bool on_array_end(std::size_t, Error&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, Error&) {
    return Append(partial_key_, part);
  }
  bool on_key(json::string_view part, std::size_t, Error&) {
    Append(partial_key_, part);
    key_ = std::exchange(partial_key_, {});
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Error&) { return Append(text_, part); }
  bool on_string(json::string_view part, std::size_t, Error& error) {
    Append(text_, part);
    return Field(JsonField::Kind::kString, error);
  }
  bool on_number_part(json::string_view part, Error&) { return Append(text_, part); }
  bool on_int64(std::int64_t, json::string_view part, Error& error) { return Number(part, error); }
  bool on_uint64(std::uint64_t, json::string_view part, Error& error) {
    return Number(part, error);
  }
  bool on_double(double, json::string_view part, Error& error) { return Number(part, error); }
  bool on_bool(bool, Error& error) { return Field(JsonField::Kind::kOther, error); }
  bool on_null(Error& error) { return Field(JsonField::Kind::kOther, error); }
  bool on_comment_part(json::string_view, Error&) { return true; }
  bool on_comment(json::string_view, Error&) { return true; }

 private:
  bool Append(std::string& text, json::string_view part) {
    text.append(part.data(), part.size());
    return true;
  }
  bool Number(json::string_view part, Error& error) {
    Append(text_, part);
    return Field(JsonField::Kind::kNumber, error);
  }
  bool Field(JsonField::Kind kind, Error& error) {
    if (depth_ == 0) return Refuse(error, "a record is an object");
    if (line->fields.size() >= kMaxFields) return Refuse(error, "too many fields");
    line->fields.push_back({std::exchange(key_, {}), depth_ == 2, kind, std::exchange(text_, {})});
    return true;
  }
  bool Refuse(Error& error, const char* why) {
    problem = why;
    error = json::make_error_code(json::error::syntax);
    return false;
  }

  int depth_ = 0;
  std::string key_;
  std::string partial_key_;
  std::string text_;
};

}  // namespace

bool ParseJsonLine(std::string_view line, JsonLine& parsed, std::string& problem, std::size_t& at) {
  parsed.fields.clear();
  parsed.has_labels = false;
  json::basic_parser<Handler> parser{json::parse_options{}};
  parser.handler().line = &parsed;
  Error error;
  at = parser.write_some(false, line.data(), line.size(), error);
  if (!error && at < line.size()) error = json::make_error_code(json::error::extra_data);
  if (!error) return true;
  problem = parser.handler().problem.empty() ? error.message() : parser.handler().problem;
  return false;
}

}  // namespace tocsin::history
