// The reader of each format. `Open` chooses; nothing else needs these.
#pragma once

#include <memory>
#include <string>

#include "runtime/history/input.h"

namespace tocsin::history {

std::unique_ptr<Reader> ReadExposition(std::unique_ptr<Input> input, std::string path,
                                       const Context& context, const Options& options,
                                       Format format);
std::unique_ptr<Reader> ReadCsv(std::unique_ptr<Input> input, std::string path,
                                const Context& context, const Options& options);
std::unique_ptr<Reader> ReadJsonLines(std::unique_ptr<Input> input, std::string path,
                                      const Context& context);
std::unique_ptr<Reader> ReadColumns(std::unique_ptr<Input> input, std::string path,
                                    const Context& context);

}  // namespace tocsin::history
