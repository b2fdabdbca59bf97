// every_rule_history [SEED]: writes six hours of a system to standard output, as OpenMetrics text:
// what each rule of the policy is about goes wrong once, and nearly goes wrong once. The same seed
// gives the same bytes on every machine; without one it is 1.
#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr std::int64_t kStart_ms = 1795420800000;  // 2026-11-23T08:00:00Z
constexpr std::int64_t kScrape_ms = 15000;
constexpr int kScrapes = 6 * 60 * 4;

// Sebastiano Vigna's SplitMix64, https://prng.di.unimi.it/splitmix64.c (public domain).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // Evenly from -size to size.
  double Around(double size) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (static_cast<double>((z ^ (z >> 31)) >> 11) / 4503599627370496.0 - 1) * size;
  }

 private:
  std::uint64_t state_;
};

// The minute of a scrape; incidents last from one minute up to another.
double Minute(int scrape) { return scrape / 4.0; }
bool Within(int scrape, double from, double to) {
  return Minute(scrape) >= from && Minute(scrape) < to;
}
// How far from `from` to `to` it is, 0 before and 1 after.
double Progress(int scrape, double from, double to) {
  if (Minute(scrape) <= from) return 0;
  return Minute(scrape) >= to ? 1 : (Minute(scrape) - from) / (to - from);
}

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  void Family(const char* name, const char* type) { std::printf("# TYPE %s %s\n", name, type); }
  // One series; each target is scraped at an instant of its own within the 15 s. While the whole of
  // the monitoring is away nothing is scraped.
  template <typename Value>
  void Series(const std::string& series, int target, int digits, Value value) {
    for (int scrape = 0; scrape < kScrapes; ++scrape) {
      const double now = value(scrape, random_);
      if (now != now || Within(scrape, 345, 346.75)) continue;
      const std::int64_t at = kStart_ms + scrape * kScrape_ms + 1000 + target * 731;
      std::printf("%s %.*f %" PRId64 ".%03d\n", series.c_str(), digits, now, at / 1000,
                  static_cast<int>(at % 1000));
    }
  }
  // A counter grows by so much from one scrape to the next, in whole steps, and its process begins
  // anew at the scrape `restart`.
  template <typename Growth>
  void Counter(const std::string& series, int target, int restart, Growth growth) {
    double sum = 0;
    Series(series, target, 0, [&](int scrape, Random& random) {
      if (scrape == restart) sum = 0;
      sum += growth(scrape, random);
      return static_cast<double>(static_cast<std::int64_t>(sum));
    });
  }

 private:
  Random random_;
};

const std::array<const char*, 4> kRegions = {"eu", "us", "ap", "sa"};
const std::array<const char*, 3> kServices = {"api", "tools", "search"};
const std::array<const char*, 4> kHosts = {"n1", "n2", "n3", "n4"};
constexpr double kNothing = __builtin_nan("");

std::string Labelled(const char* name, const char* label, const char* value) {
  return std::string(name) + "{" + label + "=\"" + value + "\"}";
}

// Up or not: eu is down for a quarter of an hour, us for two scrapes; of ap nothing is known for
// ten minutes, of sa for not quite two.
void Registries(Writer& out) {
  out.Family("erlmcp_registry_up", "gauge");
  for (int r = 0; r < 4; ++r) {
    out.Series(Labelled("erlmcp_registry_up", "region", kRegions[r]), r, 0, [&](int t, Random&) {
      if (r == 0 && Within(t, 60, 75)) return 0.0;
      if (r == 1 && Within(t, 62, 62.5)) return 0.0;
      if (r == 2 && Within(t, 90, 100)) return kNothing;
      if (r == 3 && Within(t, 90, 91.75)) return kNothing;
      return 1.0;
    });
  }
  // The one of eu goes down with its registry, which is why its own alert is idle.
  out.Family("erlmcp_session_manager_up", "gauge");
  for (int r = 0; r < 4; ++r) {
    out.Series(
        Labelled("erlmcp_session_manager_up", "region", kRegions[r]), r, 0, [&](int t, Random&) {
          const bool down = (r == 0 && Within(t, 62, 74)) || (r == 1 && Within(t, 105, 115)) ||
                            (r == 3 && Within(t, 105, 105.5));
          return down ? 0.0 : 1.0;
        });
  }
}

// One transport of eu fails for five minutes, one of us for two scrapes; one of ap comes and goes
// with every second scrape for half an hour, and never fails for long enough.
void Transports(Writer& out) {
  out.Family("erlmcp_transport_up", "gauge");
  for (int r = 0; r < 4; ++r) {
    for (const char* transport : {"tcp", "http", "websocket"}) {
      const std::string labels =
          std::string("{region=\"") + kRegions[r] + "\",transport=\"" + transport + "\"}";
      out.Series("erlmcp_transport_up" + labels, r, 0, [&](int t, Random&) {
        const bool down = (r == 0 && *transport == 't' && Within(t, 120, 125)) ||
                          (r == 1 && *transport == 'h' && Within(t, 122, 122.5)) ||
                          (r == 2 && *transport == 'w' && Within(t, 120, 150) && t % 4 < 2);
        return down ? 0.0 : 1.0;
      });
    }
  }
}

// The share of requests that fail. It is 8% of the api's for a quarter of an hour, in which it is
// also restarted; the tools come to 4.8%, and later from 2% to 2.8%, the search to 2.3%.
double ErrorShare(int service, int t) {
  if (service == 0 && Within(t, 150, 165)) return 0.08;
  if (service == 1 && Within(t, 150, 165)) return 0.048;
  if (service == 1 && Within(t, 250, 280)) return 0.028;
  if (service == 2 && Within(t, 250, 280)) return 0.023;
  return 0.02;
}

void Requests(Writer& out) {
  out.Family("erlmcp_requests", "counter");
  for (int s = 0; s < 3; ++s) {
    for (const char* code : {"200", "404", "500", "503"}) {
      const std::string labels =
          std::string("{service=\"") + kServices[s] + "\",code=\"" + code + "\"}";
      const int restart = s == 0 ? 4 * 157 + 1 : -1;
      out.Counter("erlmcp_requests_total" + labels, 4 + s, restart, [&](int t, Random& random) {
        const double all = 40 * 15 * (1 + random.Around(0.02)), bad = ErrorShare(s, t);
        if (*code == '2') return all * (0.97 - bad);
        if (*code == '4') return all * 0.03;
        return all * bad * (std::strcmp(code, "500") == 0 ? 0.75 : 0.25);
      });
    }
  }
}

// The mean of each scrape and the summary of the service's own library. The api is slow for four
// minutes and the tools for one scrape; one request in a hundred to the search takes 130 ms for
// ten minutes, one to the tools never more than 100 ms.
void Latencies(Writer& out) {
  out.Family("erlmcp_latency_seconds", "gauge");
  for (int s = 0; s < 3; ++s) {
    out.Series(Labelled("erlmcp_latency_seconds", "service", kServices[s]), 4 + s, 4,
               [&](int t, Random& random) {
                 if (s == 1 && Within(t, 210, 210.25)) return 1.15;
                 return (s == 0 && Within(t, 210, 214) ? 0.15 : 0.04) +
                        random.Around(s == 1 ? 0.002 : 0.01);
               });
  }
  out.Family("erlmcp_latency_summary_seconds", "unknown");
  for (int s = 0; s < 3; ++s) {
    for (const char* part : {"0.5", "0.95", "0.99"}) {
      const std::string labels =
          std::string("{service=\"") + kServices[s] + "\",quantile=\"" + part + "\"}";
      const double usual = part[2] == '5' ? 0.03 : std::strcmp(part, "0.95") == 0 ? 0.05 : 0.07;
      out.Series("erlmcp_latency_summary_seconds" + labels, 4 + s, 4, [&](int t, Random& random) {
        if (part[3] == '9' && s == 2 && Within(t, 215, 225)) return 0.13 + random.Around(0.005);
        if (part[3] == '9' && s == 1 && Within(t, 215, 225)) return 0.1;
        return usual * (1 + random.Around(0.1));
      });
    }
  }
}

// A thousand connections each, and how many of them are dropped in a minute: of eu's 15% within
// five minutes, of us's 7%, of ap's 4.5%. The exporter of sa begins anew, which is no drop.
void Connections(Writer& out) {
  out.Family("erlmcp_connections", "gauge");
  for (int r = 0; r < 4; ++r) {
    out.Series(Labelled("erlmcp_connections", "region", kRegions[r]), r, 0,
               [&](int, Random& random) { return 1000 + random.Around(9); });
  }
  const std::array<double, 4> dropped_per_minute = {30, 14, 9, 1};
  out.Family("erlmcp_connections_dropped", "counter");
  for (int r = 0; r < 4; ++r) {
    out.Counter(Labelled("erlmcp_connections_dropped_total", "region", kRegions[r]), r,
                r == 3 ? 4 * 232 : -1, [&](int t, Random&) {
                  return (Within(t, 230, 240) ? dropped_per_minute[r] : 1.0) / 4;
                });
  }
}

// Us loses 30% of its messages from one minute to the next, sa 19%.
void Messages(Writer& out) {
  out.Family("erlmcp_messages", "counter");
  for (int r = 0; r < 4; ++r) {
    out.Counter(Labelled("erlmcp_messages_total", "region", kRegions[r]), r, -1,
                [&](int t, Random& random) {
                  const double usual = 500 * 15 * (1 + random.Around(0.005));
                  if (r == 1 && Within(t, 245, 275)) return usual * 0.7;
                  return r == 3 && Within(t, 245, 275) ? usual * 0.81 : usual;
                });
  }
}

// Twenty errors an hour each, one every three minutes; besides, the api has forty within a minute,
// and the tools thirty, so that they come to fifty in an hour and no more. The search is restarted.
void Errors(Writer& out) {
  out.Family("erlmcp_errors", "counter");
  const std::array<double, 3> burst = {40, 30, 0};
  for (int s = 0; s < 3; ++s) {
    out.Counter(Labelled("erlmcp_errors_total", "service", kServices[s]), 4 + s,
                s == 2 ? 4 * 260 : -1, [&](int t, Random&) {
                  return (t % 12 == 0 ? 1.0 : 0.0) + (t == 4 * 260 + 2 ? burst[s] : 0.0);
                });
  }
}

// Orders pile up for twenty minutes; mail grows for longer, but slower; sessions grow faster, but
// not for long.
void Backlogs(Writer& out) {
  out.Family("erlmcp_queue_messages", "gauge");
  for (const char* queue : {"sessions", "orders", "mail"}) {
    out.Series(Labelled("erlmcp_queue_messages", "queue", queue), 7, 0, [&](int t, Random& random) {
      const double usual = 20 + random.Around(10);
      if (*queue == 'o') return usual + 3000 * (Progress(t, 285, 305) - Progress(t, 305, 310));
      if (*queue == 'm') return usual + 2850 * (Progress(t, 285, 315) - Progress(t, 315, 320));
      return usual + 900 * (Progress(t, 285, 288) - Progress(t, 289, 292));
    });
  }
}

// Erlang processes: n1 comes to 95% of what there may be, n2 to 89.9%.
void Processes(Writer& out) {
  out.Family("erlang_vm_process_count", "gauge");
  for (int h = 0; h < 4; ++h) {
    out.Series(Labelled("erlang_vm_process_count", "host", kHosts[h]), 8 + h, 0,
               [&](int t, Random& random) {
                 const double usual = 80000 + random.Around(3000);
                 if (h == 0 && Within(t, 300, 310)) return 262144 * 0.95;
                 return h == 1 && Within(t, 300, 310) ? 262144 * 0.899 : usual;
               });
  }
  out.Family("erlang_vm_process_limit", "gauge");
  for (int h = 0; h < 4; ++h) {
    out.Series(Labelled("erlang_vm_process_limit", "host", kHosts[h]), 8 + h, 0,
               [](int, Random&) { return 262144.0; });
  }
}

// The disk of n2 fills from 60% to 90% in twenty minutes and is emptied later; that of n3 stops at
// 79.9%. The root file systems are full, and nobody's business.
void Disks(Writer& out) {
  constexpr double kSize = 100e9;
  const auto used = [](int h, int t) {
    if (h == 1) return 0.6 + 0.3 * Progress(t, 310, 330) - 0.4 * Progress(t, 335, 336);
    return h == 2 ? 0.6 + 0.199 * Progress(t, 310, 330) : 0.4;
  };
  for (const char* name : {"node_filesystem_avail_bytes", "node_filesystem_size_bytes"}) {
    out.Family(name, "gauge");
    for (int h = 0; h < 4; ++h) {
      for (const char* mountpoint : {"/", "/data"}) {
        const std::string labels =
            std::string("{host=\"") + kHosts[h] + "\",mountpoint=\"" + mountpoint + "\"}";
        out.Series(name + labels, 8 + h, 0, [&](int t, Random&) {
          if (name[16] == 's') return kSize;
          return kSize * (1 - (mountpoint[1] == 0 ? 0.95 : used(h, t)));
        });
      }
    }
  }
}

// The memory of n3 is used to 88% for ten minutes and that of n4 to 84.9%; that of n1 to 88%, but
// not for two minutes.
void Memories(Writer& out) {
  constexpr double kSize = 32e9;
  out.Family("node_memory_MemAvailable_bytes", "gauge");
  for (int h = 0; h < 4; ++h) {
    out.Series(Labelled("node_memory_MemAvailable_bytes", "host", kHosts[h]), 8 + h, 0,
               [&](int t, Random& random) {
                 if (h == 2 && Within(t, 320, 330)) return kSize * 0.12;
                 if (h == 3 && Within(t, 320, 330)) return kSize * 0.151;
                 if (h == 0 && Within(t, 320, 322)) return kSize * 0.12;
                 return kSize * (0.4 + random.Around(0.02));
               });
  }
  out.Family("node_memory_MemTotal_bytes", "gauge");
  for (int h = 0; h < 4; ++h) {
    out.Series(Labelled("node_memory_MemTotal_bytes", "host", kHosts[h]), 8 + h, 0,
               [](int, Random&) { return kSize; });
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2 || (argc == 2 && std::strspn(argv[1], "0123456789") != std::strlen(argv[1]))) {
    std::fprintf(stderr, "usage: every_rule_history [SEED]\n");
    return 2;
  }
  Writer out(argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 1);
  for (auto* part : {Registries, Transports, Requests, Latencies, Connections, Messages, Errors,
                     Backlogs, Processes, Disks, Memories}) {
    part(out);
  }
  std::printf("# EOF\n");
  return std::fflush(stdout) == 0 ? 0 : 1;
}
