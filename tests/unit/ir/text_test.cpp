#include "runtime/ir/text.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "runtime/ir/binary.h"
#include "tests/unit/ir/sample_program.h"

namespace tocsin::ir {
namespace {

void ExpectSame(const Program& program) {
  const std::string text = Print(program);
  const auto read = Read(text);
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message) << "\n" << text);
  CHECK(Encode(*read) == Encode(program));
  CHECK(Print(*read) == text);
}

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

TEST_CASE("a program's text reads back as the same program") {
  ExpectSame(testing::SampleProgram());
  ExpectSame(Program{});
}

TEST_CASE("numbers and texts read back exactly, whatever they are") {
  Program program = testing::SampleProgram();
  using Limits = std::numeric_limits<double>;
  program.calls.resize(1);
  program.calls[0].parameters = {-0.0,          0.1,           1e300,  -1.0 / 3,
                                 Limits::min(), Limits::max(), 5e-324, 12345678901234567890.0};
  program.title = "a \"b\" \\ \n \t \x01 \x7f # ü 漢";
  program.zones[0].zone = values::Zone("x", {{std::numeric_limits<std::int64_t>::min(), -3600}});
  program.machines[0].transitions[0].action.push_back(
      {ScalarOp::kLiteral, std::numeric_limits<std::int64_t>::min(), 0});
  ExpectSame(program);
}

TEST_CASE("code is printed as one instruction a line") {
  const std::string text = Print(testing::SampleProgram());
  CHECK(text.find("%2 = Multiply %0 %1\n") != std::string::npos);
  CHECK(text.find("StoreNumber %2 out 0\n") != std::string::npos);
  CHECK(text.find("= Hold %8 hold 0\n") != std::string::npos);
  CHECK(text.find("Arm timer 0 %2  # answer\n") != std::string::npos);
  CHECK(text.find("constants [-0.1]\n") != std::string::npos);
}

TEST_CASE("what is wrong with a text is said with its place") {
  const std::string text = Print(testing::SampleProgram());
  struct Case {
    const char* what;
    const char* with;
    const char* message;
  };
  for (const Case& c : {
           Case{"edition 1", "edition one",
                "found `one`, expected a whole number that is not negative"},
           Case{"edition 1", "edition 01",
                "found `01`, expected a whole number that is not negative"},
           Case{"closed true", "closed yes", "found `yes`, expected `true` or `false`"},
           Case{"closed true", "open true", "found `open`, expected `closed`"},
           Case{"unit bool", "unit boole", "found `boole`, expected one of `number`"},
           Case{"Multiply %0 %1", "Times %0 %1", "found `Times`, expected one of `LoadNumber`"},
           Case{"%2 = Multiply", "%3 = Multiply", "found `3`, expected `2`"},
           Case{"%2 = Multiply", "Multiply", "`Multiply` makes a register, expected `%` before it"},
           Case{"StoreNumber %2", "%3 = StoreNumber %2", "`StoreNumber` makes no register"},
           Case{"constants [2]", "constants [inf]", "found `inf`, expected a"},
           Case{"policy \"sample\"", "policy \"sam\\ple\"", "this text has an escape other than"},
           Case{"policy \"sample\"", "policy sample", "found `sample`, expected a text in quotes"},
           Case{"0: { label 0", "1: { label 0", "found `1`, expected `0`"},
       }) {
    CAPTURE(c.with);
    const auto read = Read(Replaced(text, c.what, c.with));
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().message.starts_with(c.message));
    const std::size_t at = text.find(c.what);
    CHECK(read.error().offset >= at);
    CHECK(read.error().offset <= at + std::string_view(c.with).size());
    INFO(read.error().message);
    CHECK(!read.error().message.empty());
  }
}

TEST_CASE("a text that is cut anywhere is refused") {
  const std::string text = Print(testing::SampleProgram());
  const std::size_t whole = text.find_last_not_of(" \n") + 1;
  for (std::size_t length = 0; length < whole; ++length) {
    const auto read = Read(text.substr(0, length));
    if (read.has_value()) FAIL_CHECK("the first " << length << " bytes were taken for a program");
  }
  CHECK(Read(text + "# a note").has_value());
  CHECK_FALSE(Read(text + "x").has_value());
}

}  // namespace
}  // namespace tocsin::ir
