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
    "  m: []\n  n: true == false\n  o: sum(x over 5m by (region)) of y\n  when: 1\n  for: 2\n  "
    "true: 3\n  p: clear(after: 1h)\n  clear (a) for 1m\n}\n",
    // Text.
    "x y {\n  a: \"{f(\"{b}\")} and \\{c\\} \\n\"\n  b: \"\"\"\n    Dear {name.first},\n    "
    "\"quoted\" and {a or \"b\"}\n"
    "    \"\"\"\n  c: \"\"\n}\n",
};

}  // namespace tocsin::testing
