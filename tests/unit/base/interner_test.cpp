#include "runtime/base/interner.h"

#include <string>

#include <doctest/doctest.h>

namespace tocsin::base {
namespace {

TEST_CASE("interner: equal texts get the equal number, in the order of appearance") {
  Interner names;
  CHECK(names.Intern("eu") == 0);
  CHECK(names.Intern("us") == 1);
  CHECK(names.Intern(std::string("e") + "u") == 0);
  CHECK(names.size() == 2);
  CHECK(names.Text(1) == "us");
}

TEST_CASE("interner: a text that was never given has no number") {
  Interner names;
  names.Intern("eu");
  CHECK(names.Find("ap") == Interner::kUnknown);
  CHECK(names.size() == 1);
}

TEST_CASE("interner: texts stay where they are while others come") {
  Interner names;
  const std::string_view first = names.Text(names.Intern("first"));
  for (int i = 0; i < 10'000; ++i) names.Intern(std::to_string(i));
  CHECK(first == "first");
  CHECK(names.Text(0).data() == first.data());
}

}  // namespace
}  // namespace tocsin::base
