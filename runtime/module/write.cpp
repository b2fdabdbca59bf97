#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/limits.h"
#include "runtime/ir/binary.h"
#include "runtime/ir/frames.h"
#include "runtime/module/format.h"
#include "runtime/module/hash.h"
#include "runtime/module/module.h"

namespace tocsin::module {
namespace {

struct Section {
  std::string name;
  std::string_view content;
};

void AppendNumber(std::string& bytes, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
  }
}
std::string_view View(const HashBytes& hash) { return {hash.data(), hash.size()}; }

}  // namespace

std::string Write(const Module& module) {
  const std::string program = ir::Encode(module.program);
  std::vector<Section> sections;
  sections.push_back({std::string(kCompilerSection), module.compiler});
  sections.push_back({std::string(kProgramSection), program});
  for (const NativeCode& native : module.native) {
    sections.push_back({std::string(kNativePrefix) + native.level, native.code});
  }
  // The order in which levels were made must not show in the file.
  std::sort(sections.begin() + 2, sections.end(),
            [](const Section& a, const Section& b) { return a.name < b.name; });
  TOCSIN_CHECK(sections.size() <= kMaxSections, "a module has too many levels of native code");

  std::string table;
  std::uint64_t content_bytes = 0;
  AppendNumber(table, sections.size(), 4);
  for (const Section& section : sections) {
    TOCSIN_CHECK(section.name.size() <= kMaxSectionName, "a level of native code has a long name");
    AppendNumber(table, section.name.size(), 4);
    table += section.name;
    AppendNumber(table, section.content.size(), 8);
    table += View(Sha256({section.content}));
    content_bytes += section.content.size();
  }
  std::string head(kMagic);
  AppendNumber(head, kFormatVersion, 4);
  AppendNumber(head, ir::kFrameVersion, 4);
  AppendNumber(head, kTableAt + table.size() + content_bytes, 8);

  std::string rest = std::move(table);
  for (const Section& section : sections) rest += section.content;
  head += View(Sha256({head, rest}));
  return head + rest;
}

std::string Hash(const ir::Program& program) { return Hexadecimal(Sha256({ir::Encode(program)})); }

}  // namespace tocsin::module
