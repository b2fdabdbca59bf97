#include "runtime/engine/engine.h"

#include <doctest/doctest.h>

#include <set>

#include "runtime/ir/verify.h"
#include "tests/unit/engine/outage_run.h"

using namespace tocsin;
using namespace tocsin::testing;
using engine::DecisionKind;
using engine::EventProblem;
using Lines = std::vector<std::string>;

TEST_SUITE_BEGIN("engine");
TEST_CASE("the policy of these tests is sound") { CHECK(ir::Verify(OutagePolicy()) == Lines{}); }

TEST_CASE("pending, firing after the hold, clear after its hold, and the epochs count") {
  OutageRun run;
  run.Up("eu", true);
  run.RunTo(30'000);
  CHECK(run.recorder.all.empty());
  run.Up("eu", false);  // down at the ticks 45, 60, 75
  run.RunTo(60'000);
  CHECK(run.Taken("registry_down") == Lines{"50 pending"});
  CHECK(run.Sent().empty());
  run.RunTo(75'000);
  CHECK(run.Taken("registry_down") == Lines{"50 pending", "80 firing"});
  run.Up("eu", true);
  run.RunTo(105'000);
  CHECK(run.Taken("P1") == Lines{"80 open"});
  run.RunTo(120'000);
  CHECK(run.Taken("registry_down") == Lines{"50 pending", "80 firing", "125 inactive"});
  CHECK(run.Taken("P1") == Lines{"80 open", "125 closed"});
  CHECK(run.Sent() == Lines{"80 page alice phone", "125 over alice sms"});
  run.Up("eu", false);
  run.RunTo(165'000);
  CHECK(run.recorder.all.back().epoch == 2);
  CHECK(run.recorder.all.back().identity ==
        R"(support/p1_climb/registry_down{region="eu"}/2/rung 1, ask 1/page/alice)");
  CHECK(run.recorder.all.back().text == "Registry in eu is down");
}

TEST_CASE("a blink goes back to inactive, and nobody hears of it") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(30'000);
  run.Up("eu", true);
  run.RunTo(600'000);
  CHECK(run.Taken("registry_down") == Lines{"20 pending", "50 inactive"});
  CHECK(run.Sent().empty());
}

TEST_CASE("time without data does not count, and nothing fires or clears on it") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(30'000);  // down at 15 and 30
  run.Silence("eu");
  run.RunTo(600'000);  // fresh until 60 (the sample of 30 is 45s old at 75), so firing at 45
  CHECK(run.Taken("registry_down") == Lines{"20 pending", "50 firing"});
  run.Up("eu", true);
  run.RunTo(615'000);
  CHECK(run.engine.stats().instances == 3 + 5);  // rows, and P1, its climb, three told
  run.Silence("eu");
  run.RunTo(1'200'000);  // up at 615 and 630, 645: clear at 645
  CHECK(run.Taken("P1") == Lines{"50 open", "650 closed"});
}

TEST_CASE("absence freezes a hold") {
  ir::Program program = OutagePolicy();
  program.signals[0].stale_ms = 15'000;  // so that a sample holds for its own tick only
  OutageRun run(program);
  run.Up("eu", false);
  run.RunTo(30'000);
  run.Silence("eu");
  run.RunTo(300'000);
  CHECK(run.Taken("registry_down") == Lines{"20 pending"});
  run.Up("eu", false);
  run.RunTo(315'000);
  CHECK(run.Taken("registry_down") == Lines{"20 pending", "320 firing"});
}

TEST_CASE("the ladder climbs by its timers, to each person once") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(1'500'000);
  CHECK(run.Sent() == Lines{"50 page alice phone", "350 page bob phone", "350 page carol email",
                            "950 page chief phone"});
  const auto transitions = run.Of(DecisionKind::kTransition);
  const auto sends = run.Of(DecisionKind::kSend);
  std::set<std::string> identities;
  for (const auto& send : sends) identities.insert(send.identity);
  CHECK(identities.size() == sends.size());
  for (const auto& send : sends) {  // each message follows from a step of the ladder
    const auto& cause = run.recorder.all[send.cause - 1];
    CHECK(cause.kind == DecisionKind::kTransition);
    CHECK(cause.machine == outage::kClimb);
    CHECK(cause.at == send.at);
  }
  // The deadline that was armed when alice was asked led to the second rung.
  CHECK(run.recorder.all[sends[1].cause - 1].cause == sends[0].cause);
  CHECK(transitions[0].cause == 0);
  CHECK(sends[1].step == "rung 2, ask 2");
}

TEST_CASE("an acknowledgement in the deadline's own millisecond is in time") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(330'000);
  CHECK(run.engine.NextTimer() == 350'000);
  CHECK(run.Acknowledge(350'000, "alice") == EventProblem::kNone);
  run.RunTo(2'000'000);
  CHECK(run.Taken("p1_climb") == Lines{"50 rung 1", "350 acknowledged"});
  CHECK(run.Sent() == Lines{"50 page alice phone"});
  CHECK(run.recorder.all.back().by == "alice");
}

TEST_CASE("a millisecond later it is not") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(330'000);
  run.Acknowledge(350'001, "alice");
  CHECK(run.Taken("p1_climb") == Lines{"50 rung 1", "350 rung 2", "350 acknowledged"});
}

TEST_CASE("Clock runs the timers due by then, and says when the next one is") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(45'000);
  run.engine.Clock(349'999);
  CHECK(run.Taken("p1_climb") == Lines{"50 rung 1"});
  run.engine.Clock(350'000);
  CHECK(run.Taken("p1_climb") == Lines{"50 rung 1", "350 rung 2"});
  CHECK(run.engine.NextTimer() == 950'000);
}

TEST_CASE("an acknowledgement lapses, and the climb resumes at its rung") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(45'000);
  run.Acknowledge(60'000, "alice");
  run.RunTo(60'000 + 30 * kMinuteMs);
  CHECK(run.Sent() == Lines{"50 page alice phone", "1860 page alice phone"});
  CHECK(run.Of(DecisionKind::kSend)[1].step == "rung 1, ask 2");
}

TEST_CASE("when it is over exactly those hear who were told, and nothing is left") {
  OutageRun run;
  run.Up("eu", false);
  run.RunTo(345'000);
  run.Up("eu", true);
  run.RunTo(390'000);
  CHECK(run.Sent() == Lines{"50 page alice phone", "350 page bob phone", "350 page carol email",
                            "395 over alice sms", "395 over bob sms", "395 over carol email"});
  CHECK(run.engine.stats().instances == 3);
  CHECK(run.engine.NextTimer() == std::numeric_limits<values::Instant>::max());
  CHECK(run.Of(DecisionKind::kSend)[3].text == "over: Registry in eu is down");
  CHECK(run.Of(DecisionKind::kSend)[3].identity ==
        R"(support/told/registry_down{region="eu"}/1//over/alice)");
}

TEST_CASE("an event for nothing open is ignored in words, an unknown one is a problem") {
  OutageRun run;
  run.Up("eu", true);
  run.RunTo(60'000);
  CHECK(run.Acknowledge(70'000, "bob") == EventProblem::kNone);
  REQUIRE(run.recorder.all.size() == 1);
  CHECK(run.recorder.all[0].kind == DecisionKind::kIgnored);
  CHECK(run.recorder.all[0].because ==
        "nothing waits for `acknowledge`: no incident of `registry_down` is open for "
        R"({region="eu"})");
  CHECK(run.Acknowledge(70'000, "zoe") == EventProblem::kUnknownPerson);
  CHECK(run.Acknowledge(70'000, "bob", "mars") == EventProblem::kUnknownRow);
  CHECK(run.engine.TakeEvent(70'000, {"ack", "registry_down", Labels({{"region", "eu"}}), ""}) ==
        EventProblem::kUnknownEvent);
  CHECK(run.engine.TakeEvent(70'000, {"acknowledge", "P1", {}, ""}) == EventProblem::kUnknownAlert);
  CHECK(run.engine.TakeEvent(70'000, {"acknowledge", "registry_down", {}, ""}) ==
        EventProblem::kUnknownRow);
  CHECK(run.recorder.all.size() == 1);
}

TEST_CASE("two alerts over equal labels have incidents, and messages, of their own") {
  ir::Program program = OutagePolicy();
  ir::Machine again = program.machines[0];
  again.name = "registry_gone";
  again.headline = {};
  program.machines[1] = again;
  OutageRun run(program);
  run.Up("eu", false);
  run.RunTo(45'000);
  CHECK(run.Sent() == Lines{"50 page alice phone", "50 page alice phone"});
  CHECK(run.Of(DecisionKind::kSend)[0].identity != run.Of(DecisionKind::kSend)[1].identity);
  CHECK(run.Of(DecisionKind::kSend)[1].text == "registry_gone");
}

TEST_CASE("the order in which series arrive decides nothing") {
  auto decisions = [](bool reversed) {
    OutageRun run;
    run.reversed = reversed;
    for (const char* region : {"us", "eu", "ap"}) run.Up(region, false);
    run.Latency("web-2", 0.9);
    run.Latency("web-1", 0.9);
    run.RunTo(1'200'000);
    Lines lines;
    for (const auto& decision : run.recorder.all) {
      lines.push_back(std::to_string(decision.id) + " " + std::to_string(decision.at) + " " +
                      decision.key.str() + " " + decision.to.str() + " " + decision.identity.str());
    }
    return lines;
  };
  const Lines forward = decisions(false);
  CHECK(forward == decisions(true));
  REQUIRE(forward.size() > 20);
  CHECK(forward[0].find("ap") !=
        std::string::npos);  // not the declared order, which begins with us
  CHECK(forward[1].find("eu") != std::string::npos);
}
TEST_SUITE_END();
