// What tocsin_w1 does: each takes a request and returns the exit status.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/bench/executors.h"
#include "tests/bench/w1/rules.h"

namespace tocsin::bench::w1 {

struct Request {
  std::string command;
  std::filesystem::path folder;
  Size size;
  std::size_t variants = 1;
  std::string kind;    // only rules of this kind; all where it is empty
  std::string engine;  // only this one: `interpret`, or a level of the machine
  double gaps = 0;
  std::uint64_t seed = 1;
  std::size_t repeats = 5;
  std::filesystem::path json;  // where a table is kept; may be empty
};

std::vector<Rule> RulesOf(const Request& request);

// The engine, interpreted and compiled for each level of this machine, counts what the columnar
// program counts: 0, else 1 and where they differ.
int Check(const Request& request);
// The same, then what each takes.
int Measure(const Request& request);
// Runs the engine alone, for whoever counts its instructions.
int Ticks(const Request& request);
// data.om, policy/policy.tocsin, rules.yml, rules.tsv and counts.tsv.
int Write(const Request& request);

}  // namespace tocsin::bench::w1
