#include "compiler/doc/reference.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/doc/escape.h"
#include "compiler/doc/reference_parts.h"

namespace tocsin::doc {
namespace {

using Row = std::vector<Line>;

std::string TypeText(const check::FieldType& type) {
  std::string text = type.word;
  if (!type.choices.empty()) text = fmt::format("one_of({})", fmt::join(type.choices, ", "));
  if (type.range) {
    text += fmt::format(" in {}..{}", values::FormatQuantity(type.range->least, type.range->unit),
                        values::FormatQuantity(type.range->most, type.range->unit));
  }
  if (type.list) text = fmt::format("{}({})", type.set ? "set" : "list", text);
  return type.optional ? fmt::format("optional({})", text) : text;
}

// A type whose word is a kind leads to it.
Line TypeLine(const check::SchemaSet& schemas, const check::FieldType& type) {
  Piece code = Code(TypeText(type));
  if (type.choices.empty() && schemas.Find(type.word) != nullptr) {
    const std::size_t at = code.text.find(type.word);
    code.parts.push_back({at, type.word.size(), "kind-" + Plain(type.word)});
  }
  return {code};
}

void AddFields(const check::SchemaSet& schemas, const check::Schema& schema, Blocks& blocks) {
  std::vector<Row> rows;
  for (const check::FieldSchema& field : schema.fields) {
    Line otherwise = {Text(field.type.optional ? "absent" : "needed")};
    if (field.default_value.valid())
      otherwise = {Code(syntax::Print(*schema.tree, field.default_value))};
    rows.push_back({{Code(field.name)},
                    TypeLine(schemas, field.type),
                    std::move(otherwise),
                    Marked(field.documentation)});
  }
  if (!rows.empty()) {
    blocks.push_back(Table({{Text("field")}, {Text("type")}, {Text("otherwise")}, {Text("is")}},
                           std::move(rows)));
  }
  rows.clear();
  for (const check::ClauseSchema& clause : schema.clauses) {
    std::string word = clause.keyword;
    if (!clause.of.empty()) word += fmt::format(" {}", fmt::join(clause.of, ", "));
    rows.push_back({{Code(word)},
                    {Code(clause.takes)},
                    {Text(clause.least > 0 ? "needed" : "absent")},
                    Marked(clause.documentation)});
  }
  if (!rows.empty()) {
    blocks.push_back(Table({{Text("clause")}, {Text("takes")}, {Text("otherwise")}, {Text("is")}},
                           std::move(rows)));
  }
}

// How a declaration of the kind begins: `tier name "Title" { ... }`.
std::string FormOf(const check::Schema& schema) {
  std::string form = schema.name;
  if (schema.named) form += " name";
  if (schema.params) form += "(parameters)";
  if (schema.title == check::Presence::kRequired) form += " \"Title\"";
  if (schema.title == check::Presence::kOptional) form += " [\"Title\"]";
  if (!schema.type.empty()) form += " : " + schema.type;
  if (!schema.target.empty()) form += " for " + schema.target;
  if (!schema.value.empty()) form += " = " + schema.value;
  const bool block = !schema.fields.empty() || !schema.clauses.empty() || !schema.rows.empty();
  return block || schema.test ? form + " { ... }" : form;
}

void AddKind(const check::SchemaSet& schemas, const check::Schema& schema, Blocks& blocks) {
  blocks.push_back(Heading(3, "kind-" + Plain(schema.name), {Text(schema.name)}));
  blocks.push_back(Paragraph(Marked(schema.documentation)));
  blocks.push_back(CodeBlock(FormOf(schema)));
  AddFields(schemas, schema, blocks);
  for (const check::Schema& rows : schema.rows) {
    Line head = {Text("Rows "), Code(rows.name), Text(": ")};
    Append(head, Marked(rows.documentation));
    if (rows.least > 0) head.push_back(Text(fmt::format("; at least {}", rows.least)));
    blocks.push_back(Paragraph(std::move(head)));
    AddFields(schemas, rows, blocks);
  }
}

std::string SignatureOf(const values::FunctionRow& function) {
  std::vector<std::string> parameters;
  for (const values::FunctionParameter& parameter : function.parameters)
    parameters.push_back(std::string(parameter.name) + (parameter.constant ? ":" : ""));
  if (function.text != nullptr && parameters.empty()) parameters.emplace_back("value");
  return fmt::format("{}({})", function.name, fmt::join(parameters, ", "));
}

std::string_view SortOf(const values::FunctionRow& function) {
  if (function.text != nullptr) return "texts";
  if (function.only_across_rows) return "rows";
  if (function.over_window) return function.across_rows ? "windows and rows" : "windows";
  return "series";
}

// Those that can run: a row without an implementation is no part of the language yet.
bool Runs(const values::FunctionRow& function) {
  return function.column != nullptr || function.text != nullptr || function.aggregate != nullptr ||
         function.choose != nullptr || function.earlier;
}

void AddFunctions(const ReferenceInput& input, Blocks& blocks) {
  std::vector<Row> rows;
  for (const values::FunctionRow* function : input.functions) {
    if (!Runs(*function)) continue;
    std::vector<Line> examples;
    for (const values::FunctionExample& example : function->examples)
      examples.push_back({Code(example.source), Text(" is "), Code(example.result)});
    Piece name = Code(SignatureOf(*function));
    name.anchor = fmt::format("function-{}", Plain(function->name));
    rows.push_back(
        {{name}, {Text(SortOf(*function))}, Marked(function->documentation), Joined(examples)});
  }
  blocks.push_back(Heading(2, "functions", {Text("Functions")}));
  blocks.push_back(Paragraph({Text(
      "A parameter with a colon must be a literal and may be given by name. In the examples a list "
      "stands for the samples of a window, 15 seconds apart, or for rows.")}));
  blocks.push_back(Table({{Text("function")}, {Text("of")}, {Text("gives")}, {Text("examples")}},
                         std::move(rows)));
}

void AddCommands(const ReferenceInput& input, Blocks& blocks) {
  blocks.push_back(Heading(2, "commands", {Text("Commands")}));
  for (const CommandHelp& command : input.commands) {
    blocks.push_back(
        Heading(3, "command-" + Plain(command.name), {Text("tocsin " + command.name)}));
    blocks.push_back(CodeBlock(command.usage));
    blocks.push_back(Paragraph({Text(command.about)}));
    std::vector<Row> rows;
    for (const CommandHelp::Option& option : command.options)
      rows.push_back({{Code(option.name)}, {Text(option.help)}});
    if (!rows.empty()) blocks.push_back(Table({{Text("option")}, {Text("does")}}, std::move(rows)));
  }
}

std::string_view Trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(' ');
  return begin == line.npos ? std::string_view() : line.substr(begin);
}

void Add(std::string& text, std::string_view line) {
  if (!text.empty() && !line.empty()) text += ' ';
  text += line;
}

// `  --format FORMAT       how to write it`; what stands further to the right goes on with the one
// before.
void ReadOption(std::string_view line, CommandHelp& command) {
  const std::size_t begin = line.find_first_not_of(' ');
  if (begin == line.npos) return;
  if (line[begin] != '-' || begin > 4) {
    if (!command.options.empty()) Add(command.options.back().help, line.substr(begin));
    return;
  }
  line.remove_prefix(begin);
  const std::size_t gap = line.find("  ");
  std::string name(line.substr(0, gap));
  // Boost writes the placeholder of a value after one space, and its help after at least one.
  std::string help;
  if (gap == line.npos) {
    const std::size_t second = line.find(' ', line.find(' ') + 1);
    if (line.find(' ') != line.npos && second != line.npos) {
      name = line.substr(0, second);
      help = line.substr(second + 1);
    }
  } else {
    help = Trimmed(line.substr(gap));
  }
  command.options.push_back({std::move(name), std::move(help)});
}

}  // namespace

CommandHelp ReadHelp(std::string_view name, std::string_view help) {
  constexpr std::string_view kUsage = "usage: ", kOptions = "options:";
  CommandHelp command{.name = std::string(name)};
  bool options = false;
  while (!help.empty()) {
    const std::size_t end = std::min(help.find('\n'), help.size());
    const std::string_view line = help.substr(0, end);
    help.remove_prefix(std::min(end + 1, help.size()));
    if (line.starts_with(kUsage)) {
      command.usage = line.substr(kUsage.size());
    } else if (line.starts_with(kOptions)) {
      options = true;
    } else if (options) {
      ReadOption(line, command);
    } else {
      Add(command.about, Trimmed(line));
    }
  }
  std::erase_if(command.options,
                [](const CommandHelp::Option& option) { return option.name == "--help"; });
  return command;
}

Document Reference(const ReferenceInput& input) {
  Document document{.title = "The language Tocsin"};
  document.made_by = Marked(
      "Made by `tocsin doc --reference` from the grammar, schemas, functions, commands and codes "
      "of this version.");
  document.blocks.push_back(Lead(
      {Text("Every kind of declaration with its fields, every function, "
            "every command with its options, every rule of the grammar, and every finding.")}));
  document.blocks.push_back(Heading(2, "kinds", {Text("Kinds")}));
  std::vector<const check::Schema*> kinds;
  for (const check::Schema& schema : input.schemas.all()) kinds.push_back(&schema);
  std::ranges::sort(kinds, {}, &check::Schema::name);
  for (const check::Schema* schema : kinds) AddKind(input.schemas, *schema, document.blocks);
  AddFunctions(input, document.blocks);
  AddCommands(input, document.blocks);
  Append(document.blocks, GrammarPart());
  Append(document.blocks, FindingsPart(input.error_pages));
  return document;
}

}  // namespace tocsin::doc
