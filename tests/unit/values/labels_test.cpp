#include "runtime/values/labels.h"

#include <doctest/doctest.h>

using namespace tocsin::values;

TEST_SUITE_BEGIN("values: labels");
TEST_CASE("labels are sorted and escaped") {
  const auto set = LabelSet::Make({{"service", "api"}, {"region", "eu"}});
  REQUIRE(set);
  CHECK(set->Text() == R"({region="eu",service="api"})");
  CHECK(*set->Find("region") == "eu");
  CHECK(set->Find("host") == nullptr);
  CHECK(LabelSet().Text() == "{}");
  CHECK(LabelSet::Make({{"a", "q\"b\\n\n"}})->Text() == "{a=\"q\\\"b\\\\n\\n\"}");
}

TEST_CASE("order is that of names and values") {
  const auto eu = *LabelSet::Make({{"region", "eu"}});
  const auto us = *LabelSet::Make({{"region", "us"}});
  const auto host = *LabelSet::Make({{"host", "z"}});
  const auto eu_api = *LabelSet::Make({{"service", "api"}, {"region", "eu"}});
  CHECK(LabelSet() < eu);
  CHECK(eu < us);
  CHECK(host < eu);
  CHECK(eu < eu_api);
  CHECK(eu_api < us);
}

TEST_CASE("limits") {
  using Kind = LabelError::Kind;
  CHECK(LabelSet::Make({{"a", "1"}, {"a", "2"}}).error().kind == Kind::kDuplicate);
  CHECK(LabelSet::Make({{"a", "1"}, {"b", "1"}, {"a", "1"}}).error().name == "a");
  CHECK(LabelSet::Make(std::vector<Label>(kMaxLabels + 1)).error().kind == Kind::kTooMany);
  CHECK(LabelSet::Make({{std::string(257, 'a'), "1"}}).error().kind == Kind::kNameTooLong);
  CHECK(LabelSet::Make({{"a", std::string(4097, '1')}}).error().kind == Kind::kValueTooLong);
}
TEST_SUITE_END();
