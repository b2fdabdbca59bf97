// Messages speak to people who write policies: no name of the grammar, no word of the compiler's
// own workings. What stands between backquotes is the policy's own text.
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "TocsinLexer.h"

// After the generated headers: its macro WHEN is one of their names.
#include <doctest/doctest.h>

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

// What an operations person would not know, and nothing in a message is called.
std::set<std::string> WordsOfTheWorkshop() {
  std::set<std::string> words = {"token", "tokens", "lexeme", "nullptr", "null",   "AST",
                                 "lexer", "ANTLR",  "LL",     "SLL",     "kernel", "register",
                                 "enum",  "struct", "vector", "node",    "expr",   "decl"};
  grammar::TocsinLexer lexer(nullptr);
  const auto& vocabulary = lexer.getVocabulary();
  for (std::size_t type = 1; type <= vocabulary.getMaxTokenType(); ++type) {
    const std::string name{vocabulary.getSymbolicName(type)};
    if (!name.empty()) words.insert(name);
  }
  return words;
}

// The lines of a golden's output that are a message: `# error[E0301]: ...`, `#   = help: ...`.
bool IsMessage(const std::string& line) {
  static const std::regex kMessage(R"(^# (error|warning)\[[EW]\d+\]: .*|^# +\d* += \w+: .*)");
  return std::regex_match(line, kMessage);
}

}  // namespace

TEST_CASE("no message of a golden names what only the compiler knows") {
  static const std::regex kQuoted("`[^`]*`|\"[^\"]*\"");
  static const std::regex kWord("[A-Za-z_]+");
  const std::set<std::string> words = WordsOfTheWorkshop();
  std::size_t messages = 0;
  for (const auto& entry : fs::recursive_directory_iterator("tests/golden")) {
    if (!entry.is_regular_file() || entry.path().extension() != ".tocsin") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (!IsMessage(line)) continue;
      ++messages;
      const std::string own = std::regex_replace(line, kQuoted, "``");
      for (std::sregex_iterator word(own.begin(), own.end(), kWord), end; word != end; ++word) {
        INFO(entry.path().string() << ": " << line);
        CHECK_FALSE(words.contains(word->str()));
      }
    }
  }
  CHECK(messages > 500);
}

}  // namespace tocsin::testing
