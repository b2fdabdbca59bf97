// Which alerts are shown, by patterns of their names. All of them run: what one decides may depend
// on another, so leaving some out would show what never happens.
#pragma once

#include <expected>
#include <initializer_list>
#include <string>
#include <vector>

#include "runtime/engine/decision.h"

namespace tocsin::study {

class Only {
 public:
  Only() = default;  // all of them
  // In a pattern `*` stands for any characters and `?` for one. Why not, in words, where a pattern
  // fits no alert.
  static std::expected<Only, std::string> Of(const ir::Program& program,
                                             const std::vector<std::string>& patterns);

  bool Shows(ir::MachineId alert) const { return shown_.empty() || shown_[alert.index]; }

 private:
  std::vector<bool> shown_;  // by machine; empty: all
};

// Hands on what stems from those alerts, and what stems from none: refused samples.
class OnlySink final : public engine::DecisionSink {
 public:
  OnlySink(const Only& only, engine::DecisionSink& next) : only_(only), next_(next) {}
  void Take(const engine::Decision& decision) override {
    if (!decision.alert.valid() || only_.Shows(decision.alert)) next_.Take(decision);
  }

 private:
  const Only& only_;
  engine::DecisionSink& next_;
};

// Hands each decision to all of them, in order.
class FanSink final : public engine::DecisionSink {
 public:
  FanSink(std::initializer_list<engine::DecisionSink*> sinks) : sinks_(sinks) {}
  void Take(const engine::Decision& decision) override {
    for (engine::DecisionSink* sink : sinks_) {
      if (sink != nullptr) sink->Take(decision);
    }
  }

 private:
  std::vector<engine::DecisionSink*> sinks_;
};

}  // namespace tocsin::study
