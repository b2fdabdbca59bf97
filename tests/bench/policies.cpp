#include "tests/bench/policies.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "compiler/kinds/kind.h"
#include "compiler/lower/lower.h"
#include "compiler/parse/parse.h"
#include "compiler/snapshot/standard.h"
#include "runtime/base/check.h"
#include "runtime/diagnostics/render_terminal.h"
#include "stdlib/functions/functions.h"

namespace tocsin::bench {
namespace {

// Many rules over as many hosts as one may have would cost more at a tick than a policy may.
constexpr std::size_t kHosts = 100'000;
constexpr std::size_t kHostsOfMany = 10'000;

std::string Head(std::size_t hosts) {
  return fmt::format("policy bench \"What is measured\" {{}}\nlabel host : up_to({})\n", hosts) +
         R"(table channel
| name  |
|-------|
| phone |
table person
| name  | contact |
|-------|---------|
| alice | [phone] |
table level
| name | inform | via   |
|------|--------|-------|
| high | alice  | phone |
)";
}

std::string Signals(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += fmt::format("signal s{0} : count by (host) {{ source: prometheus(\"s{0}\") }}\n", i);
  }
  return text;
}

}  // namespace

std::string DistinctRules(std::size_t alerts) {
  static constexpr const char* kCompare[] = {">", "<", ">=", "<="};
  static constexpr const char* kJoin[] = {"and", "or"};
  constexpr std::size_t kSignals = 50;
  TOCSIN_CHECK(alerts <= 2048, "there are 4^4 times 2^3 shapes");
  std::string text = Head(kHostsOfMany) + Signals(kSignals);
  for (std::size_t i = 0; i < alerts; ++i) {
    std::string when;
    for (std::size_t part = 0; part < 4; ++part) {
      const std::size_t compare = i >> (2 * part) & 3;
      if (part > 0) when += fmt::format(" {} ", kJoin[i >> (7 + part) & 1]);
      if (part > 0 && part < 3) when += "(";
      when += fmt::format("s{} {} {}", (i * 7 + part * 11) % kSignals, kCompare[compare],
                          i + part * 100 + 1);
    }
    text += fmt::format(
        "alert a{} {{ level: high  says: \"{{host}}: {{value}}\"  when {})) for 2m }}\n", i, when);
  }
  return text;
}

std::string RulesOfOneShape(std::size_t alerts) {
  constexpr std::size_t kSignals = 50;
  std::string text = Head(kHostsOfMany) + Signals(kSignals);
  for (std::size_t i = 0; i < alerts; ++i) {
    text += fmt::format(
        "alert a{} {{ level: high  says: \"{{host}}: {{value}}\"  when s{} > {} for 2m }}\n", i,
        i % kSignals, i + 1);
  }
  return text;
}

std::string OneRule() {
  return Head(kHosts) + Signals(2) +
         "alert failing { level: high  says: \"{host}\"  when s0 / s1 > 5% for 2m }\n";
}

Front::Front(const std::string& policy) : policy_(sources_.Add("bench.tocsin", policy)) {
  standard_ = snapshot::StandardKinds(sources_);
  for (const syntax::Tree& tree : standard_) schemas_.Read(tree, sources_, sink_);
  NoFindings();
}

void Front::NoFindings() const {
  if (sink_.errors() == 0) return;
  std::fputs(diagnostics::RenderTerminal(sink_.all(), sources_, {}).c_str(), stderr);
  std::exit(1);
}

void Front::Parse() {
  trees_.push_back(parse::ParseFile(policy_, sources_, sink_));
  NoFindings();
}

void Front::Check() {
  typed_ = check::Check(trees_, sources_, schemas_, stdlib::Functions(), sink_);
  kinds::CheckKinds(typed_, sources_, sink_);
  NoFindings();
}

void Front::Expand() { core_ = kinds::Expand(typed_, sources_, ""); }

ir::Program Front::Lower() const { return lower::Lower(core_); }

ir::Program Compile(const std::string& policy) {
  Front front(policy);
  front.Parse();
  front.Check();
  front.Expand();
  return front.Lower();
}

}  // namespace tocsin::bench
