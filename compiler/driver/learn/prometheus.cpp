#include "compiler/driver/learn/prometheus.h"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "compiler/driver/learn/series.h"
#include "compiler/driver/learn/words.h"

namespace tocsin::driver::learn {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

std::string TextIn(const json::object& object, std::string_view field) {
  const json::value* value = object.if_contains(field);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string Strange(std::string_view api) {
  return fmt::format("what it answers at `{}` is not what a Prometheus answers; is it one?", api);
}

// Asks one server, until its time is over.
class Server {
 public:
  explicit Server(const Question& question)
      : base_(question.url),
        client_(question.limits),
        most_total_ms_(question.most_total_ms),
        end_(Clock::now() + std::chrono::milliseconds(question.most_total_ms)) {
    while (base_.ends_with('/')) base_.pop_back();
  }

  // The `data` of an answer; of status 404 an empty object where `optional`.
  std::expected<json::value, http::Failure> Data(const std::string& path, bool optional = false) {
    if (Clock::now() > end_)
      return Failed(fmt::format("it is slow: not all is there after {} s", most_total_ms_ / 1000));
    const auto answer = client_.Get(base_ + path);
    if (!answer) return std::unexpected(answer.error());
    if (answer->status == 404 && optional) return json::value(json::object());
    boost::system::error_code error;
    json::value read = json::parse(answer->body, error);
    json::object* object = error ? nullptr : read.if_object();
    if (answer->status != 200) {
      const std::string why = object == nullptr ? std::string() : TextIn(*object, "error");
      return Failed(fmt::format("it answers with status {}{}{}", answer->status,
                                why.empty() ? "" : ": ", OneLine(why, 200)));
    }
    const std::string_view api = std::string_view(path).substr(0, path.find('?'));
    json::value* data = object == nullptr ? nullptr : object->if_contains("data");
    if (data == nullptr || TextIn(*object, "status") != "success") return Failed(Strange(api));
    return std::move(*data);
  }

 private:
  static std::unexpected<http::Failure> Failed(std::string why) {
    return std::unexpected(http::Failure{std::move(why)});
  }

  std::string base_;
  http::Client client_;
  long most_total_ms_;
  Clock::time_point end_;
};

constexpr std::string_view kNames = "/api/v1/label/__name__/values";
constexpr std::string_view kMetadata = "/api/v1/metadata";
constexpr std::string_view kQuery = "/api/v1/query";

std::expected<std::vector<std::string>, std::string> Names(Server& server, const Question& question,
                                                           Answer& answer) {
  const auto data = server.Data(std::string(kNames));
  if (!data) return std::unexpected(data.error().why);
  if (!data->is_array()) return std::unexpected(Strange(kNames));
  std::vector<std::string> names;
  for (const json::value& value : data->get_array()) {
    if (!value.is_string()) return std::unexpected(Strange(kNames));
    const std::string name(value.get_string());
    const bool fits =
        question.patterns.empty() ||
        std::ranges::any_of(question.patterns, [&](const auto& p) { return Fits(name, p); });
    if (!fits) continue;
    (IsPlain(name) ? names : answer.odd).push_back(name);
  }
  if (names.empty() && data->get_array().empty()) return std::unexpected("it has no metrics yet");
  if (names.empty() && answer.odd.empty())
    return std::unexpected(fmt::format("none of its {} metrics fits `--match {}`",
                                       data->get_array().size(), question.patterns[0]));
  std::ranges::sort(names);
  answer.fitting = names.size();
  if (names.size() > question.most_metrics) names.resize(question.most_metrics);
  return names;
}

// Type and help are known by family: `x` for `x_bucket`, and by exporters that follow OpenMetrics
// also for `x_total`.
void ReadMetadata(const json::object& families, Metric& metric) {
  metric.family = metric.name;
  const json::value* found = families.if_contains(metric.name);
  for (const std::string_view end : {"_bucket", "_count", "_sum", "_total", "_created", "_info"}) {
    if (found != nullptr || !metric.name.ends_with(end)) continue;
    const std::string family = metric.name.substr(0, metric.name.size() - end.size());
    found = families.if_contains(family);
    if (found != nullptr) metric.family = family;
  }
  const json::array* entries = found == nullptr ? nullptr : found->if_array();
  if (entries == nullptr || entries->empty() || !entries->front().is_object()) return;
  const json::object& entry = entries->front().get_object();
  metric.type = TextIn(entry, "type");
  metric.help = TextIn(entry, "help");
  metric.unit = TextIn(entry, "unit");
}

// What an instant query for one metric's series of the last hour gives.
std::expected<void, http::Failure> AskSeries(Server& server, Metric& metric) {
  const std::string query =
      fmt::format("last_over_time({{__name__=\"{}\"}}[1h])", Escaped(metric.name));
  const auto data = server.Data(fmt::format("{}?query={}", kQuery, http::Escaped(query)));
  if (!data) return std::unexpected(data.error());
  const json::object* vector = data->if_object();
  const json::value* result = vector == nullptr ? nullptr : vector->if_contains("result");
  if (result == nullptr || !ReadSeries(*result, metric))
    return std::unexpected(http::Failure{Strange(kQuery)});
  return {};
}

}  // namespace

std::expected<Answer, std::string> Ask(const Question& question) {
  if (!question.url.starts_with("http://") && !question.url.starts_with("https://"))
    return std::unexpected("an address begins with `http://` or `https://`");
  Server server(question);
  Answer answer;
  const auto names = Names(server, question, answer);
  if (!names) return std::unexpected(names.error());
  const auto metadata = server.Data(std::string(kMetadata), true);
  if (!metadata) return std::unexpected(metadata.error().why);
  if (!metadata->is_object()) return std::unexpected(Strange(kMetadata));
  for (const std::string& name : *names) {
    Metric metric{.name = name};
    ReadMetadata(metadata->get_object(), metric);
    if (const auto asked = AskSeries(server, metric); !asked) {
      if (!asked.error().too_large) return std::unexpected(asked.error().why);
      answer.too_large.push_back(name);
      continue;
    }
    const bool odd =
        std::ranges::any_of(metric.labels, [](const auto& label) { return !IsPlain(label.first); });
    if (odd) {
      answer.odd.push_back(name);
      continue;
    }
    if (metric.series > 0) answer.metrics.push_back(std::move(metric));
  }
  if (answer.metrics.empty() && answer.odd.empty() && answer.too_large.empty())
    return std::unexpected("no metric that is wanted has samples of the last hour");
  return answer;
}

std::string WithoutPassword(const std::string& url) {
  const std::size_t begin = url.find("://");
  if (begin == url.npos) return url;
  const std::size_t end = std::min(url.find_first_of("/?#", begin + 3), url.size());
  const std::size_t at = url.rfind('@', end);
  if (at == url.npos || at < begin) return url;
  return url.substr(0, begin + 3) + url.substr(at + 1);
}

}  // namespace tocsin::driver::learn
