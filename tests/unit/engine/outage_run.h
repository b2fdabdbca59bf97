// Drives an engine over the outage policy by hand: a state for each series, which is sampled at
// every tick.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/engine/interpreter.h"
#include "tests/unit/engine/outage_policy.h"

namespace tocsin::testing {

inline values::LabelSet Labels(std::vector<values::Label> labels) {
  return *values::LabelSet::Make(std::move(labels));
}

struct Recorder final : engine::DecisionSink {
  void Take(const engine::Decision& decision) override { all.push_back(decision); }
  std::vector<engine::Decision> all;
};

class OutageRun {
 public:
  static constexpr values::Duration kStep = 15'000;

  explicit OutageRun(ir::Program policy = OutagePolicy())
      : program(std::move(policy)),
        executor(engine::MakeInterpreter(program)),
        engine(program, *executor, {}, recorder) {}

  // From the next tick on; `Silence` for no samples.
  void Up(const std::string& region, bool up) { up_[region] = up; }
  void Silence(const std::string& region) { up_.erase(region); }
  void Latency(const std::string& host, double seconds) { latency_[host] = seconds; }

  // Every tick up to `last`; a tick T is decided at T + 5s.
  void RunTo(values::Instant last) {
    for (; next_tick <= last; next_tick += kStep) {
      std::vector<engine::Sample> samples;
      for (const auto& [region, up] : up_) {
        samples.push_back(
            {Series("up", {{"job", "registry"}, {"dc", region}}), up ? 1.0 : 0.0, next_tick});
      }
      for (const auto& [host, seconds] : latency_) {
        samples.push_back({Series("latency_seconds", {{"instance", host}}), seconds, next_tick});
      }
      if (reversed) std::ranges::reverse(samples);
      engine.TakeSamples(next_tick, samples);
      engine.Tick(next_tick);
    }
  }
  engine::SeriesNumber Series(const std::string& metric, std::vector<values::Label> labels) {
    return engine.Resolve(metric, Labels(std::move(labels)), next_tick);
  }
  engine::EventProblem Acknowledge(values::Instant at, const std::string& by,
                                   const std::string& region = "eu") {
    return engine.TakeEvent(at, {"acknowledge", "registry_down", Labels({{"region", region}}), by});
  }

  // What was sent, as "50 page alice phone", and taken, as "20 registry_down pending"; times in
  // seconds.
  std::vector<std::string> Sent() const {
    std::vector<std::string> lines;
    for (const engine::Decision& decision : recorder.all) {
      if (decision.kind != engine::DecisionKind::kSend) continue;
      lines.push_back(std::to_string(decision.at / 1000) + " " + decision.action.str() + " " +
                      decision.person.str() + " " + program.channels[decision.channel.index].name);
    }
    return lines;
  }
  std::vector<std::string> Taken(const std::string& machine) const {
    std::vector<std::string> lines;
    for (const engine::Decision& decision : recorder.all) {
      if (decision.kind != engine::DecisionKind::kTransition) continue;
      if (program.machines[decision.machine.index].name != machine) continue;
      lines.push_back(std::to_string(decision.at / 1000) + " " + decision.to.str());
    }
    return lines;
  }
  std::vector<engine::Decision> Of(engine::DecisionKind kind) const {
    std::vector<engine::Decision> found;
    for (const engine::Decision& decision : recorder.all) {
      if (decision.kind == kind) found.push_back(decision);
    }
    return found;
  }

  ir::Program program;
  Recorder recorder;
  std::unique_ptr<engine::Executor> executor;
  engine::Engine engine;
  values::Instant next_tick = kStep;
  bool reversed = false;

 private:
  std::map<std::string, bool> up_;
  std::map<std::string, double> latency_;
};

}  // namespace tocsin::testing
