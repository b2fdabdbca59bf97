#include <doctest/doctest.h>

#include <map>

#include <fmt/format.h>

#include "compiler/driver/learn/signals.h"
#include "compiler/driver/learn/words.h"
#include "compiler/driver/policy.h"
#include "tests/support/http_server.h"

namespace tocsin::driver::learn {
namespace {

using testing::HttpServer;

std::string Success(const std::string& data) {
  return R"({"status":"success","data":)" + data + "}";
}

// By metric: its series, each as the inside of `"metric"` and its value.
using Store = std::map<std::string, std::vector<std::pair<std::string, std::string>>>;

// `%22` as `"`.
std::string Decoded(const std::string& target) {
  std::string text;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const bool escape = target[i] == '%' && i + 2 < target.size();
    text += escape ? static_cast<char>(std::stoi(target.substr(i + 1, 2), nullptr, 16)) : target[i];
    i += escape ? 2 : 0;
  }
  return text;
}

HttpServer::Replies PrometheusWith(const Store& store, const std::string& metadata = "{}") {
  return [=](const std::string& target) -> HttpServer::Reply {
    if (target.starts_with("/api/v1/metadata")) return {.body = Success(metadata)};
    std::string names, result;
    for (const auto& [name, series] : store) {
      names += (names.empty() ? "\"" : ",\"") + name + "\"";
      if (Decoded(target).find("\"" + name + "\"") == std::string::npos) continue;
      for (const auto& [labels, value] : series)
        result +=
            fmt::format(R"({}{{"metric":{{"__name__":"{}"{}{}}},"value":[1795428000,"{}"]}})",
                        result.empty() ? "" : ",", name, labels.empty() ? "" : ",", labels, value);
    }
    if (target.starts_with("/api/v1/query"))
      return {.body = Success(R"({"resultType":"vector","result":[)" + result + "]}")};
    if (target.starts_with("/api/v1/label/__name__/values"))
      return {.body = Success("[" + names + "]")};
    return {.status = 404};
  };
}

std::string TextOf(const Store& store, const std::string& metadata = "{}",
                   const std::set<std::string>& taken = {}) {
  const HttpServer server(PrometheusWith(store, metadata));
  const auto answer = Ask({.url = server.url() + "/"});
  REQUIRE_MESSAGE(answer, answer.error());
  return SignalsText(*answer, "http://metrics:9090", taken);
}

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

std::size_t Findings(const std::string& signals) {
  Compilation compilation;
  CompileTexts({{"policy.tocsin", "policy here \"Here\" {}\n"}, {"signals.tocsin", signals}}, "",
               Stage::kProgram, compilation);
  for (const auto& finding : compilation.sink.all()) MESSAGE(finding.message);
  return compilation.sink.all().size();
}

TEST_CASE("types follow from names, metadata and values") {
  const std::string text = TextOf(
      {{"up", {{R"("job":"a","instance":"x")", "1"}, {R"("job":"a","instance":"y")", "0"}}},
       {"reload_ok", {{"", "1"}}},
       {"workers", {{"", "1"}}},
       {"wait_seconds", {{"", "0.5"}}},
       {"start_time_seconds", {{"", "1795428000"}}},
       {"heap_bytes", {{"", "1024"}}},
       {"used_ratio", {{"", "0.5"}}},
       {"calls_total", {{R"("code":"200")", "7"}}},
       {"sent_bytes_total", {{"", "7"}}},
       {"took_seconds_bucket", {{R"("le":"0.1")", "1"}, {R"("le":"+Inf")", "2"}}},
       {"took_seconds_count", {{"", "2"}}},
       {"took_seconds_sum", {{"", "0.3"}}}},
      R"({"reload_ok":[{"type":"gauge","help":"Whether the last reload\nwas fine.","unit":""}],)"
      R"("workers":[{"type":"gauge","help":"How many work.","unit":""}],)"
      R"("took_seconds":[{"type":"histogram","help":"How long it took.","unit":""}]})");
  CAPTURE(text);
  CHECK(Has(text, "signal up : bool by (instance, job) { source: prometheus(\"up\") }"));
  CHECK(Has(text, "# Whether the last reload was fine.\nsignal reload_ok : bool {"));
  CHECK(Has(text, "signal workers : number {"));
  CHECK(Has(text, "signal wait_seconds : duration {"));
  CHECK(Has(text, "# Seconds since 1970.\nsignal start_time_seconds : number {"));
  CHECK(Has(text, "signal heap_bytes : bytes {"));
  CHECK(Has(text, "signal used_ratio : ratio {"));
  CHECK(Has(text, "`rate(calls_total over 5m)` is how fast it grows\nsignal calls_total : count "));
  CHECK(Has(text, "signal sent_bytes_total : bytes {"));
  CHECK(Has(text,
            "`bucket_quantile(increase(took_seconds_bucket over 5m), part: 99%) * 1s`\n"
            "signal took_seconds_bucket : count by (le) {"));
  CHECK(Has(text, "signal took_seconds_count : count {"));
  CHECK(Has(text, "signal took_seconds_sum : duration {"));
  CHECK(Has(text, "label instance : up_to(5)\n"));
  CHECK(Findings(text) == 0);
}

TEST_CASE("names that a policy cannot have are given others") {
  const std::string text =
      TextOf({{"job:calls:rate5m", {{R"("value":"a","9th":"b","on":"c")", "1"}}},
              {"avg", {{"", "1"}}},
              {"when", {{"", "1"}}},
              {"on", {{"", "1"}}},
              {"a {b}", {{"", "1"}}}},
             "{}", {"avg"});
  CAPTURE(text);
  CHECK(Has(text,
            "prometheus(\"job:calls:rate5m\", _9th: \"9th\", on_label: \"on\", "
            "value_label: \"value\")"));
  CHECK(Has(text, "signal avg_signal : number { source: prometheus(\"avg\") }"));
  CHECK(Has(text, "signal when_signal : "));
  CHECK(Has(text, "signal on_signal : "));
  CHECK(Has(text, "signal a__b_ : number { source: prometheus(\"a \\{b\\}\") }"));
  CHECK(Findings(text) == 0);
}

TEST_CASE("labels that would make too many rows are left out where nothing needs them") {
  Store store;
  auto& wide = store["wide"];
  auto& full = store["full"];
  for (int i = 0; i < 1500; ++i) {
    wide.emplace_back(fmt::format(R"("id":"{}","pod":"p{}","zone":"z{}")", i, i, i % 3), "1");
    full.emplace_back(fmt::format(R"("id":"{}","pod":"p{}")", i, i * 7 % 1499), "1");
  }
  for (int i = 0; i < 1499; ++i)
    full.emplace_back(fmt::format(R"("id":"{}","pod":"p{}")", i, (i * 7 + 1) % 1499), "1");
  const std::string text = TextOf(store);
  CAPTURE(text);
  CHECK(Has(text, "label id : up_to(5000)\nlabel pod : up_to(5000)\nlabel zone : up_to(5)\n"));
  CHECK(Has(text,
            "# Told from one another without the labels id, zone.\nsignal wide : number by "
            "(pod) {"));
  CHECK(Has(text, "\n# signal full : number by (id, pod) {"));
  CHECK(Findings(text) == 0);
}

TEST_CASE("hidden characters and odd names stay out of the file") {
  const std::string text =
      TextOf({{"fine", {{"", "1"}}}, {"gr\xc3\xbc\xc3\x9f", {{"", "1"}}}},
             "{\"fine\":[{\"type\":\"gauge\",\"help\":\"gr\xc3\xbc\xc3\x9f \xe2\x80\xae\\u0000 # "
             "end\",\"unit\":\"\"}]}");
  CAPTURE(text);
  CHECK(Has(text, "# gr\xc3\xbc\xc3\x9f ? # end\nsignal fine"));
  CHECK(Has(text, "# Left out, as their names"));
  CHECK_FALSE(Has(text, "signal gr"));
  CHECK(Findings(text) == 0);
}

TEST_CASE("patterns and a bound choose metrics") {
  const HttpServer server(
      PrometheusWith({{"a_1", {{"", "1"}}}, {"a_2", {{"", "1"}}}, {"b_1", {{"", "1"}}}}));
  const auto chosen = Ask({.url = server.url(), .patterns = {"a_?", "c*"}, .most_metrics = 1});
  REQUIRE(chosen);
  CHECK(chosen->fitting == 2);
  REQUIRE(chosen->metrics.size() == 1);
  CHECK(chosen->metrics[0].name == "a_1");
  const auto none = Ask({.url = server.url(), .patterns = {"c*"}});
  REQUIRE_FALSE(none);
  CHECK(none.error() == "none of its 3 metrics fits `--match c*`");
}

std::string WhyNot(HttpServer::Reply reply, http::Limits limits = {}) {
  const HttpServer server([&](const std::string&) { return reply; });
  const auto answer = Ask({.url = server.url(), .limits = limits});
  REQUIRE_FALSE(answer);
  return answer.error();
}

TEST_CASE("what is no Prometheus is said to be none") {
  const std::string strange =
      "what it answers at `/api/v1/label/__name__/values` is not what a Prometheus answers; is it "
      "one?";
  CHECK(WhyNot({.body = "<html>"}) == strange);
  CHECK(WhyNot({.body = "[]"}) == strange);
  CHECK(WhyNot({.body = R"({"status":"success"})"}) == strange);
  CHECK(WhyNot({.body = Success("{}")}) == strange);
  CHECK(WhyNot({.body = Success("[1]")}) == strange);
  CHECK(WhyNot({.body = std::string(100, '[')}) == strange);
  CHECK(WhyNot({.body = Success("[]")}) == "it has no metrics yet");
  CHECK(WhyNot({.status = 404, .body = "no"}) == "it answers with status 404");
  CHECK(WhyNot({.status = 422, .body = R"({"status":"error","error":"too\nmany"})"}) ==
        "it answers with status 422: too many");
  CHECK(WhyNot({.body = std::string(3u << 20, 'x')}, {.most_bytes = 2u << 20}) ==
        "an answer is larger than 2 MiB");
  CHECK(Ask({.url = "ftp://x"}).error() == "an address begins with `http://` or `https://`");
}

TEST_CASE("a metric with too many series is left out, and named") {
  Store store;
  store["small"].emplace_back("", "1");
  for (int i = 0; i < 100; ++i)
    store["large"].emplace_back(fmt::format(R"("id":"{:030}")", i), "1");
  const HttpServer server(PrometheusWith(store));
  const auto answer = Ask({.url = server.url(), .limits = {.most_bytes = 2000}});
  REQUIRE(answer);
  CHECK(answer->metrics.size() == 1);
  CHECK(answer->too_large == std::vector<std::string>{"large"});
  CHECK(Has(SignalsText(*answer, "", {}), "#   large\n"));
}

TEST_CASE("passwords are not shown") {
  CHECK(WithoutPassword("http://ann:secret@host:9090/x?a=@b") == "http://host:9090/x?a=@b");
  CHECK(WithoutPassword("http://host/@x") == "http://host/@x");
}

}  // namespace
}  // namespace tocsin::driver::learn
