#include "runtime/engine/library.h"

#include <algorithm>

#include <fmt/format.h>

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

}  // namespace

std::vector<std::string> MissingFunctions(const ir::Program& program, Functions functions) {
  std::vector<std::string> missing;
  for (const ir::ColumnCall& call : program.calls) CheckCall(call, functions, missing);
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
