// A simulation as a page: the policy runs a second time, with what its conditions compare as series
// of their own, and what they were is recorded where something fired.
#pragma once

#include <functional>
#include <string>

#include "compiler/driver/policy.h"
#include "compiler/study/only.h"
#include "compiler/study/page/story.h"
#include "compiler/study/simulate.h"

namespace tocsin::driver {

struct Drawing {
  study::EngineKind engine = study::EngineKind::kInterpret;
  native::Level level = native::Level::kBaseline;
  loop::ReplayOptions replay;
  const study::Simulation& simulation;  // of the first run
  const study::Tally& tally;
  const study::page::Story& story;
  const study::Only& only;
  loop::Replay::OnProgress on_progress;
};

// The page. `history` is read again from its beginning.
std::string Draw(const Loaded& loaded, const history::SeriesTable& series,
                 history::MergedHistory& history, const Drawing& drawing);

}  // namespace tocsin::driver
