#include "runtime/history/cache.h"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include <doctest/doctest.h>

#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/unit/history/history_fixture.h"

using namespace tocsin;
using namespace tocsin::history;
using namespace tocsin::history::fixture;
namespace fs = std::filesystem;

namespace {

struct Loading : Reading {
  const Context context{series, sources, sink};
  MergedHistory history{context};

  bool Load(const fs::path& path, const fs::path& folder) {
    return LoadCached(path.string(), folder.string(), context, history);
  }
  Texts All() {
    Texts all;
    Record record;
    while (history.Next(record)) {
      all.push_back(
          record.kind == Record::Kind::kEvent
              ? fmt::format("{} {}:{}", record.event.name,
                            fs::path(record.event.file).filename().string(), record.event.line)
              : fmt::format("{} {}", series[record.sample.series].metric, record.sample.value));
    }
    return all;
  }
};

std::vector<fs::path> FilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

constexpr std::string_view kLines =
    "{\"at\":1,\"metric\":\"up\",\"value\":7}\n{\"at\":2,\"event\":\"x\"}\n"
    "{\"at\":3,\"metric\":\"up\",\"value\":8}\n";
const Texts kAll = {"up 7", "x a.jsonl:2", "up 8"};

struct Folder {
  testing::ScratchFolder scratch;
  fs::path recording = scratch.path() / "a.jsonl";
  fs::path cache = scratch.path() / "deep" / "cache";
  Folder() { testing::WriteFile(recording, std::string(kLines)); }
};

}  // namespace

TEST_SUITE_BEGIN("history: cache");
TEST_CASE("a recording is kept once and read from there") {
  const Folder folder;
  Loading first;
  CHECK(first.Load(folder.recording, folder.cache));
  CHECK(first.All() == kAll);
  const std::vector<fs::path> kept = FilesIn(folder.cache);
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].extension() == ".columns");
  // Only a reader of the packed one gets to see what is put in its place here.
  Loading other;
  testing::WriteFile(folder.scratch.path() / "b.jsonl",
                     "{\"at\":1,\"metric\":\"b\",\"value\":1}\n");
  CHECK(other.Load(folder.scratch.path() / "b.jsonl", folder.scratch.path() / "other"));
  fs::copy_file(FilesIn(folder.scratch.path() / "other")[0], kept[0],
                fs::copy_options::overwrite_existing);
  Loading second;
  CHECK(second.Load(folder.recording, folder.cache));
  CHECK(second.All() == Texts{"b 1"});
  CHECK(second.findings() == Texts{});
}

TEST_CASE("a file that changed is read again, and so is one of another format") {
  const Folder folder;
  Loading first;
  CHECK(first.Load(folder.recording, folder.cache));
  testing::WriteFile(folder.recording, "{\"at\":1,\"metric\":\"up\",\"value\":9}\n");
  Loading second;
  CHECK(second.Load(folder.recording, folder.cache));
  CHECK(second.All() == Texts{"up 9"});
  CHECK(FilesIn(folder.cache).size() == 2);
  const fs::path prom = folder.scratch.path() / "a.prom";
  testing::WriteFile(prom, "");
  testing::WriteFile(folder.scratch.path() / "empty.jsonl", "");
  Loading third;
  CHECK(third.Load(prom, folder.cache));
  CHECK(third.Load(folder.scratch.path() / "empty.jsonl", folder.cache));
  CHECK(FilesIn(folder.cache).size() == 4);
}

TEST_CASE("one that was cut off is reported and made anew, and none of it is read") {
  const Folder folder;
  Loading first;
  CHECK(first.Load(folder.recording, folder.cache));
  const fs::path kept = FilesIn(folder.cache)[0];
  fs::resize_file(kept, fs::file_size(kept) - 1);
  Loading second;
  CHECK(second.Load(folder.recording, folder.cache));
  CHECK(second.All() == kAll);
  REQUIRE(second.sink.all().size() == 1);
  CHECK(std::string_view(second.sink.all()[0].row->code) == "W1128");
  Loading third;
  CHECK(third.Load(folder.recording, folder.cache));
  CHECK(third.All() == kAll);
  CHECK(third.findings() == Texts{});
  CHECK(FilesIn(folder.cache).size() == 1);
}

TEST_CASE("where nothing can be kept the recording is read all the same") {
  const Folder folder;
  fs::create_directories(folder.cache.parent_path());
  testing::WriteFile(folder.cache, "a file, no folder");
  Loading loading;
  CHECK(loading.Load(folder.recording, folder.cache));
  CHECK(loading.All() == kAll);
  REQUIRE(loading.sink.all().size() == 1);
  CHECK(std::string_view(loading.sink.all()[0].row->code) == "W1129");
}

TEST_CASE("where the disk is full nothing is left, and the recording is read all the same") {
  // A file system of its own would need rights; a limit on the size of files fails writes alike.
  const Folder folder;
  struct Limit {
    rlimit before{};
    Limit() {
      ::signal(SIGXFSZ, SIG_IGN);
      ::getrlimit(RLIMIT_FSIZE, &before);
      rlimit small = before;
      small.rlim_cur = 40;
      ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~Limit() { ::setrlimit(RLIMIT_FSIZE, &before); }
  };
  Loading loading;
  {
    const Limit limit;
    CHECK(loading.Load(folder.recording, folder.cache));
  }
  CHECK(loading.All() == kAll);
  REQUIRE(loading.sink.all().size() == 1);
  CHECK(std::string_view(loading.sink.all()[0].row->code) == "W1129");
  CHECK(FilesIn(folder.cache).empty());
}

TEST_CASE("a recording with mistakes is not kept") {
  const Folder folder;
  testing::WriteFile(folder.recording, "{\"at\":1,\"metric\":\"up\",\"value\":9}\nnonsense\n");
  for (int round = 0; round < 2; ++round) {
    Loading loading;
    CHECK_FALSE(loading.Load(folder.recording, folder.cache));
    CHECK(loading.findings().size() == 1);
    CHECK(FilesIn(folder.cache).empty());
  }
}
TEST_SUITE_END();
