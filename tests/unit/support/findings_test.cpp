#include "tests/support/findings.h"

#include <doctest/doctest.h>

namespace tocsin::testing {
namespace {

TEST_CASE("findings: frames, with and without a place") {
  const auto found = FindingsIn(
      "error[E0301]: there is no `x`\n  --> a.tocsin:14:2\n   |\n14 | x\n\n"
      "warning[E0801]: nobody\n  = note: n\n --> not/a/place:1:1\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == Finding{"E0301", "a.tocsin", 14});
  CHECK(found[1] == Finding{"E0801", "", 0});
}

TEST_CASE("findings: short lines") {
  const auto found = FindingsIn(
      "error[E0101]: cannot read `a`\na:1/b c.tocsin:14:2: warning[W0802]: late: 1:2: "
      "error[E0301]:\n"
      "a.tocsin:1:2: accepted[W0802]: late\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == Finding{"E0101", "", 0});
  CHECK(found[1] == Finding{"W0802", "a:1/b c.tocsin", 14});
}

TEST_CASE("findings: JSON lines, and nothing in ordinary output") {
  const auto found = FindingsIn(
      "{\"code\":\"E0301\",\"message\":\"m\",\"file\":\"a\",\"line\":3,\"column\":1}\n"
      "{\"code\":\"E0102\",\"file\":null,\"line\":null}\nerror: E0301\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == Finding{"E0301", "a", 3});
  CHECK(found[1] == Finding{"E0102", "", 0});
}

}  // namespace
}  // namespace tocsin::testing
