// make_lexer_table OUT: writes the lexer of TocsinLexer.g4 as the source of a table
// (compiler/parse/lexer_table.h), in which every character begins a token. It walks ANTLR's own
// simulation from the start of every mode with every character until no new state turns up.
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "TocsinLexer.h"

namespace {

using antlr4::dfa::DFAState;

constexpr size_t kAscii = 128;  // stands for all characters that are not

class Simulator final : public antlr4::atn::LexerATNSimulator {
 public:
  using LexerATNSimulator::LexerATNSimulator;

  DFAState* Start(size_t mode) {
    _mode = mode;
    return addDFAState(computeStartState(&nothing_, atn.modeToStartState[mode]).release());
  }
  // Null where no token goes on with this character.
  DFAState* Next(size_t mode, DFAState* state, size_t character) {
    _mode = mode;
    DFAState* next = computeTargetState(&nothing_, state, character);
    return next == ERROR.get() ? nullptr : next;
  }

 private:
  antlr4::ANTLRInputStream nothing_;
};

// The table has one column for what is not ASCII, so no rule may tell such characters apart.
void CheckCharacters(const antlr4::atn::ATN& atn) {
  for (const auto* state : atn.states) {
    if (state == nullptr) continue;
    for (const auto* transition : state->transitions) {
      const antlr4::misc::IntervalSet label = transition->label();
      for (const auto& interval : label.getIntervals()) {
        const bool ascii = interval.b < static_cast<ssize_t>(kAscii);
        const bool all = interval.a <= static_cast<ssize_t>(kAscii) && interval.b >= 0x10FFFF;
        if (!ascii && !all)
          throw std::runtime_error("a rule tells characters apart that are not ASCII");
      }
    }
  }
}

// The members of a LexerAccept.
std::string Accept(const DFAState& state) {
  if (!state.isAcceptState) return "{}";
  size_t type = state.prediction, channel = 0;
  bool skip = false, pop = false;
  ssize_t push = -1;
  if (state.lexerActionExecutor != nullptr) {
    for (const auto& action : state.lexerActionExecutor->getLexerActions()) {
      using namespace antlr4::atn;
      if (const auto* typed = dynamic_cast<LexerTypeAction*>(action.get())) {
        type = typed->getType();
      } else if (const auto* sent = dynamic_cast<LexerChannelAction*>(action.get())) {
        channel = sent->getChannel();
      } else if (const auto* pushed = dynamic_cast<LexerPushModeAction*>(action.get())) {
        push = pushed->getMode();
      } else if (dynamic_cast<LexerPopModeAction*>(action.get()) != nullptr) {
        pop = true;
      } else if (dynamic_cast<LexerSkipAction*>(action.get()) != nullptr) {
        skip = true;
      } else {
        throw std::runtime_error("a rule has an action that the table cannot hold");
      }
    }
  }
  std::ostringstream text;
  text << "{" << type << ", " << channel << ", " << skip << ", " << pop << ", " << push << "}";
  return text.str();
}

struct Table {
  std::vector<std::vector<size_t>> next;  // by state and character
  std::vector<std::string> accept;        // by state
  std::vector<size_t> start;              // by mode
};

Table Explore(const antlr4::atn::ATN& atn) {
  std::vector<antlr4::dfa::DFA> dfas;
  for (size_t i = 0; i < atn.getNumberOfDecisions(); ++i)
    dfas.emplace_back(atn.getDecisionState(i), i);
  antlr4::atn::PredictionContextCache contexts;
  Simulator simulator(atn, dfas, contexts);
  Table table;
  table.next.emplace_back(kAscii + 1, 0);  // the dead state
  table.accept.emplace_back("{}");
  for (size_t mode = 0; mode < atn.modeToStartState.size(); ++mode) {
    std::map<DFAState*, size_t> numbers;
    std::vector<DFAState*> found;
    const auto number = [&](DFAState* state) {
      const auto [at, fresh] = numbers.emplace(state, table.next.size() + found.size());
      if (fresh) found.push_back(state);
      return at->second;
    };
    table.start.push_back(number(simulator.Start(mode)));
    std::vector<std::vector<size_t>> rows;
    while (rows.size() < found.size()) {
      DFAState* state = found[rows.size()];
      rows.emplace_back();
      for (size_t character = 0; character <= kAscii; ++character) {
        DFAState* next = simulator.Next(mode, state, character);
        rows.back().push_back(next == nullptr ? 0 : number(next));
      }
    }
    for (size_t character = 0; character <= kAscii; ++character) {
      DFAState* next = simulator.Next(mode, found[0], character);
      if (next == nullptr || !next->isAcceptState)
        throw std::runtime_error("a mode has no token for some character");
    }
    for (size_t i = 0; i < found.size(); ++i) table.accept.push_back(Accept(*found[i]));
    table.next.insert(table.next.end(), rows.begin(), rows.end());
  }
  return table;
}

// Characters that every state treats alike have one class.
std::vector<size_t> Classes(const Table& table, std::vector<size_t>& first_of) {
  std::map<std::vector<size_t>, size_t> classes;
  std::vector<size_t> class_of;
  for (size_t character = 0; character <= kAscii; ++character) {
    std::vector<size_t> column;
    for (const auto& row : table.next) column.push_back(row[character]);
    const auto [at, fresh] = classes.emplace(std::move(column), classes.size());
    if (fresh) first_of.push_back(character);
    class_of.push_back(at->second);
  }
  return class_of;
}

template <class Values>
void Array(std::ostream& out, const char* type, const char* name, const Values& values) {
  out << "constexpr " << type << " " << name << "[] = {";
  size_t i = 0;
  for (const auto& value : values) out << (i++ % 16 == 0 ? "\n    " : " ") << value << ",";
  out << "\n};\n";
}

std::string Source(const Table& table) {
  std::vector<size_t> first_of;
  const std::vector<size_t> class_of = Classes(table, first_of);
  std::vector<size_t> next;
  for (const auto& row : table.next) {
    for (const size_t character : first_of) next.push_back(row[character]);
  }
  std::ostringstream out;
  out << "#include \"compiler/parse/lexer_table.h\"\n\nnamespace tocsin::parse {\nnamespace {\n";
  Array(out, "std::uint8_t", "kClassOf", class_of);
  Array(out, "std::uint16_t", "kNext", next);
  Array(out, "LexerAccept", "kAccept", table.accept);
  Array(out, "std::uint16_t", "kStart", table.start);
  out << "constexpr LexerTable kTable{kClassOf, " << first_of.size()
      << ", kNext, kAccept, kStart};\n}  // namespace\n\n"
      << "const LexerTable& TheLexerTable() { return kTable; }\n}  // namespace tocsin::parse\n";
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: make_lexer_table OUT\n", stderr);
    return 2;
  }
  try {
    antlr4::ANTLRInputStream nothing;
    const tocsin::grammar::TocsinLexer lexer(&nothing);
    CheckCharacters(lexer.getATN());
    std::ofstream out(argv[1]);
    out << Source(Explore(lexer.getATN()));
    if (!out.flush()) throw std::runtime_error("cannot write the table");
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "make_lexer_table: %s\n", problem.what());
    return 1;
  }
}
