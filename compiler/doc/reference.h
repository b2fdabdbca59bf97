// The language itself to a document: every kind of the standard library with its fields, clauses
// and rows, every standard function with its examples, every command with its options, every rule
// of the grammar, and every code with its page.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "compiler/check/schema.h"
#include "compiler/doc/document.h"
#include "runtime/base/embedded.h"
#include "runtime/values/functions.h"

namespace tocsin::doc {

struct CommandHelp {
  std::string name;
  std::string usage;  // what stands after `usage: `
  std::string about;
  struct Option {
    std::string name;  // "--format FORMAT"
    std::string help;
  };
  std::vector<Option> options;
};

// What a command says for `--help`, in its parts.
CommandHelp ReadHelp(std::string_view name, std::string_view help);

struct ReferenceInput {
  const check::SchemaSet& schemas;
  std::span<const values::FunctionRow* const> functions;
  std::vector<CommandHelp> commands;
  std::span<const base::EmbeddedFile> error_pages;  // one for each code
};

Document Reference(const ReferenceInput& input);

}  // namespace tocsin::doc
