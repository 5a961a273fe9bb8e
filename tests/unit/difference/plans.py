"""A small plan, edited: what `compare` says of it, in words."""

from __future__ import annotations

from functools import cache

from gridlang.schedule.difference import Difference, compare
from gridlang.schedule.model import Schedule
from tests.rules.plans import compiled

PLAN = """
relations life {
  level new   "New"   { when: not account.ever(purchase) }
  level loyal "Loyal" { when: count(purchase) >= 3  contact_every: 60d }
}
segment big   "Big"   { where: tier == "big" }
segment other "Other" { where: otherwise }
role target "Target" {}
role user   "User"   {}
person mum "Mum" { when: household_role == "mother"  motive: "Calm" }
person dad "Dad" { when: household_role == "father" }
map home "At home" {
  segment: big  phase: first
  roles { mum: user  dad: target, approver }
  influence { mum -> dad: strong }
}
calendar ours: std.calendars.denmark "Ours" {
  closed:   2027-06-04
  blackout: 2027-07-10 .. 2027-07-20
}
channel letterbox: plain "Letterbox" { days: monday, tuesday  hours: 09:00 .. 17:00
  quiet: 12:00 .. 13:00  cap: 2 per 7d }
channel pager: plain "Pager" { consent: required  address: mobile  cost: 2 DKK }
rule calm "Calm" { phase: second  forbid: letterbox  cap: 3 per 7d }
team desk "Desk" { members: "ann@example.dk", "bo@example.dk"  hours: 09:00 .. 17:00  days: workdays
  capacity: 9 per calendar day }
event shopped: purchase "Shopped" { from: web }
message note "Note" { subject: "A note" body: "One\\nTwo\\nThree" }
kpi sold "Sold" { counts: shopped  aim: 3 per calendar month  responsible: desk }
campaign greet "Greet" {
  segment: big
  phase: first
  role: target
  priority: 60
  holdout: 10%
  flow {
    hi: send letterbox note at 09:00
    ask "More?" within 3d { asked -> stop  begged -> call  nothing -> call }
    call: task plain goodbye by desk due 2 workdays { yes -> stop  no -> late }
    late: wait 3d
    choose "Who?" { tier == "a" -> send plain again  otherwise -> stop }
  }
}
campaign keep "Keep" { phase: second  flow { send plain hello  wait 2d  send other hello } }
test "A story" { starts: 2027-02-01 08:00  person per { first_name: "Per" tier: "big" }  enter first
  expect no letterbox to per }
"""
FIELDS = {"relations": "life", "calendar": "ours"}


@cache
def schedule(*edits: tuple[str, str], **plan: str) -> Schedule:
    """The plan after edits, each of a text that is there once."""
    text = PLAN
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return compiled(text, {**FIELDS, **plan})


def difference(*edits: tuple[str, str], **plan: str) -> Difference:
    return compare(schedule(), schedule(*edits, **plan))


def words(*edits: tuple[str, str], **plan: str) -> list[str]:
    """The sentences of the difference, cells and comments on order left out."""
    return [change.words for change in difference(*edits, **plan).changes if change.group != "cells"]
