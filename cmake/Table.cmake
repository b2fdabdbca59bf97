# tocsin_table(OUT PREFIX p TYPE t NAMESPACE n INCLUDE i FUNCTION f FILES files...): a .cpp with an
# array of the rows that the files define, one each, called PREFIX_<file name>, so that adding a row
# is adding a file. Sorted by name, and nothing registers itself.
function(tocsin_table out)
  cmake_parse_arguments(TABLE "" "PREFIX;TYPE;NAMESPACE;INCLUDE;FUNCTION" "FILES" ${ARGN})
  set(declarations "")
  set(rows "")
  list(SORT TABLE_FILES)
  foreach(file ${TABLE_FILES})
    get_filename_component(name ${file} NAME_WE)
    string(APPEND declarations "extern const ${TABLE_TYPE} ${TABLE_PREFIX}_${name};\n")
    string(APPEND rows "    &${TABLE_PREFIX}_${name},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT "#include \"${TABLE_INCLUDE}\"

#include <span>

namespace ${TABLE_NAMESPACE} {
${declarations}
namespace {
constexpr const ${TABLE_TYPE}* kTable[] = {
${rows}};
}  // namespace

std::span<const ${TABLE_TYPE}* const> ${TABLE_FUNCTION}() { return kTable; }
}  // namespace ${TABLE_NAMESPACE}
")
endfunction()
