#include "tests/slips/slips.h"

#include <fmt/format.h>

#include "compiler/parse/tokens.h"

namespace tocsin::testing {
namespace {

using parse::Token;
using parse::TokenKind;

// The tokens that mean something.
std::vector<Token> MeaningfulTokens(diagnostics::SourceId source,
                                    const diagnostics::SourceSet& sources) {
  std::vector<Token> tokens = parse::Tokenize(source, sources);
  std::erase_if(tokens, [](const Token& token) {
    return token.kind == TokenKind::kComment || token.kind == TokenKind::kRule;
  });
  return tokens;
}

std::string Replaced(std::string_view text, std::uint32_t begin, std::uint32_t end,
                     std::string_view by) {
  std::string result(text.substr(0, begin));
  result += by;
  result += text.substr(end);
  return result;
}

}  // namespace

std::vector<Slip> SlipsOf(const ShippedPolicy& policy) {
  std::vector<Slip> slips;
  for (std::size_t file = 0; file < policy.files.size(); ++file) {
    diagnostics::SourceSet sources;
    const auto source = sources.Add(policy.files[file].path, policy.files[file].text);
    const std::string_view text = sources.text(source);
    const std::vector<Token> tokens = MeaningfulTokens(source, sources);
    const auto add = [&](SlipSort sort, const Token& token, std::string changed) {
      const auto at = sources.PositionOf(source, token.span.begin);
      slips.push_back({sort, file, std::move(changed),
                       fmt::format("{}:{}:{} {} `{}`", policy.files[file].path, at.line, at.column,
                                   kSlipSorts[static_cast<std::size_t>(sort)], token.text)});
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto [begin, end] = std::pair(tokens[i].span.begin, tokens[i].span.end);
      add(SlipSort::kDeleted, tokens[i], Replaced(text, begin, end, ""));
      add(SlipSort::kDoubled, tokens[i],
          Replaced(text, end, end, fmt::format(" {}", tokens[i].text)));
      if (i + 1 == tokens.size() || tokens[i].text == tokens[i + 1].text) continue;
      const diagnostics::Span next = tokens[i + 1].span;
      add(SlipSort::kSwapped, tokens[i],
          Replaced(text, begin, next.end,
                   fmt::format("{}{}{}", tokens[i + 1].text, text.substr(end, next.begin - end),
                               tokens[i].text)));
    }
  }
  return slips;
}

Verdict Judge(const ShippedPolicy& policy, const Slip& slip, std::string_view typed) {
  std::vector<driver::PolicyText> files = policy.files;
  files[slip.file].text = slip.text;
  driver::Compilation compilation;
  driver::CompileTexts(std::move(files), "", driver::Stage::kTyped, compilation);
  if (!compilation.sink.all().empty()) return Verdict::kCaught;
  return check::Dump(compilation.typed) == typed ? Verdict::kHarmless : Verdict::kMissed;
}

std::string TypedText(const ShippedPolicy& policy) {
  driver::Compilation compilation;
  driver::CompileTexts(policy.files, "", driver::Stage::kTyped, compilation);
  return check::Dump(compilation.typed);
}

}  // namespace tocsin::testing
