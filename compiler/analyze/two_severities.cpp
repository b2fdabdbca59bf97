// Something, as tags name it, that two places give unlike severities: its own, those of severities
// that list it, and that of a level that does. A level's severity is what its alerts open, and
// where it says nothing of that, the one with the same title.

#include <map>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using check::DeclId;

struct Given {
  DeclId severity;
  diagnostics::Span span;
  std::string at;  // "the level `medium`"
  bool by_title = false;
};

DeclId ReferredBy(const check::Value& value) {
  const auto* reference = check::Get<check::Reference>(value);
  return reference == nullptr ? DeclId() : reference->decl;
}

class Severities {
 public:
  explicit Severities(Context& context) : context_(context) {}

  void Collect() {
    for (DeclId id : context_.policy.OfKind("tag")) {
      const check::Decl& tag = context_.policy[id];
      const DeclId severity = ReferredBy(tag["severity"]);
      if (severity.valid()) given_[id].push_back({severity, tag["severity"].span, "its own row"});
    }
    for (DeclId id : context_.policy.OfKind("severity")) AddListed(context_.policy[id], id, false);
    for (DeclId id : context_.policy.OfKind("level")) {
      const check::Decl& level = context_.policy[id];
      const DeclId own = ReferredBy(level["opens"]);
      if (own.valid()) {
        AddListed(level, own, false);
      } else if (const DeclId named = Called(level.title); named.valid()) {
        AddListed(level, named, true);
      }
    }
  }

  void Report() const {
    for (const auto& [tag, all] : given_) {
      for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].severity != all[0].severity) Say(tag, all[0], all[i]);
      }
    }
  }

 private:
  void AddListed(const check::Decl& decl, DeclId severity, bool by_title) {
    const auto* tags = check::Get<check::ValueList>(decl["tags"]);
    if (tags == nullptr) return;
    for (const check::Value& tag : *tags) {
      if (const DeclId id = ReferredBy(tag); id.valid())
        given_[id].push_back({severity, tag.span, check::WhoIs(decl), by_title});
    }
  }

  DeclId Called(const std::string& title) const {
    if (title.empty()) return {};
    for (DeclId id : context_.policy.OfKind("severity")) {
      if (context_.policy[id].title == title) return id;
    }
    return {};
  }

  void Say(DeclId tag, const Given& first, const Given& other) const {
    const check::Policy& policy = context_.policy;
    auto& finding =
        context_.sink
            .Emit(codes::kTwoSeverities, other.span, policy[tag].name, policy[other.severity].name,
                  policy[first.severity].name, first.at)
            .Also(first.span, fmt::format("here it is {}", policy[first.severity].name));
    for (const Given* given : {&first, &other}) {
      if (!given->by_title) continue;
      finding.Note(fmt::format("{} is taken for {}, which has the same title; `opens` would say it",
                               given->at, policy[given->severity].name));
    }
    finding.Help("give it one severity, or make it two things with a tag each");
  }

  Context& context_;
  std::map<DeclId, std::vector<Given>> given_;
};

void Run(Context& context) {
  Severities severities(context);
  severities.Collect();
  severities.Report();
}

}  // namespace

extern const AnalysisRow analysis_two_severities;
const AnalysisRow analysis_two_severities{"two_severities", Run};

}  // namespace tocsin::analyze
