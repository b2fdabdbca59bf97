// A simulation as one HTML page that needs nothing beside it: what happened in words, a lane for
// each row that fired, charts of what was measured, and tables. The same run gives the same bytes.
// Whatever comes from the policy or the recording is escaped; a page has at most about 2 MB,
// whatever was simulated, and says what it leaves out.
#pragma once

#include <string>
#include <vector>

#include "compiler/study/only.h"
#include "compiler/study/page/record.h"
#include "compiler/study/page/story.h"
#include "compiler/study/simulate.h"
#include "compiler/study/tally.h"

namespace tocsin::study::page {

struct Input {
  const ir::Program& program;
  const Simulation& simulation;
  const Tally& tally;        // finished
  const Story& story;        // finished
  const Recorder* recorder;  // of the run that drew; may be absent
  const Only& only;
  Window run;
  Window window;  // what is shown of it in lanes and charts
};

std::string Page(const Input& input);

}  // namespace tocsin::study::page
