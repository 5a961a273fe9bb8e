"""R22, R22a: counted arrows and repeats."""

from __future__ import annotations

import pytest

from tests.rules.plans import story


def test_r22_counts_jumps_over_the_arrow() -> None:
    """R22: `LABEL max 2 times else other`: two jumps, so three visits, then the other way."""
    text = """campaign c { flow {
      try: send plain hello
      wait 1d -> try max 2 times else end
      end: send plain goodbye
    } }"""
    assert story(text).sent == [
        ("2027-02-01 08:00", "hello"),
        ("2027-02-02 08:00", "hello"),
        ("2027-02-03 08:00", "hello"),
        ("2027-02-04 08:00", "goodbye"),
    ]


def test_r22_counts_anew_when_the_step_is_entered_by_another_arrow() -> None:
    """R22: since the step was last entered by another arrow."""
    text = """campaign c { flow {
      opening: send other again
      try: send plain hello
      wait 1d -> try max 1 times else outer
      outer: wait 1d -> opening max 1 times else end
      end: send plain goodbye
    } }"""
    # Day 0 again, hello; day 1 hello (the one jump); day 2 the jump is used up: outer; day 3 again, and `try` is
    # entered from above, so it counts anew: hello; day 4 hello; day 5 outer; day 6 its one jump is used up: goodbye.
    assert story(text).sent == [
        ("2027-02-01 08:00", "again"),
        ("2027-02-01 08:00", "hello"),
        ("2027-02-02 08:00", "hello"),
        ("2027-02-04 08:00", "again"),
        ("2027-02-04 08:00", "hello"),
        ("2027-02-05 08:00", "hello"),
        ("2027-02-07 08:00", "goodbye"),
    ]


def test_r22_calls_are_counted_anew_after_the_pool() -> None:
    """R22: a task called again once; from the pool it is entered by another arrow, so it counts anew."""
    text = """
    team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays }
    campaign c { flow {
      call: task plain hello by desk due 5 workdays {
        missed  -> wait 1 workday -> call max 1 times else pool
        reached -> stop
      }
      pool: wait 30d -> call
    } }
    """
    missed = [
        {"contact": "per", "at": at, "outcome": "missed", "step": "call"}
        for at in ("2027-02-01 10:00", "2027-02-02 11:00", "2027-03-05 12:00", "2027-03-08 13:00")
    ]
    told = story(text, events=missed, until="2027-05-01 00:00")
    # 1 Feb 09:00 called, 10:00 missed; + 1 workday: Tue 2 Feb 10:00 called (the one jump), 11:00 missed; + 1 workday:
    # Wed 3 Feb 11:00 the jump is used up: pool, + 30d: Fri 5 March 11:00 called (entered by another arrow), 12:00
    # missed; + 1 workday: Mon 8 March 12:00 called, 13:00 missed; Tue 9 March 13:00 pool; + 30d: Thu 8 April 13:00.
    # (From 28 March on it is summer time; the wall clock stays.)
    assert [when for when, _ in told.handed_out] == [
        "2027-02-01 09:00",
        "2027-02-02 10:00",
        "2027-03-05 11:00",
        "2027-03-08 12:00",
        "2027-04-08 13:00",
    ]


def turns(step: str, start: str, until: str, extra: str = "") -> list[str]:
    told = story(f"{extra} campaign c {{ flow {{ {step} }} }}", start=start, until=until)
    return [when for when, message in told.sent if message == "hello"]


@pytest.mark.parametrize(
    ("every", "start", "until", "expected"),
    [
        # k months from the 31st, always from the first moment: no drift to the 28th.
        (
            "1mo",
            "2027-01-31 10:00",
            "2027-06-01 00:00",
            ["2027-01-31 10:00", "2027-02-28 10:00", "2027-03-31 10:00", "2027-04-30 10:00", "2027-05-31 10:00"],
        ),
        # By R9: days keep the wall clock over daylight saving, hours do not.
        ("1d", "2027-03-27 10:00", "2027-03-29 00:00", ["2027-03-27 10:00", "2027-03-28 10:00"]),
        ("24h", "2027-03-27 10:00", "2027-03-29 00:00", ["2027-03-27 10:00", "2027-03-28 11:00"]),
        # A turn in the gap is put off and leaves the next where it was.
        (
            "1d",
            "2027-03-27 02:30",
            "2027-03-30 00:00",
            ["2027-03-27 02:30", "2027-03-28 03:00", "2027-03-29 02:30"],
        ),
        # k x 2 workdays from Friday 5 February: 2, 4, 6 business days after it.
        (
            "2 workdays",
            "2027-02-05 10:00",
            "2027-02-16 00:00",
            ["2027-02-05 10:00", "2027-02-09 10:00", "2027-02-11 10:00", "2027-02-15 10:00"],
        ),
    ],
)
def test_r22a_a_repeat_does_its_body_at_once_and_again_without_drift(
    every: str, start: str, until: str, expected: list[str]
) -> None:
    """R22a: at once, and again at reached + k x D, always from the first moment."""
    assert turns(f"repeat every {every} {{ send plain hello }}", start, until) == expected


def test_r22a_a_late_turn_moves_no_other() -> None:
    """R22a: no drift: a touch that waited for Tuesday leaves the next turn where it was."""
    rare = "channel rare: plain { days: tuesday }"
    # Turns Monday 1, 8, 15 February 10:00; each touch waits for Tuesday 00:00.
    assert turns("repeat every 1w { send rare hello }", "2027-02-01 10:00", "2027-02-17 00:00", rare) == [
        "2027-02-02 00:00",
        "2027-02-09 00:00",
        "2027-02-16 00:00",
    ]


def test_r22a_a_turn_that_passes_while_the_body_runs_is_dropped() -> None:
    """R22a: a turn whose moment passes while the body runs is dropped."""
    step = "repeat every 2d { send plain hello  wait 3d  send plain again }"
    # Turns on days 0, 2, 4, 6, 8. The body takes 3 days: the turns of days 2 and 6 pass meanwhile.
    assert turns(step, "2027-02-01 10:00", "2027-02-10 00:00") == [
        "2027-02-01 10:00",
        "2027-02-05 10:00",
        "2027-02-09 10:00",
    ]


@pytest.mark.parametrize(
    ("step", "start", "expected"),
    [
        # Not at once: on the dates of the series.
        (
            "repeat every 2w on tuesday at 10:00 from 2027-02-02 { send plain hello }",
            "2027-02-01 08:00",
            ["2027-02-02 10:00", "2027-02-16 10:00", "2027-03-02 10:00"],
        ),
        # Those before the step is reached are left out; the series keeps its weeks.
        (
            "repeat every 2w on tuesday at 10:00 from 2027-02-02 { send plain hello }",
            "2027-02-02 10:00:01",
            ["2027-02-16 10:00", "2027-03-02 10:00"],
        ),
        (
            "repeat every 2w on tuesday at 10:00 from 2027-02-02 { send plain hello }",
            "2027-02-02 10:00:00",
            ["2027-02-02 10:00", "2027-02-16 10:00", "2027-03-02 10:00"],
        ),
        # From a Monday: the first Tuesday is the 5th of January; every second one from there.
        (
            "repeat every 2w on tuesday at 10:00 from 2027-01-04 { send plain hello }",
            "2027-02-01 08:00",
            ["2027-02-02 10:00", "2027-02-16 10:00", "2027-03-02 10:00"],
        ),
        # `from` alone: every 10 days from that date, reached in between.
        (
            "repeat every 10d at 10:00 from 2027-01-29 { send plain hello }",
            "2027-02-01 08:00",
            ["2027-02-08 10:00", "2027-02-18 10:00", "2027-02-28 10:00"],
        ),
    ],
)
def test_r22a_a_series_of_dates(step: str, start: str, expected: list[str]) -> None:
    """R22a: with `on`/`from` the turns are the dates of that series that are not before the step is reached."""
    assert turns(step, start, "2027-03-06 00:00") == expected


def test_r22a_the_series_is_on_the_persons_clock() -> None:
    """R22a: the dates of that series on the person's clock."""
    step = "repeat every 1w on tuesday at 10:00 from 2027-02-02 { send plain hello }"
    told = story(
        f"campaign c {{ flow {{ {step} }} }}",
        [{"id": "per", "timezone": "America/New_York"}],
        until="2027-02-15 00:00",
    )
    assert told.sent == [("2027-02-02 10:00", "hello"), ("2027-02-09 10:00", "hello")]


def test_r22a_it_repeats_until_the_run_ends() -> None:
    """Language, repeat: until the run ends."""
    text = "campaign c { phase: first flow { repeat every 1w { send plain hello } } }"
    told = story(text, events=[{"contact": "per", "at": "2027-02-10 10:00", "event": "went_on"}])
    assert [when for when, _ in told.sent] == ["2027-02-01 08:00", "2027-02-08 08:00"]


def test_r22_without_else_the_flow_goes_on_below() -> None:
    """R22, language: a counted arrow without `else` that is used up goes on with the next step."""
    text = """campaign c { flow {
      try: send plain hello
      wait 1d -> try max 1 times
      send plain goodbye
    } }"""
    assert story(text).sent == [
        ("2027-02-01 08:00", "hello"),
        ("2027-02-02 08:00", "hello"),
        ("2027-02-03 08:00", "goodbye"),
    ]
