#include "tests/golden/runner_file.h"

#include <regex>
#include <stdexcept>

#include <fmt/format.h>

#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

constexpr std::string_view kExpected = "#==== expected, generated: ./dev test fast --update";
constexpr std::string_view kPart = "#--- ";
constexpr std::string_view kRun = "#! run: ";
constexpr std::string_view kNoLineEnd = "#\\ no line break at the end";

// The pins of one line. `#! E0301 E0302` after text pins to the line; alone, to no place.
void ReadPins(const std::string& line, const std::string& file, std::size_t number,
              std::vector<Finding>& pins) {
  static const std::regex kPins(R"(^(.*)#!((?: [A-Z]\d{4})+)\s*$)");
  static const std::regex kCode(R"([A-Z]\d{4})");
  std::smatch match;
  if (!std::regex_match(line, match, kPins)) {
    if (line.find("#!") != std::string::npos && !line.starts_with(kRun)) {
      throw std::runtime_error("this is neither a pin nor a command: " + line);
    }
    return;
  }
  const bool placed = match[1].str().find_first_not_of(" \t") != std::string::npos;
  const std::string codes = match[2];
  for (std::sregex_iterator code(codes.begin(), codes.end(), kCode), end; code != end; ++code) {
    pins.push_back(placed ? Finding{code->str(), file, number} : Finding{code->str(), "", 0});
  }
}

std::string Commented(std::string_view text) {
  std::string lines;
  for (const std::string& line : Lines(text)) lines += (line.empty() ? "#" : "# " + line) + "\n";
  if (!text.empty() && text.back() != '\n') lines += std::string(kNoLineEnd) + "\n";
  return lines;
}

void CheckPartName(const std::string& name) {
  const std::filesystem::path path(name);
  bool inside = !name.empty() && path.is_relative();
  for (const auto& step : path) inside = inside && step != "..";
  if (!inside) throw std::runtime_error("this part is outside the golden's folder: " + name);
}

}  // namespace

Golden ReadGolden(const std::filesystem::path& path) {
  Golden golden;
  golden.name = path.filename().string();
  golden.parts.push_back({golden.name, ""});
  std::size_t number = 0;
  bool generated = false;
  for (const std::string& line : Lines(ReadFile(path))) {
    if (generated) {
      golden.expected += line + "\n";
      continue;
    }
    generated = line.starts_with("#====");
    if (generated) continue;
    golden.source += line + "\n";
    if (line.starts_with(kPart)) {
      golden.parts.push_back({line.substr(kPart.size()), ""});
      CheckPartName(golden.parts.back().name);
      number = 0;
      continue;
    }
    ++number;
    if (line.starts_with(kRun)) golden.command = line.substr(kRun.size());
    ReadPins(line, golden.parts.back().name, number, golden.pins);
    golden.parts.back().text += line + "\n";
  }
  // Head lines alone are no policy file.
  bool own = false;
  for (const std::string& line : Lines(golden.parts[0].text)) own |= !line.starts_with("#!");
  if (!own && golden.parts.size() > 1) golden.parts.erase(golden.parts.begin());
  return golden;
}

std::string ExpectedText(const Outcome& outcome) {
  std::string text = fmt::format("# exit {}\n", outcome.status);
  if (!outcome.out.empty()) text += "#---- stdout\n" + Commented(outcome.out);
  if (!outcome.err.empty()) text += "#---- stderr\n" + Commented(outcome.err);
  return text;
}

std::string WithExpected(const Golden& golden, std::string_view expected) {
  return fmt::format("{}{}\n{}", golden.source, kExpected, expected);
}

}  // namespace tocsin::testing
