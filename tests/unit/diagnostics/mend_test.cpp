#include "runtime/diagnostics/mend.h"

#include <doctest/doctest.h>

#include "runtime/diagnostics/codes.h"

namespace tocsin::diagnostics {
namespace {

struct Text {
  SourceSet sources;
  Sink sink;
  SourceId id;

  explicit Text(std::string text) : id(sources.Add("a.tocsin", std::move(text))) {}

  void Offer(std::uint32_t begin, std::uint32_t end, std::string text,
             Applicability applicability = Applicability::kSafe) {
    sink.Emit(codes::kNotUtf8, Span{id, begin, end})
        .Offer({id, begin, end}, std::move(text), applicability);
  }
  std::string Mend(bool review = false) const {
    return Mended(sources, id, PlanFixes(sink.all(), sources, review));
  }
};

TEST_CASE("mend: replacements, insertions and removals, in any order") {
  Text text("0123456789");
  text.Offer(8, 9, "");
  text.Offer(0, 0, ">");
  text.Offer(3, 5, "abc");
  text.Offer(10, 10, "<");
  CHECK(text.Mend() == ">012abc5679<");
}

TEST_CASE("mend: what overlaps or touches is left for another time") {
  Text text("0123456789");
  text.Offer(2, 5, "a");
  text.Offer(4, 6, "b");
  text.Offer(5, 6, "c");
  text.Offer(7, 7, "d");
  text.Offer(7, 7, "d");
  CHECK(text.Mend() == "01a56d789");
}

TEST_CASE("mend: only what is safe, or with review, and never a placeholder") {
  Text text("0123456789");
  text.Offer(0, 1, "a", Applicability::kPlaceholder);
  text.Offer(2, 3, "b", Applicability::kReview);
  text.Offer(4, 5, "c");
  CHECK(text.Mend() == "0123c56789");
  CHECK(text.Mend(true) == "01b3c56789");
}

TEST_CASE("mend: of several fixes for one finding the first that may be made") {
  Text text("0123456789");
  text.sink.Emit(codes::kNotUtf8, Span{text.id, 0, 1})
      .Offer({text.id, 0, 1}, "a", Applicability::kReview)
      .Offer({text.id, 0, 1}, "b", Applicability::kSafe)
      .Offer({text.id, 5, 6}, "c", Applicability::kSafe);
  CHECK(text.Mend() == "b123456789");
  CHECK(text.Mend(true) == "a123456789");
}

TEST_CASE("mend: not what comes with the language, and other files by themselves") {
  Text text("0123");
  const SourceId builtin = text.sources.AddBuiltin("stdlib/kinds/a.tocsin", "abc");
  const SourceId other = text.sources.Add("b.tocsin", "xyz");
  text.sink.Emit(codes::kNotUtf8, Span{builtin, 0, 1})
      .Offer({builtin, 0, 1}, "!", Applicability::kSafe);
  text.sink.Emit(codes::kNotUtf8, Span{other, 0, 1})
      .Offer({other, 0, 1}, "!", Applicability::kSafe);
  const auto plan = PlanFixes(text.sink.all(), text.sources, false);
  REQUIRE(plan.size() == 1);
  CHECK(Mended(text.sources, other, plan) == "!yz");
  CHECK(Mended(text.sources, text.id, plan) == "0123");
}

}  // namespace
}  // namespace tocsin::diagnostics
