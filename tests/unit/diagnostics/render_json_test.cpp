#include "runtime/diagnostics/render_json.h"

#include <doctest/doctest.h>

#include "runtime/diagnostics/codes.h"

namespace tocsin::diagnostics {
namespace {

TEST_CASE("json: every field, on one line, in a fixed order") {
  SourceSet sources;
  const SourceId id = sources.Add("a.tocsin", "tier L1\ntier L1\n");
  Sink sink;
  sink.Emit(codes::kNotUtf8, {id, 13, 15})
      .Primary("again")
      .Also({id, 5, 7}, "first \"here\"")
      .Note("n")
      .Help("h")
      .Offer({id, 13, 15}, "L2", Applicability::kPlaceholder);
  CHECK(RenderJson(sink.all(), sources) ==
        "{\"code\":\"E0104\",\"name\":\"not-utf8\",\"severity\":\"error\","
        "\"message\":\"this byte is not UTF-8 text\",\"file\":\"a.tocsin\",\"line\":2,"
        "\"column\":6,\"end_line\":2,\"end_column\":8,\"label\":\"again\","
        "\"labels\":[{\"file\":\"a.tocsin\",\"line\":1,\"column\":6,\"end_line\":1,"
        "\"end_column\":8,\"text\":\"first \\\"here\\\"\"}],\"notes\":[\"n\"],\"help\":\"h\","
        "\"fixes\":[{\"file\":\"a.tocsin\",\"line\":2,\"column\":6,\"end_line\":2,"
        "\"end_column\":8,\"text\":\"L2\",\"applicability\":\"placeholder\"}]}\n");
}

TEST_CASE("json: no place is null, and bytes that are not text are spelled out") {
  Sink sink;
  sink.Emit(codes::kNoPolicyFiles, Span{}, "p\xff");
  CHECK(RenderJson(sink.all(), SourceSet()) ==
        "{\"code\":\"E0102\",\"name\":\"no-policy-files\",\"severity\":\"error\","
        "\"message\":\"there are no `.tocsin` files in `p\\\\xff`\",\"file\":null,\"line\":null,"
        "\"column\":null,\"end_line\":null,\"end_column\":null,\"label\":null,\"labels\":[],"
        "\"notes\":[],\"help\":null,\"fixes\":[]}\n");
}

}  // namespace
}  // namespace tocsin::diagnostics
