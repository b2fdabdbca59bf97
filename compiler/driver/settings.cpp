#include "compiler/driver/settings.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "compiler/parse/parse.h"
#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::driver {
namespace {

constexpr std::size_t kMaxValue = 1000;  // characters

const syntax::Decl* LetNamed(const syntax::Tree& tree, std::string_view name) {
  for (const syntax::Item& item : tree.items) {
    if (!item.decl.valid()) continue;
    const syntax::Decl& decl = tree[item.decl];
    if (decl.kind.text == "let" && decl.name.text == name) return &decl;
  }
  return nullptr;
}

// What a constant was declared as, or what its value is: another one must be the same. Empty where
// any will do, such as another series.
std::string TypeOf(const Compilation& original, std::string_view name) {
  for (const syntax::Tree& tree : original.trees) {
    const syntax::Decl* let = LetNamed(tree, name);
    if (let != nullptr && let->type.valid())
      return std::string(original.sources.Text(tree[let->type].span));
  }
  const check::DeclId id = original.typed.Find(name);
  if (!id.valid() || !original.typed[id].value.valid()) return {};
  const check::SeriesNode& value = original.typed[original.typed[id].value];
  if (value.has_rows || !value.quantity()) return {};
  return std::string(values::UnitName(value.type.unit));
}

// The names that can be set: those of the policy's own `let`, not of what it imports.
std::vector<std::string> Lets(const Compilation& original) {
  std::vector<std::string> names;
  for (const check::DeclId id : original.typed.OfKind("let")) {
    const std::string& name = original.typed[id].name;
    if (!name.contains('.')) names.push_back(name);
  }
  return names;
}

std::string Unknown(std::string_view name, const std::vector<std::string>& names) {
  if (names.empty()) return "the policy has no `let`, and `--set` gives one another value";
  const std::string nearest = diagnostics::Nearest(name, names);
  return fmt::format("the policy has no `let {}`{}", diagnostics::Shown(name),
                     nearest.empty() ? "" : fmt::format("; did you mean `{}`?", nearest));
}

// The declaration that takes the place of the policy's; in words what is wrong with the argument.
std::string Read(const std::string& argument, const Compilation& original,
                 std::vector<std::string>& declarations) {
  const std::size_t equals = argument.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == argument.size())
    return fmt::format("`--set {}`: expected NAME=VALUE", diagnostics::Shown(argument));
  if (argument.size() > kMaxValue)
    return fmt::format("`--set`: a value has at most {} bytes", kMaxValue);
  // A line break could begin another declaration.
  if (argument.find_first_of("\r\n") != std::string::npos)
    return fmt::format("`--set {}`: it must be on one line", diagnostics::Shown(argument));
  const std::string name = argument.substr(0, equals);
  const std::vector<std::string> names = Lets(original);
  if (std::ranges::find(names, name) == names.end()) return Unknown(name, names);
  const std::string type = TypeOf(original, name);
  declarations.push_back(fmt::format("let {}{}{} = {}", name, type.empty() ? "" : " : ", type,
                                     argument.substr(equals + 1)));
  return {};
}

}  // namespace

std::string LoadWith(const std::string& path, const std::vector<std::string>& settings,
                     Loaded& loaded) {
  if (settings.empty()) {
    Load(path, loaded);
    return {};
  }
  std::error_code error;
  if (!std::filesystem::is_directory(path, error) && !path.ends_with(".tocsin"))
    return "`--set` needs the text of a policy: in a module its constants have gone into the code";
  Compilation original;
  Compile(path, Stage::kTyped, original);
  // What is wrong without the settings is reported without them.
  if (!original.failed()) {
    std::set<std::string> names;
    for (const std::string& argument : settings) {
      if (std::string why = Read(argument, original, loaded.compilation.settings); !why.empty())
        return why;
      const std::string name = argument.substr(0, argument.find('='));
      if (!names.insert(name).second) return fmt::format("`--set {}` is given twice", name);
    }
  }
  Load(path, loaded);
  return {};
}

void ApplySettings(Compilation& compilation) {
  for (const std::string& text : compilation.settings) {
    const auto source = compilation.sources.Add("--set", text);
    syntax::Tree tree = parse::ParseFile(source, compilation.sources, compilation.sink);
    if (!tree.complete) continue;
    const bool one = tree.items.size() == 1 && tree.items[0].decl.valid() &&
                     tree[tree.items[0].decl].kind.text == "let";
    if (!one) {
      compilation.sink.Emit(diagnostics::codes::kUnexpected,
                            diagnostics::Span{source, 0, static_cast<std::uint32_t>(text.size())},
                            "more than a value", "one expression");
      continue;
    }
    const std::string_view name = tree[tree.items[0].decl].name.text;
    for (syntax::Tree& own : compilation.trees) {
      std::erase_if(own.items, [&](const syntax::Item& item) {
        return item.decl.valid() && own[item.decl].kind.text == "let" &&
               own[item.decl].name.text == name;
      });
    }
    compilation.trees.push_back(std::move(tree));
  }
}

}  // namespace tocsin::driver
