#include "runtime/diagnostics/uri.h"

#include <doctest/doctest.h>

namespace tocsin::diagnostics {
namespace {

TEST_CASE("uri: relative paths stay relative, and others become file URIs") {
  CHECK(FileUri("shop/policy.tocsin", "/srv/repo") == "shop/policy.tocsin");
  CHECK(FileUri("./shop//a/../policy.tocsin", "/srv/repo") == "shop/policy.tocsin");
  CHECK(FileUri("../other/policy.tocsin", "/srv/repo") == "file:///srv/other/policy.tocsin");
  CHECK(FileUri("/etc/a.tocsin", "/srv/repo") == "file:///etc/a.tocsin");
}

TEST_CASE("uri: everything but letters, digits and a few signs is encoded") {
  CHECK(FileUri("on call/50%.tocsin", "/") == "on%20call/50%25.tocsin");
  CHECK(FileUri("a:b#c?d.tocsin", "/") == "a%3Ab%23c%3Fd.tocsin");
  CHECK(FileUri("caf\xc3\xa9.tocsin", "/") == "caf%C3%A9.tocsin");
  CHECK(FileUri("\xff.tocsin", "/") == "%FF.tocsin");
  CHECK(BuiltinUri("stdlib/kinds/tier.tocsin") == "tocsin:stdlib/kinds/tier.tocsin");
}

}  // namespace
}  // namespace tocsin::diagnostics
