// The grammar must not need more than SLL prediction, which is all the parser uses: a decision that
// falls back to full LL could be decided wrongly by it.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "TocsinParser.h"
#include "compiler/parse/recovery.h"
#include "compiler/parse/stream.h"
#include "runtime/base/utf8.h"
#include "tests/unit/parse/snippets.h"

// After the generated headers: its macro WHEN is one of their names.
#include <doctest/doctest.h>

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

void CheckDecisions(antlr4::Parser& parser) {
  for (const auto& decision : parser.getParseInfo().getDecisionInfo()) {
    CAPTURE(parser.getRuleNames()[parser.getATN().decisionToState[decision.decision]->ruleIndex]);
    CHECK(decision.LL_Fallback == 0);
    CHECK(decision.contextSensitivities.empty());
    CHECK(decision.ambiguities.empty());
  }
}

// Parses as ParseFile does, mistakes and all, but with prediction that may fall back and says so.
void CheckPrediction(const std::string& name, const std::string& text, bool sound) {
  CAPTURE(name);
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  const auto id = sources.Add(name, text);
  parse::Repaired repaired = parse::Repair(parse::Lex(text).tokens, id, sources, sink);
  parse::LexemeStream stream(repaired.tokens);
  const auto recovery = std::make_shared<parse::Recovery>(repaired, id, sources, sink);
  while (stream.LA(1) != antlr4::Token::EOF) {
    const std::size_t type = stream.LA(1);
    const std::size_t at = stream.index();
    grammar::TocsinParser parser(&stream);
    parser.removeErrorListeners();
    parser.setErrorHandler(recovery);
    parser.setProfile(true);
    try {
      if (type == parse::TocsinLexer::TABLE) {
        parser.table();
      } else if (type == parse::TocsinLexer::ID) {
        parser.decl();
      } else {
        stream.seek(recovery->SkipToDeclaration(at, at));
      }
    } catch (const TocsinParserBase::TooDeep&) {
      stream.seek(recovery->NextDeclarationAfter(stream.index()));
    }
    CheckDecisions(parser);
  }
  if (sound) CHECK(sink.all().empty());
}

std::string ReadText(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// Checks every policy in a folder, and returns how many there are.
std::size_t CheckFolder(const fs::path& folder, bool sound) {
  std::size_t files = 0;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".tocsin") continue;
    std::string text = ReadText(entry.path());
    if (base::FirstInvalidByte(text) != text.npos) continue;  // it never comes to be parsed
    CheckPrediction(entry.path().string(), text, sound);
    ++files;
  }
  return files;
}

}  // namespace

TEST_CASE("no decision falls back to full LL") {
  for (const char* text : kSnippets) CheckPrediction(text, text, true);
  std::size_t sound = 0;
  for (const char* folder : {"stdlib", "policies", "examples", "tests/conformance"})
    sound += CheckFolder(folder, true);
  CHECK_MESSAGE(sound > 0, "run this from the root of the project");
  const std::size_t goldens = CheckFolder("tests/golden", false);
  CHECK(goldens > 100);
  MESSAGE(sound << " policies and " << goldens << " goldens");
}

}  // namespace tocsin::testing
