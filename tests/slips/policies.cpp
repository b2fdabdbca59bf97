#include "tests/slips/policies.h"

#include <filesystem>
#include <map>

#include "tests/docs/markdown.h"
#include "tests/support/text.h"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

using ByFolder = std::map<std::string, std::map<std::string, std::string>>;

void AddFiles(const fs::path& root, ByFolder& policies) {
  if (!fs::exists(root)) return;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const fs::path& path = entry.path();
    if (entry.is_regular_file() && path.extension() == ".tocsin")
      policies[path.parent_path().string()][path.string()] = ReadFile(path);
  }
}

// Blocks whose tag is a file name make files of one folder for each page.
void AddPages(const fs::path& root, ByFolder& policies) {
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".md") continue;
    for (const Block& block : ReadPage(entry.path()).blocks) {
      const fs::path tag = block.tag;
      if (block.language != "tocsin" || tag.extension() != ".tocsin") continue;
      const fs::path folder = entry.path() / tag.parent_path();
      policies[folder.string()][(folder / tag.filename()).string()] = block.text;
    }
  }
}

bool HasFindings(const ShippedPolicy& policy) {
  driver::Compilation compilation;
  driver::CompileTexts(policy.files, "", driver::Stage::kTyped, compilation);
  return !compilation.sink.all().empty();
}

}  // namespace

std::vector<ShippedPolicy> ShippedPolicies() {
  ByFolder folders;
  AddFiles("examples", folders);
  AddFiles("policies", folders);
  AddPages("docs", folders);
  std::vector<ShippedPolicy> policies;
  for (const auto& [folder, files] : folders) {
    ShippedPolicy policy{folder, {}};
    for (const auto& [path, text] : files) policy.files.push_back({path, text});
    if (!HasFindings(policy)) policies.push_back(std::move(policy));
  }
  return policies;
}

}  // namespace tocsin::testing
