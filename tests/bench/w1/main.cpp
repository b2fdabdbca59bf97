// tocsin_w1: workload W1 by the engine, interpreted and compiled, and by hand; what they count is
// compared first.
//
//   tocsin_w1 check [--variants N] [--services N] [--instances N] [--gaps PART] [--seed N]
//   tocsin_w1 measure ...     the same, then a table of processor time
//   tocsin_w1 ticks ...       the engine alone, for whoever counts its instructions
//   tocsin_w1 write FOLDER    data, rules and counts, for other programs
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "tests/bench/w1/commands.h"

namespace tocsin::bench::w1 {
namespace {

[[noreturn]] void Usage() {
  fmt::print(stderr,
             "usage: tocsin_w1 check|measure|ticks|write FOLDER [--variants N] [--services N] "
             "[--instances N] [--kind KIND] [--engine NAME] [--gaps PART] [--seed N] [--repeats N] "
             "[--json FILE]\n");
  std::exit(2);
}

Request Read(int argc, char** argv) {
  Request request;
  int at = 2;
  if (argc < 2) Usage();
  request.command = argv[1];
  if (request.command == "write") {
    if (argc < 3) Usage();
    request.folder = argv[2];
    at = 3;
  }
  for (; at + 1 < argc; at += 2) {
    const std::string_view option = argv[at];
    const double value = std::atof(argv[at + 1]);
    const auto whole = static_cast<std::size_t>(value);
    if (option == "--variants")
      request.variants = whole;
    else if (option == "--services")
      request.size.services = whole;
    else if (option == "--instances")
      request.size.instances = whole;
    else if (option == "--kind")
      request.kind = argv[at + 1];
    else if (option == "--engine")
      request.engine = argv[at + 1];
    else if (option == "--json")
      request.json = argv[at + 1];
    else if (option == "--gaps")
      request.gaps = value;
    else if (option == "--seed")
      request.seed = whole;
    else if (option == "--repeats")
      request.repeats = whole;
    else
      Usage();
  }
  if (at != argc) Usage();
  return request;
}

}  // namespace
}  // namespace tocsin::bench::w1

int main(int argc, char** argv) {
  using namespace tocsin::bench::w1;
  const Request request = Read(argc, argv);
  if (request.command == "check") return Check(request);
  if (request.command == "measure") return Measure(request);
  if (request.command == "ticks") return Ticks(request);
  if (request.command == "write") return Write(request);
  fmt::print(stderr, "tocsin_w1: there is no command `{}`\n", request.command);
  return 2;
}
