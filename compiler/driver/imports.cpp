#include "compiler/driver/imports.h"

#include <filesystem>
#include <map>

#include "compiler/check/texts.h"
#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::driver {
namespace {

namespace codes = diagnostics::codes;
namespace fs = std::filesystem;

constexpr std::size_t kMaxPackages = 100;

class Importer {
 public:
  Importer(const std::string& root, Compilation& compilation)
      : compilation_(compilation), root_(Canonical(root.empty() ? "." : root)) {
    packages_.all.resize(1);
    packages_.of_tree.assign(compilation.trees.size(), 0);
    folders_.emplace(root_, 0);
  }

  check::Packages Run() {
    // Trees of imported folders come behind, and may import others.
    for (std::size_t tree = 0; tree < compilation_.trees.size(); ++tree) {
      for (const syntax::Item& item : compilation_.trees[tree].items) {
        if (!item.decl.valid()) continue;
        const syntax::Decl& decl = compilation_.trees[tree][item.decl];
        if (decl.kind.text == "import" && decl.name.present()) Import(tree, decl);
      }
    }
    return std::move(packages_);
  }

 private:
  static std::string Canonical(const fs::path& path) {
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(path, error);
    return (error ? path : canonical).lexically_normal().string();
  }

  void Import(std::size_t index, const syntax::Decl& decl) {
    const syntax::Tree& tree = compilation_.trees[index];
    for (const syntax::ClauseId id : decl.clauses) {
      const syntax::Clause& clause = tree[id];
      if (clause.kind != syntax::ClauseKind::kField || clause.name.text != "from") continue;
      const auto from = check::PlainText(tree, clause.value);
      if (from) Folder(index, decl, *from, tree[clause.value].span);
      return;
    }
  }

  void Folder(std::size_t index, const syntax::Decl& decl, const std::string& from,
              diagnostics::Span span) {
    const auto refuse = [&](std::string_view why) {
      compilation_.sink.Emit(codes::kCannotImport, span, diagnostics::Shown(from), why);
    };
    const fs::path file = compilation_.sources.path(compilation_.trees[index].source);
    const fs::path path = file.parent_path() / from;
    std::error_code error;
    if (fs::path(from).is_absolute()) return refuse("it is not relative to this file");
    if (!fs::is_directory(path, error)) return refuse("there is no such folder");
    const std::string folder = Canonical(path);
    const std::size_t into = packages_.of_tree[index];
    const auto [known, fresh] = folders_.emplace(folder, packages_.all.size());
    if (!fresh && known->second == into) return refuse("a folder does not import itself");
    if (!fresh && known->second == 0) return refuse("it imports this one");
    if (fresh) {
      if (Within(folder)) return refuse("its files are part of this policy already");
      if (Holds(folder)) return refuse("this policy is in that folder");
      if (packages_.all.size() >= kMaxPackages) return refuse("there are too many imports");
      Read(path, into, decl);
    }
    packages_.all[into].imports.emplace(decl.name.text, known->second);
  }

  bool Within(const std::string& folder) const {
    const std::string root = root_.ends_with('/') ? root_ : root_ + "/";
    return folder.starts_with(root);
  }

  bool Holds(const std::string& folder) const {
    return root_.starts_with(folder.ends_with('/') ? folder : folder + "/");
  }

  void Read(const fs::path& path, std::size_t into, const syntax::Decl& decl) {
    check::Package package;
    package.prefix = packages_.all[into].prefix + std::string(decl.name.text) + ".";
    packages_.all.push_back(std::move(package));
    const std::size_t number = packages_.all.size() - 1;
    ParseFolder(path.lexically_normal().string(), compilation_);
    packages_.of_tree.resize(compilation_.trees.size(), number);
  }

  Compilation& compilation_;
  std::string root_;
  check::Packages packages_;
  std::map<std::string, std::size_t> folders_;  // packages by their canonical paths
};

}  // namespace

check::Packages ReadImports(const std::string& root, Compilation& compilation) {
  return Importer(root, compilation).Run();
}

}  // namespace tocsin::driver
