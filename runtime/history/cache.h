// A folder in which recordings are kept packed, so that a large one is read as text only once. A
// packed one is found by the SHA-256 of the file's bytes and of what they are read as: a file that
// changed has another name, and nothing old is ever taken for it. Files appear whole or not at all,
// so that any number of processes may use one folder. Whatever is wrong with the folder is a
// warning: the recording is then read as it would be without.
#pragma once

#include <string>

#include "runtime/history/merged.h"

namespace tocsin::history {

// As MergedHistory::Load().
bool LoadCached(const std::string& path, const std::string& folder, const Context& context,
                MergedHistory& history, const MergedHistory::OnProgress& on_progress = {});

}  // namespace tocsin::history
