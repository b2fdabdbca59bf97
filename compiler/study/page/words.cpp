// What happened, in words: a headline, a sentence or two, and four facts.

#include <fmt/format.h>

#include "compiler/study/lines.h"
#include "compiler/study/page/parts.h"

namespace tocsin::study::page {
namespace {

std::string Fact(std::string_view name, std::string_view value, std::string_view more,
                 bool bad = false) {
  return fmt::format("<div><dt>{}</dt><dd{}>{}</dd><p>{}</p></div>\n", name,
                     bad ? " class=\"bad\"" : "", value, more);
}

std::string Plural(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string Row(const Input& input, const Lane& lane) {
  return fmt::format("<code>{}</code>", Escaped(RowName(input.program, lane.alert, lane.key), 200));
}

std::string After(values::Duration length) {
  return length == 0 ? "at once" : fmt::format("{} later", ShortDuration(length));
}

std::string Lead(const Input& input, const Lane& worst, std::uint64_t others) {
  std::string text =
      fmt::format("{} fired at {}", Row(input, worst), Clock(worst.first_fired, input.window));
  if (worst.fired > 1) text += fmt::format(" and {} more", Plural(worst.fired - 1, "time"));
  text += worst.firing ? ", and fires still at the end of the run. "
                       : fmt::format(", for {}{}. ", ShortDuration(worst.total_ms),
                                     worst.fired > 1 ? " in all" : "");
  if (worst.first_page == 0) {
    text += "Nobody was paged.";
  } else {
    text += fmt::format("{} was paged {}, by {}. ", Escaped(worst.first_paged),
                        After(worst.first_page - worst.first_fired), Escaped(worst.first_channel));
    text += worst.first_ack == 0
                ? "Nobody acknowledged."
                : fmt::format("{} acknowledged after {}.", Escaped(worst.first_ack_by),
                              ShortDuration(worst.first_ack - worst.first_fired));
  }
  if (others > 0)
    text +=
        fmt::format(" {} fired, too.", others == 1 ? "Another row" : Plural(others, "other row"));
  return text;
}

std::string FiredFact(const Input& input, const Lane& worst) {
  if (worst.firing && worst.fired == 1)
    return Fact("Fires still", ShortDuration(worst.total_ms),
                "since " + Clock(worst.first_fired, input.window), true);
  if (worst.fired > 1) {
    return Fact(
        "Fired", Plural(worst.fired, "time"),
        fmt::format("{} in all, from {} to {}", ShortDuration(worst.total_ms),
                    Clock(worst.first_fired, input.window), Clock(worst.end, input.window)));
  }
  return Fact("Fired for", ShortDuration(worst.total_ms),
              fmt::format("from {} to {}", Clock(worst.first_fired, input.window),
                          Clock(worst.first_fired + worst.total_ms, input.window)));
}

std::string Facts(const Input& input, const Lane& worst) {
  std::uint64_t pages = 0;
  std::uint64_t woken = 0;
  std::uint64_t night = 0;
  for (const PersonTally& person : input.tally.People()) {
    pages += person.pages;
    night += person.pages_at_night;
    if (person.pages > 0) ++woken;
  }
  std::string html = FiredFact(input, worst);
  if (worst.first_page == 0) {
    html += Fact("First paged", "nobody", "");
    html += Fact("Acknowledged", "not asked for", "");
  } else {
    html += Fact("First paged", Escaped(worst.first_paged, 40),
                 fmt::format("by {} at {}", Escaped(worst.first_channel, 40),
                             Clock(worst.first_page, input.window)));
    html +=
        worst.first_ack == 0
            ? Fact("Acknowledged", "by nobody", "", true)
            : Fact("Acknowledged", "after " + ShortDuration(worst.first_ack - worst.first_fired),
                   fmt::format("by {} at {}", Escaped(worst.first_ack_by, 40),
                               Clock(worst.first_ack, input.window)));
  }
  html +=
      Fact("Woken",
           woken == 0   ? "nobody"
           : woken == 1 ? "1 person"
                        : fmt::format("{} people", woken),
           pages == 0 ? std::string("no pages")
                      : fmt::format("{}, {} of them between {}:00 and {:02}:00",
                                    Plural(pages, "page"), night, kNightFromHour, kNightToHour));
  return "<dl class=\"facts\">\n" + html + "</dl>\n";
}

}  // namespace

std::string Words(const Input& input) {
  const ir::Program& program = input.program;
  const std::vector<Lane>& lanes = input.story.lanes();
  std::uint64_t fired = 0;
  for (const Lane& lane : lanes) fired += lane.fired > 0;
  std::string html = fmt::format(
      "<header>\n<p class=\"eyebrow\">{}{}, simulated from {} to {} UTC</p>\n",
      Escaped(program.policy, 100),
      program.title.empty() ? "" : fmt::format(" &ldquo;{}&rdquo;", Escaped(program.title, 200)),
      FullClock(input.run.begin), FullClock(input.run.end));
  if (fired == 0) {
    return html + fmt::format(
                      "<h1 class=\"good\">Nothing fired</h1>\n<p class=\"lead\">{}</p>\n"
                      "</header>\n",
                      lanes.empty() ? "No alert was pending, and nobody was told anything."
                                    : Plural(lanes.size(), "row") +
                                          " of alerts pended and did not last. Nobody was "
                                          "told anything.");
  }
  const Lane& worst = lanes.front();
  html += fmt::format("<h1 class=\"bad\">{}</h1>\n<p class=\"lead\">{}</p>\n",
                      Escaped(worst.headline, 160), Lead(input, worst, fired - 1));
  return html + Facts(input, worst) + "</header>\n";
}

}  // namespace tocsin::study::page
