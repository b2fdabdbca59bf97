// Code as files: objects, assembly, linked code and what is refused.
#include <dirent.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "runtime/native/native.h"
#include "tests/unit/native/series_reference.h"

namespace tocsin::native {
namespace {

using ir::SeriesOp;

// Sets a variable of the environment for as long as it lives.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    ::setenv(name, value, 1);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() {
    if (old_) {
      ::setenv(name_, old_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

// Stores whether a * b + c, compared by `op` to 0.
ir::Program Comparing(SeriesOp op) {
  ir::Program program;
  program.shapes.push_back({{{SeriesOp::kLoadNumber, 0, 0},
                             {SeriesOp::kLoadNumber, 1, 0},
                             {SeriesOp::kMultiply, 0, 1},
                             {SeriesOp::kAdd, 2, 0},
                             {SeriesOp::kConstant, 0, 0},
                             {op, 3, 4},
                             {SeriesOp::kStoreTruth, 5, 0}}});
  program.machines.resize(1);
  program.machines[0].states = {"only"};
  return program;
}

testing::SeriesCase SomeRows() {
  testing::SeriesCase series;
  series.rows = 8;
  series.numbers_in.assign(2, testing::Numbers(8));
  series.truths_out.assign(1, testing::Truths(8));
  series.constants = {3.0};
  for (std::size_t row = 0; row < 7; ++row) {
    series.numbers_in[0].Set(row, static_cast<double>(row));
    series.numbers_in[1].Set(row, 1.0);
  }
  return series;
}

bool RunsRight(engine::Executor& executor, const ir::Program& program) {
  testing::SeriesCase expected = SomeRows();
  testing::SeriesCase actual = SomeRows();
  testing::RunReference(program.shapes[0], expected);
  testing::RunExecutor(executor, ir::ShapeId(0), actual);
  return actual.SameResults(expected);
}

std::size_t OpenDescriptors() {
  std::size_t count = 0;
  DIR* folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) ++count;
  ::closedir(folder);
  return count;
}

TEST_CASE("kernels are packed, never fused, and call nothing") {
  const ir::Program program = Comparing(SeriesOp::kLess);
  struct Expected {
    Level level;
    const char* compare;
    const char* register_name;
  };
  for (const Expected& expected :
       {Expected{Level::kBaseline, "cmpltpd", "%xmm"}, Expected{Level::kAvx2, "vcmpltpd", "%ymm"},
        Expected{Level::kAvx512, "vcmpltpd", "%zmm"}}) {
    const auto assembly = Emit(program, expected.level, Artifact::kAssembly);
    REQUIRE_MESSAGE(assembly.has_value(), assembly.error());
    INFO(*assembly);
    CHECK(assembly->contains(expected.compare));
    CHECK(assembly->contains(expected.register_name));
    CHECK_FALSE(assembly->contains("fmadd"));
    CHECK_FALSE(assembly->contains("call"));
    CHECK_FALSE(assembly->contains("memcpy"));
  }
}

TEST_CASE("LLVM's text shows explicit vectors and strict arithmetic") {
  const auto text = Emit(Comparing(SeriesOp::kLess), Level::kAvx2, Artifact::kLlvm);
  REQUIRE_MESSAGE(text.has_value(), text.error());
  CHECK(text->contains("fmul <8 x double>"));
  CHECK(text->contains("fcmp olt <8 x double>"));
  CHECK_FALSE(text->contains("fast"));
  CHECK_FALSE(text->contains("contract"));
  CHECK_FALSE(text->contains("declare void"));
}

TEST_CASE("the same program and level give the same bytes") {
  const ir::Program program = Comparing(SeriesOp::kEqual);
  for (Artifact artifact : {Artifact::kObject, Artifact::kAssembly, Artifact::kLlvm}) {
    CHECK(Emit(program, Level::kAvx512, artifact) == Emit(program, Level::kAvx512, artifact));
  }
  const auto first = Link(program, Level::kBaseline);
  REQUIRE_MESSAGE(first.has_value(), first.error());
  CHECK(Link(program, Level::kBaseline) == first);
  CHECK_FALSE(Link(program, Level::kAvx2) == first);
}

TEST_CASE("linked code runs where there is no LLVM") {
  const ir::Program less = Comparing(SeriesOp::kLess);
  const ir::Program greater = Comparing(SeriesOp::kGreater);
  const auto less_code = Link(less, Level::kBaseline);
  const auto greater_code = Link(greater, Best());
  REQUIRE_MESSAGE(less_code.has_value(), less_code.error());
  REQUIRE_MESSAGE(greater_code.has_value(), greater_code.error());
  const Environment no_library("TOCSIN_LLVM", "/nonexistent/libtocsin_llvm.so");
  const std::size_t descriptors = OpenDescriptors();
  {
    // Two at once, and a third after one was closed: each is its own.
    auto first = OpenLinked(less, *less_code);
    REQUIRE_MESSAGE(first.has_value(), first.error());
    auto second = OpenLinked(greater, *greater_code);
    REQUIRE_MESSAGE(second.has_value(), second.error());
    CHECK((*first)->name() == "linked");
    CHECK((*first)->counts().kernels == 1);
    CHECK(RunsRight(**first, less));
    CHECK(RunsRight(**second, greater));
    first->reset();
    auto third = OpenLinked(greater, *greater_code);
    REQUIRE_MESSAGE(third.has_value(), third.error());
    CHECK(RunsRight(**third, greater));
    CHECK(RunsRight(**second, greater));
  }
  CHECK(OpenDescriptors() == descriptors);
}

TEST_CASE("linked code that does not fit is refused") {
  const auto code = Link(Comparing(SeriesOp::kLess), Level::kBaseline);
  REQUIRE_MESSAGE(code.has_value(), code.error());
  const auto other = OpenLinked(Comparing(SeriesOp::kGreater), *code);
  REQUIRE_FALSE(other.has_value());
  CHECK(other.error() == "the native code was made for another policy");
  const auto garbage = OpenLinked(Comparing(SeriesOp::kLess), "not an object");
  REQUIRE_FALSE(garbage.has_value());
  CHECK(garbage.error().starts_with("the native code cannot be opened: "));
  CHECK_FALSE(OpenLinked(Comparing(SeriesOp::kLess), "").has_value());
  if (!Supported(Level::kAvx512)) {
    const auto wide = Link(Comparing(SeriesOp::kLess), Level::kAvx512);
    REQUIRE_MESSAGE(wide.has_value(), wide.error());
    const auto opened = OpenLinked(Comparing(SeriesOp::kLess), *wide);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().starts_with("this processor cannot run the native code"));
    CHECK_FALSE(Compile(Comparing(SeriesOp::kLess), Level::kAvx512).has_value());
  }
}

TEST_CASE("a missing library and a missing linker are told") {
  const ir::Program program = Comparing(SeriesOp::kLess);
  {
    const Environment no_library("TOCSIN_LLVM", "/nonexistent/libtocsin_llvm.so");
    const auto compiled = Compile(program, Level::kBaseline);
    REQUIRE_FALSE(compiled.has_value());
    CHECK(compiled.error() ==
          "native code needs the library `libtocsin_llvm.so`, but TOCSIN_LLVM names "
          "`/nonexistent/libtocsin_llvm.so`, which does not exist: correct it, or use "
          "`--engine interpret`");
    CHECK_FALSE(Emit(program, Level::kBaseline, Artifact::kObject).has_value());
  }
  {
    const Environment wrong_library("TOCSIN_LLVM", "/proc/self/exe");
    CHECK_FALSE(Compile(program, Level::kBaseline).has_value());
  }
  const Environment no_programs("PATH", "/nonexistent");
  const auto linked = Link(program, Level::kBaseline);
  REQUIRE_FALSE(linked.has_value());
  CHECK(linked.error().starts_with("linking native code needs the program `ld`"));
  CHECK(Compile(program, Level::kBaseline).has_value());
}

TEST_CASE("levels have words") {
  for (Level level : {Level::kBaseline, Level::kAvx2, Level::kAvx512}) {
    CHECK(ParseLevel(Word(level)) == level);
  }
  CHECK(ParseLevel("sse9").error() ==
        "`sse9` is not a machine level: they are `baseline`, `avx2` and `avx512`");
  CHECK(Supported(Best()));
}

TEST_CASE("code is given back when its executor ends") {
  const ir::Program program = Comparing(SeriesOp::kLess);
  for (int i = 0; i < 20; ++i) {
    auto executor = Compile(program, Best());
    REQUIRE_MESSAGE(executor.has_value(), executor.error());
    CHECK(RunsRight(**executor, program));
  }
}

}  // namespace
}  // namespace tocsin::native
