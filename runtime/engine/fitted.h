// A text as a channel takes it: in its markup, and as long as it may be.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/ir/program.h"

namespace tocsin::engine {

// What means something in the markup is escaped: in HTML by its entities, in Slack's mrkdwn the
// three that its reference names, in Markdown by backslashes (CommonMark 2.4). At most `limit`
// characters (code points) are sent, the last three of them "..." where something was cut off,
// which is never a part of an escape. 0: no limit.
std::string Fitted(std::string_view text, ir::Markup markup, std::uint32_t limit);

}  // namespace tocsin::engine
