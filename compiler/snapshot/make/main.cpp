// tocsin_snapshot OUT: parses the kinds of the standard library and writes their trees as the
// source of KindTrees(). A mistake in one of them fails the build.
#include <cstdio>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "compiler/parse/parse.h"
#include "compiler/syntax/encode.h"
#include "runtime/diagnostics/render_terminal.h"
#include "stdlib/kinds/kinds.h"

namespace tocsin::snapshot {
namespace {

// Bytes as string literals, one a line.
std::string Literals(std::string_view bytes) {
  constexpr std::size_t kBytesALine = 24;
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += kBytesALine) {
    text += "\n     \"";
    for (const char c : bytes.substr(at, kBytesALine))
      text += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    text += '"';
  }
  return text;
}

std::string Source(diagnostics::SourceSet& sources, diagnostics::Sink& sink) {
  std::string rows;
  for (const base::EmbeddedFile& file : stdlib::Kinds()) {
    const auto id =
        sources.AddBuiltin(fmt::format("stdlib/kinds/{}", file.name), std::string(file.text));
    const syntax::Tree tree = parse::ParseFile(id, sources, sink);
    const std::string bytes = syntax::Encode(tree, sources);
    rows += fmt::format("    {{\"{}\",\n     {{{},\n      {}}}}},\n", file.name, Literals(bytes),
                        bytes.size());
  }
  return fmt::format(
      "#include \"compiler/snapshot/standard.h\"\n\n"
      "namespace tocsin::snapshot {{\nnamespace {{\n"
      "constexpr base::EmbeddedFile kTrees[] = {{\n{}}};\n}}  // namespace\n\n"
      "std::span<const base::EmbeddedFile> KindTrees() {{ return kTrees; }}\n"
      "}}  // namespace tocsin::snapshot\n",
      rows);
}

bool Write(const char* path, const std::string& text) {
  std::FILE* file = std::fopen(path, "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

}  // namespace
}  // namespace tocsin::snapshot

int main(int argc, char** argv) {
  using namespace tocsin;
  if (argc != 2) {
    std::fputs("usage: tocsin_snapshot OUT\n", stderr);
    return 2;
  }
  diagnostics::SourceSet sources;
  diagnostics::Sink sink;
  const std::string source = snapshot::Source(sources, sink);
  if (sink.errors() > 0) {
    std::fputs(diagnostics::RenderTerminal(sink.all(), sources, {}).c_str(), stderr);
    return 1;
  }
  if (snapshot::Write(argv[1], source)) return 0;
  std::perror(argv[1]);
  return 1;
}
