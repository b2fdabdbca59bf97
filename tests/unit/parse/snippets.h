// Texts without mistakes that together use every form of the grammar.
#pragma once

namespace tocsin::testing {

inline constexpr const char* kSnippets[] = {
    // Declarations.
    "policy shop \"The shop\" { edition: 1  timezone: \"UTC\" }\nlabel host : up_to(50)\nsuppose\n "
    " x\n",
    "signal errors : ratio by (service, region) = drop(sum(calls over 5m))\nsignal up : bool by "
    "(host) { stale: 45s }\n",
    "action restart(host: string, times: count, force) { via: automation }\n"
    "audience hit : customer = customers where uses(incident.services) and plan == gold\n",
    "kind tier \"A level\" {\n"
    "  field respond \"how soon\" : duration\n"
    "  field turn \"when it passes on\" : turn = weekly(Mon 09:00)\n"
    "  rows rung \"who\" { ordered: true  field page \"...\" : recipients }\n"
    "  clause when \"what is wrong\" : bool\n"
    "  clause clear { least: 1 }\n"
    "  field until \"the last day\" : date\n  field by \"who\" : person\n"
    "}\n",
    // Clauses.
    "alert slow {\n  level: low\n  when not up for 30s do page(ops)\n  clear load < 3 for 10m\n"
    "  unless down matching (region, host)\n}\n",
    "plan p {\n  on exhausted do { page(a); tell(b, via: sms) }\n  at 80% do f() retry 3 every 30s "
    "else "
    "{ g() }\n"
    "  every 30m..60m until resolved do f() else g() else h()\n  after 15m while firing(x) do "
    "f()\n}\n",
    "test \"it climbs\" {\n  up{region: eu} = true, then false at 0s, then true at 50m\n"
    "  within 45s expect told(ceo)\n  before 5m expect no paged(L2)\n  expect no lost(x)\n  expect "
    "all(up)\n}\n",
    "lifecycle t {\n  open -> closed on fix.done(by: ops), after 7d, when known(x) if y > 1 do "
    "f()\n"
    "  P1 when a or b\n  P4 otherwise\n  start { f(); g() }\n  steps \"named\" { f() }\n}\n",
    // Tables.
    "table tier\n| name | title | for | when |\n|------|:-----:|---|---|\n| L1 | \"Basic\" | -5 | "
    "|\n| | | not a | [x, y] |\n",
    "schedule s {\n  table shift # comment\n  | people | turn |\n  # between\n  | [a, b] | "
    "daily(08:00) | # after\n  gaps: x\n}\n",
    // Expressions.
    "x y {\n  a: -1 + 2 * 3 / 4 - (5 - 6)\n  b: 99.99% per month\n  c: Mon..Fri 08:00..16:00 + Sat "
    "10:00..14:00 - d\n"
    "  d: a.b(c).d{e: f}.over\n  e: 1h30m..2026-12-24\n  f: not a in [b] and c not in (d, e) or f "
    "where g\n"
    "  g: if a then b else if c then d else e\n  h: a -> b -> c\n  i: 50/h  j: 10GiB  k: 3sigma  "
    "l: 2026-12-24T09:00Z\n"
    "  m: []\n  n: true == false\n  o: sum(x over 5m by (region)) of y / z matching (region)\n  "
    "when: 1\n  for: 2\n  "
    "true: 3\n  p: clear(after: 1h)\n  clear (a) for 1m\n}\n",
    // Text.
    "x y {\n  a: \"{f(\"{b}\")} and \\{c\\} \\n\"\n  b: \"\"\"\n    Dear {name.first},\n    "
    "\"quoted\" and {a or \"b\"}\n"
    "    \"\"\"\n  c: \"\"\n}\n",
    R"(template outage_notice(outage, reader) "What readers are sent" {
  subject: "{if outage.severe}URGENT: {else if outage.planned}Planned: {else}{end}{outage.id}"
  short:   "{for s in outage.services}{s}, {else}nothing{end}"
  body: """
    Dear {reader.name},
    {for update in outage.updates where update.public}
    - {time(update.at, reader.timezone)}: {update.text}
    {if update.next > 1h and not update.last}
      "more" at {update.next}
    {end}
    {else}
    There is no news: {if reader.asks then "write" else "wait"}.
    {end}
    """
}
)",
    // What teams write down.
    R"(escalation night_climb {
  starts: opened
  ends:   acknowledged
  table rung
  | page                     | answer_within | only         |
  |--------------------------|---------------|--------------|
  | on_call(first)           | 7m            |              |
  | [on_call(second), chief] | 12m           | office_hours |
  rounds: 3
  on rejected  do next_rung()
  on exhausted do page(owner, via: phone)
}
calendar office_hours {
  open: Mon..Thu 08:30..17:00 + Fri 08:30..13:00 - holidays  but: 2026-12-24..2027-01-02
}
schedule round_the_world "Who is awake" for second {
  table shift
  | people          | during       | turn              |
  | [ida, jon, kit] | lima_day     | daily             |
  | [lou]           | office_hours | weekly(Tue 07:00) |
  overlap: first
  table cover
  | away | instead | during                 |
  | ida  | kit     | 2026-07-01..2026-07-14 |
}
)",
    R"(clock repair for ticket {
  due:    severity.repair
  pauses: state == waiting or closed_for(customer)
  at 75%  do notify(owner, using: warning)
  at 100% do page(chief)
}
plan gold "Gold" {
  uptime: 99.95% per month
  down:   gate_down.firing or door_down.firing
  except: maintenance(up_to: 6h per month, notice: 2d)
  fee:    49.90EUR  limit: 200USD  season: 1w  age: 1y  wait: 100ms
  table credit
  | below  | pays                  |
  | 99.95% | 20% of customer.fee   |
  | 99%    | 150% of customer.fee  |
}
objective api { good: ok  total: requests  target: 99.9% over 30d }
alert budget {
  table arm
  | level  | long | short | burn |
  | page   | 1h   | 5m    | 14.4 |
  | ticket | 3d   | 6h    | 1    |
  level: arm.level
  when burn(api over arm.long) > arm.burn and burn(api over arm.short) > arm.burn
}
alert peak {
  when expected(visits, season: 1w, ahead: 1d) > 150% of avg(visits over 1d) for 1h
  needs: 4w  until_ready: quiet
}
)",
    R"(playbook gate_outage "The gate is down" for P1 {
  one_per: (region, gate)
  start { page(on_call(first)); open_room(); notify(owner, via: phone) }
  step look  "Look at the other gate" { confirm(first, within: 5m) else escalate(to: second) }
  step swing "Swing over" { swing(to: "other") retry 3 every 30s else escalate(to: chief) }
  step hold "Watch" { hold(strain < 1%, lasting: 30m) else again(swing, at_most: 2) }
  on ended do cancel_pending()
}
communication news for P1 {
  to: readers
  after 15m                     do tell(using: outage_notice)
  every 30m..60m until resolved do tell(using: outage_notice) else page(chief)
  on closed                     do fill(review, by: second, within: 24h) else notify(owner)
}
lifecycle ticket {
  fields { cause: optional(text)  owner: optional(person) }
  open    -> working on start, when known(owner)
  working -> waiting on ask
  waiting -> done    on after 14d do tell(customer, using: closed_silently)
  working -> done    on fix if known(cause)
  done    -> closed  on confirm, after 7d
  final: closed
}
classify ticket {
  P1 when scope == everywhere or has_any(tags, [loss, breach])
  P2 when customer.plan == gold and has_any(tags, [broken])
  P4 otherwise
  on upgraded do reroute(keep_clock: true)
}
)",
    R"(certification keeper "Certified keeper" { valid: 1y  proof: [exam(gates), project(outage)] }
person ida { contact: [phone(ida_phone), sms(ida_phone)]  holds: [keeper(since: 2026-03-01)] }
tier_rule keepers_only { require(serves(second), holds: keeper, ahead: 90d) else notify(trainer) }
test "nobody answers, then Ida does" {
  gate_up{gate: "north"} = true, then false at 0s, then true at 50m
  suppose first { answers: never }
  suppose ida   { answers: 4m  confirms: 2m }
  suppose sms   { down: 0s..10m }
  within 45s expect paged(jon) and told(owner){gate: north}
  before 10m expect no paged(second)
  at 60m     expect told_over(owner)
}
duty review "Review each page" {
  of: page  every: 90d  who: page.owner  lasting: 5d  says: "Review {page.title}"
}
machine freeze for region {
  fields { reason: text }
  thawed -> frozen on frost do notify(chief, using: frozen)
  frozen -> thawed on thaw, after 4h
}
accept missing_cover "The second tier sleeps at night" { at: night_climb  until: 2027-03-01 }
heartbeat outside { every: 1m  to: dead_mans_switch }
audience readers : customer = customers where uses(outage.services) and plan == gold
signal opened : counter = count(incident.opened) by (severity)
)",
};

}  // namespace tocsin::testing
