#include "compiler/study/test_explain.h"

#include <algorithm>

#include "compiler/kinds/kind.h"
#include "compiler/study/test_known.h"
#include "runtime/diagnostics/codes.h"

namespace tocsin::study {
namespace {

namespace codes = diagnostics::codes;
using check::SeriesKind;
using check::SeriesNode;
using values::FormatDuration;

constexpr std::size_t kMostRows = 3;    // explained
constexpr std::size_t kMostBlames = 3;  // of one expectation

using Selections = std::vector<const check::Selection*>;

std::string TextOf(const values::LabelSet& row) { return row.empty() ? "" : row.Text(); }

// "at 3m5s", "2m30s before 0s".
std::string At(values::Duration at) {
  return at < 0 ? FormatDuration(-at) + " before 0s" : "at " + FormatDuration(at);
}

// "3m5s", "2m30s before 0s".
std::string Since(values::Duration at) { return at < 0 ? At(at) : FormatDuration(at); }

std::string Where(const ir::Place& place) {
  return place.file.empty() ? std::string() : fmt::format(" ({}:{})", place.file, place.line);
}

// "paged" of a page, "told" of a notice.
std::string_view Did(std::string_view action) {
  return action == "page" ? "paged" : action == "over" ? "told that it is over" : "told";
}

// How far an instant lies from a stretch of time.
values::Duration Far(values::Duration at, const TimeSpan& span) {
  return span.Has(at) ? 0 : at > span.last ? at - span.last : span.first - at;
}

class Explainer {
 public:
  Explainer(const TestContext& context, const Story& story, const Expectation& expectation,
            TestValues& values, diagnostics::Sink& sink)
      : context_(context),
        policy_(context.policy),
        story_(story),
        expectation_(expectation),
        values_(values),
        sink_(sink) {}

  void Run() {
    const check::Clause& clause = *expectation_.clause;
    const std::vector<Blame> blames = BlamesOf(policy_, story_, expectation_);
    auto& finding = sink_.Emit(
        codes::kExpectationFailed, SpanOf(blames.front()),
        fmt::format("expected {}{}`{}`", clause.keyword == "expect" ? "" : When(clause) + " ",
                    expectation_.no ? "no " : "", clause.text));
    bool first = true;
    for (const Blame& blame : blames) {
      if (&blame >= blames.data() + kMostBlames) break;
      std::string label = One(blame);
      if (first) {
        finding.Primary(std::move(label));
      } else {
        finding.Also(SpanOf(blame), std::move(label));
      }
      first = false;
    }
    for (std::string& note : notes_) finding.Note(std::move(note));
  }

 private:
  diagnostics::Span SpanOf(const Blame& blame) const { return policy_[blame.asked.what].span; }

  // The instant that the expectation names, where it is about what is later.
  values::Duration Begin() const {
    const check::Clause& clause = *expectation_.clause;
    return clause.keyword == "after" ? clause.hold_ms : expectation_.states.first;
  }

  // How far an instant lies from those that the expectation names: "50s later", "1m earlier".
  std::string Distance(values::Duration at) const {
    if (at < Begin()) return FormatDuration(Begin() - at) + " earlier";
    const values::Duration late = at - expectation_.clause->hold_ms;
    return late == 0 ? "just then" : FormatDuration(late) + " later";
  }

  void Note(std::string note) {
    if (std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(std::move(note));
  }

  // What is said below the question; further notes say why.
  std::string One(const Blame& blame) {
    const SeriesNode& node = policy_[blame.asked.what];
    if (node.kind == SeriesKind::kAbout) return blame.wanted ? NotTold(node) : Told(node);
    return blame.wanted ? NotInState(blame.asked, node) : WasInState(blame.asked, node);
  }

  // Messages.

  // "alice was paged", "restart was asked for".
  static std::string InWords(const Message& message) {
    return message.person.empty() ? message.action + " was asked for"
                                  : fmt::format("{} was {}", message.person, Did(message.action));
  }

  void NoteMessage(const Message& message) {
    std::string note =
        fmt::format("{} {} by {}", At(message.at), InWords(message), message.channel);
    if (message.action != "over" && message.purpose != message.person)
      note += fmt::format(", as {}", message.purpose);
    note += fmt::format(", about {}", message.row);
    if (!message.because.empty())
      note += fmt::format(", because {}{}", message.because, Where(message.place));
    Note(std::move(note));
  }

  // It should not have been sent, and was.
  std::string Told(const SeriesNode& node) {
    for (const Message& message : story_.messages) {
      if (!expectation_.messages.Has(message.at) || !IsAsked(policy_, node, message)) continue;
      NoteMessage(message);
      NoteRows(message.at, message.row);
      return fmt::format("{} {}", InWords(message), At(message.at));
    }
    return "it was";
  }

  std::string NotTold(const SeriesNode& node) {
    const TimeSpan& span = expectation_.messages;
    const Message* nearest = nullptr;
    const Message* other = nullptr;
    for (const Message& message : story_.messages) {
      if (IsAsked(policy_, node, message) &&
          (nearest == nullptr || Far(message.at, span) < Far(nearest->at, span)))
        nearest = &message;
      const bool same = message.person.empty() == (node.text == "asked") &&
                        (message.action == "page") == (node.text == "paged") &&
                        (message.action == "over") == (node.text == "told_over");
      if (same && (other == nullptr || Far(message.at, span) < Far(other->at, span)))
        other = &message;
    }
    const std::string_view did = node.text == "paged"   ? "paged"
                                 : node.text == "asked" ? "asked for"
                                                        : "told";
    if (nearest != nullptr) {
      NoteMessage(*nearest);
      NoteRows(span.last, nearest->row);
      return fmt::format("{} {}, {}", did, Distance(nearest->at), At(nearest->at));
    }
    if (other != nullptr) NoteMessage(*other);
    NoteRows(span.last, "");
    if (other == nullptr && node.text == "asked") return "nothing was asked for at all";
    if (other == nullptr)
      return node.text == "told_over" ? "nobody was told that it is over"
                                      : fmt::format("nobody was {} at all", did);
    return fmt::format("never; {} {}", InWords(*other), At(other->at));
  }

  // States.

  std::vector<const AlertRow*> RowsOf(const Asked& asked, const SeriesNode& node) const {
    std::vector<const AlertRow*> rows;
    for (const AlertRow& row : story_.rows) {
      if (row.alert == policy_[node.decl].name && Selects(asked.selections, row.labels))
        rows.push_back(&row);
    }
    return rows;
  }

  std::string WasInState(const Asked& asked, const SeriesNode& node) {
    const TimeSpan& span = expectation_.states;
    const StateChange* first = nullptr;
    const AlertRow* of = nullptr;
    for (const AlertRow* row : RowsOf(asked, node)) {
      const StateChange* before = row->At(span.first);
      for (const StateChange& change : row->changes) {
        const bool counts = &change == before || span.Has(change.at);
        if (!counts || change.state != node.text) continue;
        if (first == nullptr || change.at < first->at) {
          first = &change;
          of = row;
        }
        break;
      }
    }
    if (first == nullptr) {  // inactive from the beginning
      NoteAlert(policy_[node.decl], asked.selections, Begin());
      return fmt::format("it was {} then", node.text);
    }
    NoteStretch(*of, *first);
    NoteRow(*of, std::max(first->at, Begin()));
    return first->at < span.first ? fmt::format("it was, since {}", Since(first->at))
                                  : fmt::format("it was, {}", At(first->at));
  }

  std::string NotInState(const Asked& asked, const SeriesNode& node) {
    const TimeSpan& span = expectation_.states;
    const StateChange* nearest = nullptr;
    const AlertRow* of = nullptr;
    const std::vector<const AlertRow*> rows = RowsOf(asked, node);
    for (const AlertRow* row : rows) {
      for (const StateChange& change : row->changes) {
        if (change.state != node.text) continue;
        if (nearest == nullptr || Far(change.at, span) < Far(nearest->at, span)) {
          nearest = &change;
          of = row;
        }
      }
    }
    if (rows.empty()) {
      NoteAlert(policy_[node.decl], asked.selections, span.last);
      return "it was inactive all the time";
    }
    if (of == nullptr) of = rows.front();
    NoteRow(*of, span.last);
    const StateChange* then = of->At(span.last);
    const std::string state = then == nullptr ? "inactive" : then->state;
    if (nearest == nullptr) return fmt::format("never; it was {} then", state);
    NoteStretch(*of, *nearest);
    return nearest->at > span.last
               ? fmt::format("it was {} {}, {}", node.text, Distance(nearest->at), At(nearest->at))
               : fmt::format("it was {} then", state);
  }

  // From when to when a row was in a state.
  void NoteStretch(const AlertRow& row, const StateChange& begin) {
    const auto after =
        std::find_if(row.changes.begin() + (&begin - row.changes.data()), row.changes.end(),
                     [&](const StateChange& change) { return change.state != begin.state; });
    Note(fmt::format("{} was {} from {} {}, because {}{}", row.Name(), begin.state, Since(begin.at),
                     after == row.changes.end() ? "on" : "to " + Since(after->at), begin.because,
                     Where(begin.place)));
  }

  // What an alert's row was at an instant, and what it knew.

  void NoteRow(const AlertRow& row, values::Duration at) {
    const StateChange* change = row.At(at);
    std::string note = change == nullptr ? fmt::format("{} {} was inactive", At(at), row.Name())
                                         : fmt::format("{} {} was {} since {}", At(at), row.Name(),
                                                       change->state, Since(change->at));
    if (change != nullptr && change->state == "inactive")
      note += fmt::format(", because {}", change->because);
    const check::DeclId alert = policy_.Find(row.alert);
    if (!alert.valid() || policy_[alert].schema->name != "alert") return Note(std::move(note));
    NoteKnown(std::move(note), policy_[alert], row.labels, at);
  }

  // The rows of an alert of which none was ever anything else than inactive.
  void NoteAlert(const check::Decl& alert, const Selections& selections, values::Duration at) {
    std::size_t shown = 0;
    for (const values::LabelSet& row : RowsGiven(policy_, context_.world, alert)) {
      if (!Selects(selections, row) || shown++ >= kMostRows) continue;
      NoteKnown(fmt::format("{} {}{} was inactive", At(at), alert.name, TextOf(row)), alert, row,
                at);
    }
    if (shown == 0) Note(fmt::format("{} was inactive all the time", alert.name));
  }

  void NoteKnown(std::string note, const check::Decl& alert, const values::LabelSet& row,
                 values::Duration at) {
    const check::Clause* when = alert.FindClause("when");
    note += fmt::format("; it fires when `{}`", when->text);
    if (const std::string value = ValueAt(alert, row, at); !value.empty()) note += "\n" + value;
    for (const std::string& line :
         KnownAt(policy_, context_.program, context_.world, alert, row, at))
      note += "\n" + line;
    Note(std::move(note));
  }

  // "`avg(load over 2m)` was 4.6"; empty where that is a signal which the test gives.
  std::string ValueAt(const check::Decl& alert, const values::LabelSet& row, values::Duration at) {
    const check::SeriesId id = kinds::ValueOf(policy_, alert.FindClause("when")->condition);
    const auto machine =
        std::ranges::find(context_.program.machines, alert.name, &ir::Machine::name);
    if (!id.valid() || machine == context_.program.machines.end()) return "";
    const SeriesNode& node = policy_[id];
    if (node.kind == SeriesKind::kSignal && !policy_[node.decl].value.valid()) return "";
    const auto value =
        values_.Of({context_.world.zero + at,
                    static_cast<std::size_t>(machine - context_.program.machines.begin()), row});
    return fmt::format("`{}` was {}", diagnostics::Shown(context_.sources.Text(node.span), 60),
                       value ? values::FormatQuantity(*value, node.type.unit) : "absent");
  }

  // The rows that were not inactive, or `name` alone.
  void NoteRows(values::Duration at, std::string_view name) {
    std::size_t shown = 0;
    for (const AlertRow& row : story_.rows) {
      const bool wanted = name.empty() || row.Name() == name;
      if (wanted && shown++ < kMostRows) NoteRow(row, at);
    }
    if (shown > 0 || !name.empty()) return;
    for (const check::DeclId id : policy_.OfKind("alert")) {
      const auto signals = SignalsOf(policy_, policy_[id].FindClause("when")->condition);
      const bool about = std::ranges::any_of(context_.world.series, [&](const GivenSeries& given) {
        return std::ranges::find(signals, given.signal) != signals.end();
      });
      if (about && shown++ < kMostRows) NoteAlert(policy_[id], {}, at);
    }
  }

  const TestContext& context_;
  const check::Policy& policy_;
  const Story& story_;
  const Expectation& expectation_;
  TestValues& values_;
  diagnostics::Sink& sink_;
  std::vector<std::string> notes_;
};

}  // namespace

std::string When(const check::Clause& clause) {
  return clause.keyword == "expect"
             ? "in this test"
             : fmt::format("{} {}", clause.keyword, FormatDuration(clause.hold_ms));
}

void Explain(const TestContext& context, const Story& story, const Expectation& expectation,
             TestValues& values, diagnostics::Sink& sink) {
  Explainer(context, story, expectation, values, sink).Run();
}

}  // namespace tocsin::study
