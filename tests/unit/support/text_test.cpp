#include "tests/support/text.h"

#include <doctest/doctest.h>

#include "tests/support/process.h"

namespace tocsin::testing {
namespace {

TEST_CASE("diff: nothing, a changed line, and the line break at the end") {
  CHECK(Diff("a\nb\n", "a\nb\n").empty());
  CHECK(Diff("a\nb\nc\n", "a\nx\nc\n") == "   a\n  -b\n  +x\n   c\n");
  CHECK_FALSE(Diff("a\n", "a").empty());
  CHECK(Diff("", "new\n") == "  +new\n");
}

TEST_CASE("process: what it wrote, where, and how it ended") {
  const Outcome both = Run({.arguments = {"/bin/sh", "-c", "echo out; echo err >&2; exit 3"}});
  CHECK(both.status == 3);
  CHECK(both.out == "out\n");
  CHECK(both.err == "err\n");
  const Outcome merged = Run({.arguments = {"/bin/sh", "-c", "echo $WHO >&2; pwd"},
                              .folder = "/",
                              .environment = {{"WHO", "me"}},
                              .merge = true});
  CHECK(merged.out == "me\n/\n");
  CHECK(Run({.arguments = {"/bin/sh", "-c", "kill -9 $$"}}).status == 128 + 9);
  CHECK_THROWS(Run({.arguments = {"no-such-program-anywhere"}}));
}

TEST_CASE("process: the deadline ends it and what it started") {
  const Outcome outcome =
      Run({.arguments = {"/bin/sh", "-c", "sleep 60 & sleep 60"}, .deadline_s = 0});
  CHECK(outcome.late);
}

}  // namespace
}  // namespace tocsin::testing
