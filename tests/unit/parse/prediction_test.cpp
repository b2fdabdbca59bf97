// The grammar must not need more than SLL prediction, which is all the parser uses: a decision that
// falls back to full LL could be decided wrongly by it.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "TocsinLexer.h"
#include "TocsinParser.h"
#include "tests/unit/parse/snippets.h"

// After the generated headers: its macro WHEN is one of their names.
#include <doctest/doctest.h>

namespace tocsin::testing {
namespace {

void CheckPrediction(const std::string& name, const std::string& text) {
  CAPTURE(name);
  antlr4::ANTLRInputStream input(text);
  grammar::TocsinLexer lexer(&input);
  antlr4::CommonTokenStream tokens(&lexer);
  grammar::TocsinParser parser(&tokens);
  parser.removeErrorListeners();
  parser.setProfile(true);
  parser.file();
  CHECK(parser.getNumberOfSyntaxErrors() == 0);
  for (const auto& decision : parser.getParseInfo().getDecisionInfo()) {
    CAPTURE(parser.getRuleNames()[parser.getATN().decisionToState[decision.decision]->ruleIndex]);
    CHECK(decision.LL_Fallback == 0);
    CHECK(decision.ambiguities.empty());
  }
}

}  // namespace

TEST_CASE("no decision falls back to full LL") {
  for (const char* text : kSnippets) CheckPrediction(text, text);
  std::size_t files = 0;
  for (const char* folder : {"stdlib", "policies", "examples"}) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".tocsin") continue;
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      CheckPrediction(entry.path().string(), text.str());
      ++files;
    }
  }
  CHECK_MESSAGE(files > 0, "run this from the root of the project");
}

}  // namespace tocsin::testing
