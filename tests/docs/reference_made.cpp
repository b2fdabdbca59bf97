// What `tocsin doc --reference` writes against the sources that it is made from, read once more in
// the plainest way: each rule and word of the grammar, code, kind, function and option is in both
// forms, and each link of the page leads somewhere.
#include <algorithm>
#include <iterator>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "stdlib/functions/functions.h"
#include "tests/docs/reference.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

std::set<std::string> All(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
    found.insert((*at)[1]);
  return found;
}

class Made {
 public:
  Made(const fs::path& folder, std::vector<std::string>& problems)
      : html_(ReadFile(folder / "reference.html")),
        markdown_(ReadFile(folder / "reference.md")),
        problems_(problems) {}

  void HasAnchor(const std::string& anchor) {
    Has(html_, "HTML", fmt::format(" id=\"{}\"", anchor));
    Has(markdown_, "Markdown", fmt::format("<a id=\"{}\"></a>", anchor));
  }
  void SaysInMarkdown(const std::string& text) { Has(markdown_, "Markdown", text); }
  // Of the section of an anchor alone, as far as the next heading.
  void SectionSays(const std::string& anchor, const std::string& text) {
    const std::size_t begin = markdown_.find(fmt::format("<a id=\"{}\"></a>", anchor));
    if (begin == std::string::npos) return;  // `HasAnchor` says so
    const std::size_t end =
        std::min(markdown_.find("\n## ", begin), markdown_.find("\n### ", begin));
    Has(markdown_.substr(begin, end - begin), "section " + anchor, text);
  }
  void LinksLead() {
    const std::set<std::string> anchors = All(html_, " id=\"([^\"]*)\"");
    for (const std::string& link : All(html_, "href=\"([^\"]*)\"")) {
      if (!link.starts_with("#") || !anchors.contains(link.substr(1)))
        problems_.push_back(fmt::format("doc --reference: the link `{}` leads nowhere", link));
    }
  }

 private:
  void Has(const std::string& text, const std::string& where, const std::string& wanted) {
    if (text.find(wanted) == std::string::npos)
      problems_.push_back(fmt::format("doc --reference: `{}` is not in its {}", wanted, where));
  }

  std::string html_, markdown_;
  std::vector<std::string>& problems_;
};

// A problem where nothing was found: the sources are laid out otherwise than this file thinks.
std::set<std::string> Some(const std::string& text, const std::string& pattern,
                           std::vector<std::string>& problems) {
  std::set<std::string> found = All(text, pattern);
  if (found.empty()) problems.push_back(fmt::format("doc --reference: nothing is `{}`", pattern));
  return found;
}

void CheckGrammar(const fs::path& root, Made& made, std::vector<std::string>& problems) {
  const std::string parser = ReadFile(root / "grammar/TocsinParser.g4");
  const std::string lexer = ReadFile(root / "grammar/TocsinLexer.g4");
  for (const std::string& rule : Some(parser, "\n([a-z]\\w*) *\n? *:", problems)) {
    made.HasAnchor("grammar-" + rule);
    made.SectionSays("grammar-" + rule, "\n" + rule + " =");
  }
  for (const std::string& section : Some(parser, "\n// (\\w+)[^\n]* ---", problems))
    made.HasAnchor("grammar-in-" + section);
  // The fixed words and signs of policies are on one line each; those within texts come later.
  const std::string words = lexer.substr(0, lexer.find("\nmode "));
  for (const std::string& word :
       Some(words, "\n[A-Z]+ *: '([^'\\\\]+)'(?: ->[^\n]*)?;", problems)) {
    const bool bar = word == "|";  // which is written otherwise, for it stands beside a table
    made.SectionSays("grammar-in-words", bar ? "`|`" : fmt::format("`{}`", word));
  }
  for (const std::string& word : Some(lexer, ";[^'\n]*// (\\w+)(?:\n|:  ?)", problems))
    made.HasAnchor("grammar-" + word);
}

void CheckCodes(const fs::path& root, Made& made, std::vector<std::string>& problems) {
  std::string tables;
  for (const auto& file : fs::directory_iterator(root / "runtime/diagnostics/tables"))
    tables += ReadFile(file.path());
  static const std::regex kRow("TOCSIN_CODE\\(\"(\\w+)\", \\w+, \"([^\"]+)\", k(\\w+),");
  std::size_t codes = 0;
  for (std::sregex_iterator at(tables.begin(), tables.end(), kRow), end; at != end; ++at, ++codes) {
    const std::string code = (*at)[1], name = (*at)[2], anchor = "code-" + code;
    made.HasAnchor(anchor);
    made.SectionSays(anchor, fmt::format("</a>{} {}\n", code, name));
    made.SectionSays(anchor, (*at)[3] == "Error" ? "\n\nerror: " : "\n\nwarning: ");
    // Its first example, with all the lines that the page has.
    const std::string page = ReadFile(root / "docs/errors" / (code + ".md"));
    const std::size_t begin = page.find('\n', page.find("```")), after = page.find("```", begin);
    made.SectionSays(anchor, page.substr(begin, after - begin));
    made.SaysInMarkdown(fmt::format("| [`{0}`](#{1}) | {2} |", code, anchor, name));
  }
  if (codes == 0) problems.push_back("doc --reference: there are no codes");
}

}  // namespace

void CheckMade(const fs::path& programs, const fs::path& root, std::vector<std::string>& problems) {
  const ScratchFolder folder;
  RunShell(programs, root, "tocsin doc --reference --output " + folder.path().string());
  Made made(folder.path(), problems);
  CheckGrammar(root, made, problems);
  CheckCodes(root, made, problems);
  for (const auto& file : fs::directory_iterator(root / "stdlib/kinds")) {
    if (file.path().extension() == ".tocsin") made.HasAnchor("kind-" + file.path().stem().string());
  }
  for (const values::FunctionRow* function : stdlib::Functions()) {
    const bool runs = function->column != nullptr || function->text != nullptr ||
                      function->aggregate != nullptr || function->choose != nullptr ||
                      function->earlier;
    if (runs) made.HasAnchor(fmt::format("function-{}", function->name));
  }
  for (const std::string& command : Listed(RunShell(programs, root, "tocsin help"), "commands")) {
    made.HasAnchor("command-" + command);
    const std::string help = RunShell(programs, root, "tocsin " + command + " --help");
    for (const std::string& option : Listed(help, "options:")) {
      if (option != "--help") made.SectionSays("command-" + command, "| `" + option);
    }
  }
  made.LinksLead();
}

}  // namespace tocsin::testing
