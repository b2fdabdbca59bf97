#include "tests/conformance/case.h"

#include <algorithm>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDirective = "#! ";
constexpr std::string_view kPart = "#--- ";

std::vector<std::string> Words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

void Show(const std::string& what, Shown& shown) {
  if (what == "about") {
    shown.about = true;
  } else if (what == "text") {
    shown.text = true;
  } else if (what == "date") {
    shown.date = true;
  } else if (what == "climb") {
    shown.climb = true;
  } else {
    throw std::runtime_error("nothing can be shown that is called " + what);
  }
}

void TakeDirective(const std::string& line, Case& read) {
  static const std::regex kCode(R"([A-Z]\d{4})");
  std::vector<std::string> words = Words(line.substr(kDirective.size()));
  if (words.empty()) throw std::runtime_error("an empty directive");
  const std::string first = words[0];
  if (first == "run:") {
    read.arguments.insert(read.arguments.end(), words.begin() + 1, words.end());
  } else if (first == "show:") {
    for (auto word = words.begin() + 1; word != words.end(); ++word) Show(*word, read.shown);
  } else {
    for (const std::string& word : words) {
      if (!std::regex_match(word, kCode)) throw std::runtime_error("no directive: " + line);
      read.codes.push_back(word);
    }
  }
}

bool IsHistory(const std::string& name) {
  const std::string end = fs::path(name).extension().string();
  return end == ".csv" || end == ".jsonl" || end == ".om" || end == ".prom";
}

void AddPolicyOfFolder(const fs::path& folder, Case& read) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".tocsin") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    const bool replaced =
        std::ranges::find(read.policy, name, &CasePart::name) != read.policy.end();
    if (!replaced) read.policy.push_back({name, ReadFile(file)});
  }
}

}  // namespace

Case ReadCase(const fs::path& path) {
  Case read;
  std::vector<CasePart> parts = {{"", ""}};
  for (const std::string& line : Lines(ReadFile(path))) {
    if (line.starts_with(kPart)) {
      parts.push_back({line.substr(kPart.size()), ""});
    } else if (parts.size() == 1 && line.starts_with(kDirective)) {
      TakeDirective(line, read);
    } else {
      parts.back().text += line + "\n";
    }
  }
  bool has_expected = false;
  for (CasePart& part : parts) {
    if (part.name.empty()) continue;
    if (part.name == "expected") {
      read.expected = part.text;
      has_expected = true;
    } else if (IsHistory(part.name)) {
      read.history.push_back(std::move(part));
    } else if (part.name.ends_with(".tocsin")) {
      read.policy.push_back(std::move(part));
    } else {
      throw std::runtime_error("no policy and no recorded data: " + part.name);
    }
  }
  AddPolicyOfFolder(path.parent_path(), read);
  if (parts[0].text.empty()) throw std::runtime_error("it does not say what it is about");
  if (read.policy.empty() || read.history.empty() || !has_expected)
    throw std::runtime_error("a policy, recorded data and a part `expected` are needed");
  std::sort(read.codes.begin(), read.codes.end());
  return read;
}

}  // namespace tocsin::testing
