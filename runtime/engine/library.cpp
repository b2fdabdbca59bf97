#include "runtime/engine/library.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/values/units.h"

namespace tocsin::engine {
namespace {

using Functions = std::span<const values::FunctionRow* const>;

const values::FunctionRow* Find(Functions functions, const std::string& name) {
  const auto found = std::ranges::find(functions, name, &values::FunctionRow::name);
  return found == functions.end() ? nullptr : *found;
}

void CheckCall(const ir::ColumnCall& call, Functions functions, std::vector<std::string>& missing) {
  const values::FunctionRow* row = Find(functions, call.function);
  if (row == nullptr || row->column == nullptr) {
    missing.push_back(fmt::format("there is no function of series called `{}`", call.function));
    return;
  }
  const auto constants = static_cast<std::size_t>(
      std::ranges::count_if(row->parameters, &values::FunctionParameter::constant));
  if (call.parameters.size() != constants ||
      call.arguments.size() != row->parameters.size() - constants) {
    missing.push_back(fmt::format("the function `{}` takes {} arguments, {} of them constant",
                                  call.function, row->parameters.size(), constants));
  }
}

// An aggregate takes one argument, and constants.
void CheckAggregate(const std::string& function, std::size_t parameters, bool over_window,
                    Functions functions, std::vector<std::string>& missing) {
  const values::FunctionRow* row = Find(functions, function);
  if (row == nullptr || row->aggregate == nullptr ||
      !(over_window ? row->over_window : row->across_rows)) {
    missing.push_back(fmt::format("there is no function of {} called `{}`",
                                  over_window ? "windows" : "rows", function));
    return;
  }
  if (parameters + 1 != row->parameters.size()) {
    missing.push_back(
        fmt::format("the function `{}` takes {} constants", function, row->parameters.size() - 1));
  }
}

}  // namespace

std::vector<std::string> MissingFunctions(const ir::Program& program, Functions functions) {
  std::vector<std::string> missing;
  for (const ir::ColumnCall& call : program.calls) CheckCall(call, functions, missing);
  for (const ir::Window& window : program.windows) {
    const std::size_t before = missing.size();
    CheckAggregate(window.function, window.parameters.size(), true, functions, missing);
    if (missing.size() != before) continue;
    const values::Panes panes = values::PanesOf(window.length_ms, program.resolution_ms);
    if (Find(functions, window.function)->OverWindow(window.parameters, panes.ticks) == nullptr)
      missing.push_back(fmt::format("the function `{}` cannot serve a window of {}",
                                    window.function, values::FormatDuration(window.length_ms)));
  }
  for (const ir::Fold& fold : program.folds)
    CheckAggregate(fold.function, fold.parameters.size(), false, functions, missing);
  for (const ir::Text& text : program.texts) {
    for (const ir::TextPart& part : text.parts) {
      if (part.kind != ir::TextPartKind::kValue || part.text.empty()) continue;
      const values::FunctionRow* row = Find(functions, part.text);
      if (row != nullptr && row->text != nullptr) continue;
      missing.push_back(fmt::format("there is no text function called `{}`", part.text));
    }
  }
  return missing;
}

}  // namespace tocsin::engine
