#include <stdexcept>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "tests/conformance/case.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace json = boost::json;

std::string_view Get(const json::object& decision, std::string_view field) {
  const json::value* value = decision.if_contains(field);
  return value == nullptr ? std::string_view{} : std::string_view(value->as_string());
}

// "2026-03-02T12:01:35.000Z" as 12:01:35, with what is beyond the second where there is any.
std::string Clock(std::string_view at, const Shown& shown) {
  if (at.size() != 24) throw std::runtime_error("no instant: " + std::string(at));
  std::string clock(at.substr(11, 8));
  if (at.substr(20, 3) != "000") clock += at.substr(19, 4);
  return shown.date ? fmt::format("{} {}", at.substr(0, 10), clock) : clock;
}

std::string About(const json::object& decision) {
  return fmt::format("{}{}", Get(decision, "alert"), Get(decision, "key"));
}

std::string Transition(const json::object& decision, const Shown& shown) {
  const std::string_view from = Get(decision, "from"), to = Get(decision, "to");
  if (Get(decision, "kind") == "alert" || Get(decision, "kind") == "group") {
    return from == to ? fmt::format("{}: {}, {}", About(decision), to, Get(decision, "because"))
                      : fmt::format("{}: {} -> {}", About(decision), from, to);
  }
  if (Get(decision, "trigger") == "event") {
    return fmt::format("{} of {} by {}", Get(decision, "because"), About(decision),
                       Get(decision, "by"));
  }
  if (shown.climb && Get(decision, "kind") == "escalation")
    return fmt::format("climb {}: {}", About(decision), to);
  return "";
}

std::string Send(const json::object& decision, const Shown& shown) {
  std::string line =
      fmt::format("{} {} {}", Get(decision, "action"), Get(decision, "to"), Get(decision, "via"));
  if (shown.about) line += " about " + About(decision);
  if (shown.text) line += fmt::format(" \"{}\"", Get(decision, "text"));
  return line;
}

void CheckSummary(const json::object& summary) {
  if (summary.at("repeats").to_number<std::int64_t>() != 0)
    throw std::runtime_error("two messages have the same identity");
}

}  // namespace

std::string Story(std::string_view decisions, const Shown& shown) {
  std::string story;
  for (const std::string& text : Lines(decisions)) {
    const json::object decision = json::parse(text).as_object();
    const std::string_view type = Get(decision, "type");
    std::string line;
    if (type == "transition") {
      line = Transition(decision, shown);
    } else if (type == "send" || type == "digest") {
      line = Send(decision, shown);
    } else if (type == "request") {
      line = fmt::format("asks {} {}", Get(decision, "text"), Get(decision, "via"));
    } else if (type == "held") {
      line = "held " + Send(decision, shown);
    } else if (type == "ignored" || type == "refused") {
      line = fmt::format("{} {}: {}", type, About(decision), Get(decision, "because"));
    } else if (type == "summary") {
      CheckSummary(decision);
    } else if (type != "alert" && type != "person") {
      throw std::runtime_error("a line of an unknown type: " + text);
    }
    if (!line.empty()) story += Clock(Get(decision, "at"), shown) + " " + line + "\n";
  }
  return story;
}

}  // namespace tocsin::testing
