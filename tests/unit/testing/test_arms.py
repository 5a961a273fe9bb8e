"""The arms of a plan, and which of them the tests take."""

from __future__ import annotations

from gridlang.runtime import testing
from gridlang.schedule.model import Schedule
from tests.rules.plans import compiled
from tests.unit.testing.plans import PER, schedule

ALL = [
    '"More?": asked',
    '"More?": begged',
    '"More?": nothing',
    "call: yes",
    "call: no, maybe",
    "-> call max 1 times: again",
    "-> call max 1 times: else",
]
EDGES = ["journey, first: -> second", "journey, first: -> third", "journey, second: -> first"]
EDGES += ["journey, second: -> third", "journey, third: -> first"]


def untaken(lines: str) -> list[str]:
    made = schedule(lines)
    return [arm.text for arm in testing.untaken(made, [testing.run(made, made.tests[0])])]


def flow(arms: list[str]) -> list[str]:
    return [arm.removeprefix("campaign greet, ") for arm in arms if arm.startswith("campaign")]


def test_every_arm_is_one() -> None:
    made = schedule("expect send plain hello")
    assert flow([arm.text for arm in testing.arms(made)]) == ALL
    assert sorted(arm.text for arm in testing.arms(made) if not arm.campaign) == EDGES


def test_an_arm_stands_where_it_was_written() -> None:
    made = schedule("expect send plain hello")
    (arm,) = (arm for arm in testing.arms(made) if arm.said == "begged")
    place = made.places[arm.place]
    assert (place.file, place.declaration) == ("plan.grid", "campaign greet")


def test_silence_takes_nothing() -> None:
    left = untaken("expect send plain hello")
    assert flow(left) == [each for each in ALL if each != '"More?": nothing']
    assert [each for each in left if each.startswith("journey")] != []


def test_an_answer_takes_its_arm_and_a_move_its_edge() -> None:
    left = untaken("on 2027-02-02 12:00 per asked\nexpect move second")
    assert flow(left) == ALL[1:]
    assert "journey, first: -> second" not in left
    assert "journey, second: -> third" in left


def test_any_outcome_of_an_arm_takes_it_and_counted_arrows_are_two() -> None:
    called = "on 2027-02-04 10:00 per answers no to call\n"
    assert flow(untaken(called + "expect send plain hello")) == [ALL[0], ALL[1], ALL[3], ALL[6]]
    again = called + "on 2027-02-04 11:00 per answers maybe to call\n"
    assert flow(untaken(again + "expect send plain hello")) == [ALL[0], ALL[1], ALL[3]]


def forks(lines: str, tier: str = "low") -> tuple[Schedule, list[str]]:
    text = f"""
    campaign fork {{ phase: first  flow {{
      choose "Which?" {{ tier == "high" -> send plain hello  otherwise -> send plain again }}
      split "Which half?" {{ 100% -> send plain goodbye }}
      send email hello else other
      stop
      other: task phone hello by desk due 1 workdays {{ yes -> stop  overdue -> stop }}
    }} }}
    team desk "Desk" {{ members: "ann@example.dk" }}
    test "A" {{ starts: 2027-02-01 08:00
      person per {{ first_name: "Per"  tier: "{tier}"  mobile: "+45"  consent: phone }}
      enter first
      {lines}
    }}"""
    made = compiled(text)
    told = testing.run(made, made.tests[0])
    assert told.holds, told
    return made, [arm.said for arm in testing.untaken(made, [told]) if arm.campaign]


def test_choose_split_else_and_overdue() -> None:
    assert forks("expect send plain again")[1] == ['tier == "high"', "yes"]
    assert forks("expect send plain hello", "high")[1] == ["otherwise", "yes"]
    answered = "on 2027-02-01 10:00 per answers yes to other expect send plain again"
    assert forks(answered)[1] == ['tier == "high"', "overdue"]


def test_the_journeys_own_edge_takes_the_arm_that_is_drawn() -> None:
    """R3 uses the event up, so that no `ask` sees it; the arm `went_on -> move second` was taken all the same."""
    made = compiled(f"""
    campaign wait {{ phase: first  flow {{
      send web_page hello
      ask "Did he go on?" within 3d {{ went_on -> move second  nothing -> stop }}
    }} }}
    channel web_page: plain "Page" {{}}
    test "A" {{ starts: 2027-02-01 08:00  {PER}  enter first
      on 2027-02-02 12:00 per went_on
      expect 2027-02-02 12:00 move second
    }}""")
    told = testing.run(made, made.tests[0])
    assert told.holds
    assert [arm.said for arm in testing.untaken(made, [told]) if arm.campaign] == ["nothing"]


def test_what_one_test_takes_is_taken() -> None:
    asked, silent = schedule("on 2027-02-02 12:00 per asked\nexpect move second"), schedule("expect send plain hello")
    both = [testing.run(made, made.tests[0]) for made in (asked, silent)]
    left = [arm.text for arm in testing.untaken(asked, both)]
    assert flow(left) == [ALL[1], *ALL[3:]]


def test_the_arms_of_a_flow_that_is_run_twice_say_which_run() -> None:
    made = compiled(f"""
    flow invite(how: Channel) {{
      send how hello
      ask "Yes or/and: no?" within 3d {{ asked -> stop  nothing -> later }}
      later: wait 1d
    }}
    campaign twice {{ phase: first  flow {{ run invite(plain)  second: run invite(letterbox) }} }}
    channel letterbox: plain "Letterbox" {{}}
    test "A" {{ starts: 2027-02-01 08:00  {PER}  enter first  expect send plain hello }}""")
    assert [arm.text for arm in testing.arms(made) if arm.campaign] == [
        'campaign twice, run invite, "Yes or/and: no?": asked',
        'campaign twice, run invite, "Yes or/and: no?": nothing',
        'campaign twice, run second, "Yes or/and: no?": asked',
        'campaign twice, run second, "Yes or/and: no?": nothing',
    ]
