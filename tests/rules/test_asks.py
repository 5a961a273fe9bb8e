"""R19: diamonds on events, and the three ways to wait."""

from __future__ import annotations

import pytest

from tests.rules.plans import story

HOME = [
    {"id": "a", "account": "home", "household_role": "buyer"},
    {"id": "b", "account": "home", "household_role": "partner"},
]
MAP = """
person buyer   "Buyer"   { when: has(household_role) and household_role == "buyer" }
person partner "Partner" { when: has(household_role) and household_role == "partner" }
map home { roles { buyer: target, approver  partner: influencer } }
"""


def event(name: str, at: str, contact: str = "per") -> dict[str, str]:
    return {"contact": contact, "at": at, "event": name}


ASK = """campaign c { flow {
  send plain hello
  ask "Asked?" within 5d { asked -> send other again  nothing -> send other goodbye }
} }"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-02-03 10:00", ("2027-02-03 10:00", "again")),
        # An answer in the same second as the touch counts.
        ("2027-02-01 08:00:00", ("2027-02-01 08:00", "again")),
        # `within` runs from reaching the ask, Monday 08:00; its end, Saturday 08:00, excluded.
        ("2027-02-06 07:59:59", ("2027-02-06 07:59:59", "again")),
        ("2027-02-06 08:00:00", ("2027-02-06 08:00", "goodbye")),
        ("2027-02-20 10:00", ("2027-02-06 08:00", "goodbye")),
    ],
)
def test_r19_within(at: str, expected: tuple[str, str]) -> None:
    """R19: same second counts; the end of `within` is excluded; none: `nothing`, at its end."""
    assert story(ASK, events=[event("asked", at)]).sent == [("2027-02-01 08:00", "hello"), expected]


def test_r19_within_keeps_the_wall_clock() -> None:
    """R19, R9: 5d from Thursday 25 March 08:00 is Tuesday 08:00, an hour of elapsed time less."""
    assert story(ASK, start="2027-03-25 08:00").sent[1] == ("2027-03-30 08:00", "goodbye")


SINCE = """campaign c { flow {
  wait 1h
  STEP
  wait 2d
  ask "Asked?" within 5d { asked -> send other again  nothing -> send other goodbye }
} }"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # The touch is at 09:00; the ask is reached Wednesday 3 February 09:00. What is between them answers at once.
        ("2027-02-01 09:00", ("2027-02-03 09:00", "again")),
        ("2027-02-02 10:00", ("2027-02-03 09:00", "again")),
        ("2027-02-04 10:00", ("2027-02-04 10:00", "again")),
        # Before the touch does not count: nothing by Monday 8 February 09:00.
        ("2027-02-01 08:59:59", ("2027-02-08 09:00", "goodbye")),
    ],
)
def test_r19_from_the_runs_last_touch(at: str, expected: tuple[str, str]) -> None:
    """R19: `ask` sees events from the run's last touch."""
    told = story(SINCE.replace("STEP", "send plain hello"), events=[event("asked", at)])
    assert told.sent == [("2027-02-01 09:00", "hello"), expected]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-02-01 08:00:00", ("2027-02-03 09:00", "again")),
        ("2027-02-01 07:59:59", ("2027-02-08 09:00", "goodbye")),
    ],
)
def test_r19_else_from_the_runs_start(at: str, expected: tuple[str, str]) -> None:
    """R19: without a touch from the run's start."""
    assert story(SINCE.replace("STEP", ""), events=[event("asked", at)]).sent == [expected]


def test_r19_a_skipped_touch_is_no_touch() -> None:
    """R19: the last touch is one that was made: a skip in between resets nothing."""
    people = [{"id": "per", "email": "per@example.dk"}]
    told = story(SINCE.replace("STEP", "send email hello"), people, [event("asked", "2027-02-01 08:30")])
    assert told.skips == [("2027-02-01 09:00", "hello", "consent")]
    assert told.sent == [("2027-02-03 09:00", "again")]


def test_r19_from_the_last_hand_out() -> None:
    """R19: … or hand-out: events from the hand-out on, though before it there were some."""
    text = """
    team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays }
    campaign c { flow {
      call: task plain hello by desk due 2 workdays { helped -> wait 1d }
      ask "Asked?" within 5d { asked -> send other again  nothing -> send other goodbye }
    } }
    """
    done = {"contact": "per", "at": "2027-02-01 10:00", "outcome": "helped", "step": "call"}
    # Handed out 09:00, helped 10:00, the ask is reached Tuesday 10:00.
    told = story(text, events=[done, event("asked", "2027-02-01 08:30")])
    assert told.sent == [("2027-02-07 10:00", "goodbye")]
    told = story(text, events=[done, event("asked", "2027-02-01 09:30")])
    assert told.sent == [("2027-02-02 10:00", "again")]


def test_r19_another_runs_touch_is_not_this_runs() -> None:
    """R19: the run's last touch, not the person's."""
    text = """
    campaign c { flow {
      wait 2d
      ask "Asked?" within 5d { asked -> send other again  nothing -> send other goodbye }
    } }
    campaign d { flow { wait 1d  send plain hello } }
    """
    # The touch of `d` on Tuesday 08:00 is none of `c`: the question of Monday counts.
    told = story(text, events=[event("asked", "2027-02-01 09:00")])
    assert told.sent == [("2027-02-02 08:00", "hello"), ("2027-02-03 08:00", "again")]


TWO = """campaign c { flow {
  send plain hello
  wait 3d
  ask "Which?" within 5d {
    asked   -> send other again
    begged  -> send other goodbye
    nothing -> stop
  }
} }"""


@pytest.mark.parametrize(
    ("asked", "begged", "message"),
    [
        ("2027-02-02 10:00", "2027-02-03 10:00", "again"),
        ("2027-02-03 10:00", "2027-02-02 10:00", "goodbye"),  # earliest wins, not the first arm
        ("2027-02-02 10:00", "2027-02-02 10:00", "again"),  # a tie: in order of arms
    ],
)
def test_r19_the_earliest_wins_ties_in_order_of_arms(asked: str, begged: str, message: str) -> None:
    """R19: earliest wins, ties in order of arms."""
    told = story(TWO, events=[event("asked", asked), event("begged", begged)])
    assert told.sent[1:] == [("2027-02-04 08:00", message)]


USED = """campaign c { flow {
  ask "One?" within 5d { asked -> two  nothing -> stop }
  two: ask "Two?" within 2d { asked -> send other again  nothing -> send other goodbye }
} }"""


def test_r19_an_event_is_used_up_for_the_run() -> None:
    """R19: used up for this run: the next ask waits for another one."""
    once = [event("asked", "2027-02-02 10:00")]
    # The second ask is reached Tuesday 10:00; nothing more by Thursday 10:00.
    assert story(USED, events=once).sent == [("2027-02-04 10:00", "goodbye")]
    # Two equal rows without ids are two events (inputs): one for each ask.
    assert story(USED, events=[*once, *once]).sent == [("2027-02-02 10:00", "again")]


def test_r19_used_up_for_this_run_only() -> None:
    """R19: another run sees the same event."""
    text = ASK + ASK.replace("campaign c", "campaign d")
    told = story(text, events=[event("asked", "2027-02-03 10:00")])
    assert [when for when, message in told.sent if message == "again"] == ["2027-02-03 10:00"] * 2


def test_r19_an_event_that_starts_from_the_arms_event_answers() -> None:
    """Language, event: one that starts from another is also that one, for asks."""
    text = f"event pleaded: asked {{ from: web }} {ASK}"
    assert story(text, events=[event("pleaded", "2027-02-03 10:00")]).sent[1] == ("2027-02-03 10:00", "again")


@pytest.mark.parametrize(("of", "message"), [("", "goodbye"), ("of account", "again")])
def test_r19_of_account(of: str, message: str) -> None:
    """R19: `ask` sees events of this person; `of account`: anyone's."""
    text = ASK.replace("campaign c {", "campaign c { role: target").replace('ask "', f'ask {of} "')
    told = story(MAP + text, HOME, [event("asked", "2027-02-03 10:00", "b")])
    assert [message for _, message in told.sent] == ["hello", message]


# --- waiting ---------------------------------------------------------------------------------------------------------

WAIT_FOR = "campaign c { flow { wait 1d  wait for asked within 5d  send plain hello } }"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-02-03 10:00", "2027-02-03 10:00"),  # goes on at the event
        ("2027-02-01 10:00", "2027-02-02 08:00"),  # since the run's start, as `ask` sees it: at once
        ("2027-02-07 08:00", "2027-02-07 08:00"),  # at the end of within, event or not
        ("2027-01-20 10:00", "2027-02-07 08:00"),  # Tuesday 08:00 + 5d = Sunday 08:00
    ],
)
def test_r19_wait_for(at: str, expected: str) -> None:
    """R19: `wait for` sees events as `ask` does, and goes on at the event or at the end of `within`."""
    assert story(WAIT_FOR, events=[event("asked", at)]).sent == [(expected, "hello")]


WAIT_OF_ROLE = f"""{MAP} campaign c {{ role: target flow {{
  wait 2d
  send plain hello
  wait for asked of influencer within 5d
  send other again
}} }}"""


@pytest.mark.parametrize(
    ("contact", "at", "expected"),
    [
        ("b", "2027-02-04 10:00", "2027-02-04 10:00"),
        # From the run's start, though the last touch is later: Wednesday 08:00 at once.
        ("b", "2027-02-02 10:00", "2027-02-03 08:00"),
        # Only of those persons: Wednesday 08:00 + 5d.
        ("a", "2027-02-04 10:00", "2027-02-08 08:00"),
    ],
)
def test_r19_wait_for_of_a_role(contact: str, at: str, expected: str) -> None:
    """R19: `of ROLE`: of those persons, from the run's start."""
    told = story(WAIT_OF_ROLE, HOME, [event("asked", at, contact)])
    assert told.sent == [("2027-02-03 08:00", "hello"), (expected, "again")]


@pytest.mark.parametrize(
    ("until", "start", "expected"),
    [
        ("wednesday", "2027-02-01 08:00", "2027-02-03 00:00"),
        ("wednesday at 10:00", "2027-02-01 08:00", "2027-02-03 10:00"),
        ("monday at 10:00", "2027-02-01 08:00", "2027-02-01 10:00"),
        ("2027-02-10", "2027-02-01 08:00", "2027-02-10 00:00"),
        ("2027-02-10 at 10:00", "2027-02-01 08:00", "2027-02-10 10:00"),
        ("day - 2d", "2027-02-01 08:00", "2027-03-03 00:00"),
        ("fair", "2027-02-01 08:00", "2027-02-17 00:00"),
        ("fair at 09:30", "2027-02-18 08:00", "2027-06-02 09:30"),
        # A moment passed does not wait.
        ("2027-01-10", "2027-02-01 08:00", "2027-02-01 08:00"),
        ("2027-02-01 at 07:00", "2027-02-01 08:00", "2027-02-01 08:00"),
        ("day - 2d", "2027-03-04 08:00", "2027-03-04 08:00"),
        ("fair", "2027-07-01 08:00", "2027-07-01 08:00"),
    ],
)
def test_r19_wait_until(until: str, start: str, expected: str) -> None:
    """R19: `wait until` takes a weekday, a named day or a date expression; a moment passed does not wait."""
    text = f"""
    calendar house: std.calendars.denmark {{ day fair {{ dates: 2027-02-17, 2027-06-02 }} }}
    campaign c {{ flow {{ wait until {until}  send plain hello }} }}
    """
    told = story(text, [{"id": "per", "day": "2027-03-05"}], start=start, plan={"calendar": "house"})
    assert told.sent == [(expected, "hello")]


def test_r19_wait_until_is_on_the_persons_clock() -> None:
    """R19, R8: midnight of the person's clock."""
    text = "campaign c { flow { wait until 2027-02-10  send plain hello } }"
    told = story(text, [{"id": "per", "timezone": "America/New_York"}])
    assert told.sent == [("2027-02-10 00:00", "hello")]


def test_r19_an_arm_of_several_events() -> None:
    """Language, ask: an arm may name several events; the earliest of all answers."""
    text = """campaign c { flow {
      ask "Which?" within 5d { asked, begged -> send other again  nothing -> send other goodbye }
    } }"""
    told = story(text, events=[event("begged", "2027-02-02 10:00"), event("asked", "2027-02-03 10:00")])
    assert told.sent == [("2027-02-02 10:00", "again")]


def test_r19_wait_for_uses_its_event_up() -> None:
    """R19: `wait for` sees events as `ask` does: what it waited for is used up for this run."""
    text = """campaign c { flow {
      wait for asked within 5d
      ask "Again?" within 5d { asked -> send other again  nothing -> send other goodbye }
    } }"""
    told = story(text, events=[event("asked", "2027-02-03 10:00")])
    assert told.sent == [("2027-02-08 10:00", "goodbye")]


def test_r19_derived_events_answer_too() -> None:
    """R5a, R19: an event that is worked out happens to the person, and an ask sees it."""
    text = """
    event keen { when: count(asked) >= 2 }
    campaign c { flow { ask "Keen?" within 5d { keen -> send other again  nothing -> send other goodbye } } }
    """
    events = [event("asked", "2027-02-02 10:00"), event("asked", "2027-02-03 10:00")]
    assert story(text, events=events).sent == [("2027-02-03 10:00", "again")]


def test_r19_within_is_on_the_persons_clock() -> None:
    """R19, R9: New York changes on 14 March: 5d from Friday 12 March 08:00 there is Wednesday 08:00 there."""
    told = story(ASK, [{"id": "per", "timezone": "America/New_York"}], start="2027-03-12 14:00")
    assert told.sent == [("2027-03-12 08:00", "hello"), ("2027-03-17 08:00", "goodbye")]
