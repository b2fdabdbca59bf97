#include "runtime/diagnostics/explain.h"

#include <doctest/doctest.h>

namespace tocsin::diagnostics {
namespace {

constexpr base::EmbeddedFile kPages[] = {{"E0101.md", "# cannot read"}, {"E0104.md", "# utf8"}};

TEST_CASE("explain: by number in any case, or by name") {
  CHECK(FindPage(kPages, "E0104") == "# utf8");
  CHECK(FindPage(kPages, "e0104") == "# utf8");
  CHECK(FindPage(kPages, "not-utf8") == "# utf8");
  CHECK_FALSE(FindPage(kPages, "E0102").has_value());
  CHECK_FALSE(FindPage(kPages, "E104").has_value());
}

TEST_CASE("explain: an unknown code gets the nearest") {
  CHECK(NearestCode("E104") == "E0104");
  CHECK(NearestCode("not-utf-8") == "not-utf8");
  CHECK(NearestCode("nonsense-altogether").empty());
}

TEST_CASE("explain: the list has a line for each code") {
  const std::string list = ListCodes();
  CHECK(list.find("E0104  not-utf8") != std::string::npos);
  CHECK(list.ends_with("\n"));
}

}  // namespace
}  // namespace tocsin::diagnostics
