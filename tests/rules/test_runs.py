"""R6, R7: when runs start, how often, and what a goal does."""

from __future__ import annotations

import pytest

from tests.rules.plans import story


def asked(*moments: str) -> list[dict[str, str]]:
    return [{"contact": "per", "at": moment, "event": "asked"} for moment in moments]


BACK_AND_FORTH = """
campaign there { phase: second flow { wait 3d  move first } }
campaign c     { phase: first  REENTRY flow { send plain hello } }
"""
"""`went_on` takes the account to `second`; three days later it is back in `first`."""


def test_r6_a_run_starts_when_a_person_comes_to_stand_in_the_cell_and_never_later() -> None:
    """R6: a run starts on coming to stand in the cell; never by itself later."""
    told = story("campaign c { flow { send plain hello } }")
    assert told.sent == [("2027-02-01 08:00", "hello")]


def test_r6_starts_on_a_date() -> None:
    """R6: `starts:` delays the start within the cell."""
    assert story("campaign c { starts: 2027-02-10 flow { send plain hello } }").sent == [("2027-02-10 00:00", "hello")]


def test_r6_starts_by_an_attribute() -> None:
    """R6: `starts:` may be a date expression over attributes."""
    told = story(
        "campaign c { starts: day - 90d flow { send plain hello } }",
        [{"id": "per", "day": "2027-06-01"}, {"id": "without"}],
    )
    # 1 June - 90d = 3 March (31 + 30 + 29). Without the attribute there is no date, and no run.
    assert told.touches == [("2027-03-03 00:00", "per", "plain", "hello")]


def test_r6_a_date_passed_on_entry_starts_at_once() -> None:
    """R6: a date passed on entry starts at once."""
    assert story("campaign c { starts: 2027-01-10 flow { send plain hello } }").sent == [("2027-02-01 08:00", "hello")]


@pytest.mark.parametrize(
    ("moved", "sent"),
    [
        # In the cell before the date: on the date.
        ("2027-02-03 10:00", [("2027-02-10 00:00", "hello")]),
        # After it: at once.
        ("2027-02-15 10:00", [("2027-02-15 10:00", "hello")]),
    ],
)
def test_r6_a_date_counts_within_the_cell(moved: str, sent: list[tuple[str, str]]) -> None:
    """R6: the start is delayed within the cell, so outside the cell the date starts nothing."""
    text = "campaign c { phase: second starts: 2027-02-10 flow { send plain hello } }"
    assert story(text, events=[{"contact": "per", "at": moved, "event": "went_on"}]).sent == sent


def test_r6_a_date_after_the_cell_is_left_starts_nothing() -> None:
    """R6: who left the cell before the date has no run."""
    text = "campaign c { phase: first starts: 2027-02-10 flow { send plain hello } }"
    assert story(text, events=[{"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}]).touches == []


@pytest.mark.parametrize(
    ("moved", "sent"),
    [
        ("2027-03-10 10:00", [("2027-03-10 10:00", "hello")]),  # a range of dates includes its last day
        ("2027-03-11 00:00", []),
    ],
)
def test_r6_never_after_the_end_of_a_range(moved: str, sent: list[tuple[str, str]]) -> None:
    """R6: with `D .. E` never after E; dates include the last day."""
    text = "campaign c { phase: second starts: 2027-03-01 .. 2027-03-10 flow { send plain hello } }"
    assert story(text, events=[{"contact": "per", "at": moved, "event": "went_on"}]).sent == sent


LONG = "campaign c { starts: asked REENTRY flow { send plain hello  wait 5d  send plain again } }"


def test_r6_an_event_starts_a_run_each_time_none_is_open() -> None:
    """R6: an event starts a run each time none is open; `reentry: always` is the default."""
    events = asked("2027-02-02 10:00", "2027-02-04 10:00", "2027-02-08 10:00")
    told = story(LONG.replace("REENTRY", ""), events=events)
    # The run of the 2nd ends on the 7th; the question of the 4th falls into it, that of the 8th does not.
    assert told.sent == [
        ("2027-02-02 10:00", "hello"),
        ("2027-02-07 10:00", "again"),
        ("2027-02-08 10:00", "hello"),
        ("2027-02-13 10:00", "again"),
    ]


def test_r6_without_its_event_nothing_starts() -> None:
    """R6: `starts: EVENT` waits for the event."""
    assert story(LONG.replace("REENTRY", "")).touches == []


def test_r6_the_event_of_anybody_in_the_account_starts_it() -> None:
    """R6: an event of the account."""
    people = [{"id": "a", "account": "home"}, {"id": "b", "account": "home"}]
    events = [{"contact": "b", "at": "2027-02-02 10:00", "event": "asked"}]
    told = story("campaign c { starts: asked flow { send plain hello } }", people, events)
    assert told.sent_to == [("2027-02-02 10:00", "a"), ("2027-02-02 10:00", "b")]


def test_r6_once() -> None:
    """R6: `reentry: once`."""
    events = asked("2027-02-02 10:00", "2027-02-08 10:00")
    told = story(LONG.replace("REENTRY", "reentry: once"), events=events)
    assert told.sent == [("2027-02-02 10:00", "hello"), ("2027-02-07 10:00", "again")]


def test_r6_after_a_duration_from_the_end_of_the_last_run() -> None:
    """R6: `reentry: after DURATION`, from the end of the last run."""
    events = asked("2027-02-02 10:00", "2027-02-16 10:00", "2027-02-18 10:00")
    told = story(LONG.replace("REENTRY", "reentry: after 10d"), events=events)
    # The first run ends 7 February 10:00, so a new one may start from 17 February 10:00 on. (Counted from its start,
    # it could have started on the 16th.)
    assert told.sent == [
        ("2027-02-02 10:00", "hello"),
        ("2027-02-07 10:00", "again"),
        ("2027-02-18 10:00", "hello"),
        ("2027-02-23 10:00", "again"),
    ]


@pytest.mark.parametrize(
    ("reentry", "sent"),
    [
        # In `first` from 1 February 08:00; away from the 3rd 10:00 to the 6th 10:00.
        ("", [("2027-02-01 08:00", "hello"), ("2027-02-06 10:00", "hello")]),
        ("reentry: once", [("2027-02-01 08:00", "hello")]),
        # The run ended on the 1st at 08:00: 5 days are over on the 6th at 08:00, 10 days are not.
        ("reentry: after 5d", [("2027-02-01 08:00", "hello"), ("2027-02-06 10:00", "hello")]),
        # Too early on coming back; and a run never starts by itself later.
        ("reentry: after 10d", [("2027-02-01 08:00", "hello")]),
    ],
)
def test_r6_coming_back_to_the_cell(reentry: str, sent: list[tuple[str, str]]) -> None:
    """R6: reentry says whether a run starts again on coming back."""
    text = BACK_AND_FORTH.replace("REENTRY", reentry)
    assert story(text, events=[{"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}]).sent == sent


def test_r6_one_run_for_a_person_of_two_roles() -> None:
    """R6: one run at a time for a person, though they have two of its roles."""
    text = """
    person buyer "Buyer" { when: has(household_role) and household_role == "buyer" }
    map home { roles { buyer: target, approver } }
    campaign c { role: target, approver flow { send plain hello } }
    """
    told = story(text, [{"id": "per", "household_role": "buyer"}])
    assert told.sent == [("2027-02-01 08:00", "hello")]


def test_r6_a_campaign_with_show_is_one_run_for_the_plan() -> None:
    """R6: a campaign with `show` is one run for the plan, from `starts`; flights run side by side."""
    text = """
    campaign c { starts: 2027-03-01 flow { show tv hello for 3w  show outdoor again for 2w } }
    """
    told = story(text, [{"id": "a"}, {"id": "b"}], start="2027-01-04 00:00")
    # Two flights, however many people; the lead of tv (6w) lies before the start and delays nothing (R12).
    assert [(when, channel, message) for when, _, channel, message in told.touches] == [
        ("2027-03-01 00:00", "tv", "hello"),
        ("2027-03-01 00:00", "outdoor", "again"),
    ]


def test_r6_a_campaign_with_show_starts_with_the_period() -> None:
    """R6: without `starts` from the period's start."""
    told = story("campaign c { flow { show press hello for 3w } }", start="2027-01-04 00:00")
    assert told.touches == [("2027-01-04 00:00", "", "press", "hello")]


def test_r7_a_goal_measures_and_ends_nothing() -> None:
    """R7: `goal: event within D` measures, and ends nothing."""
    text = "campaign c { goal: asked within 10d flow { send plain hello  wait 5d  send plain again } }"
    people = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    events = [
        {"contact": "a", "at": "2027-02-03 10:00", "event": "asked"},  # in time
        {"contact": "b", "at": "2027-02-12 10:00", "event": "asked"},  # after 11 days
    ]
    told = story(text, people, events)
    assert told.execution.counts.goals == {"c": (1, 3)}
    assert [when for when, contact, _, _ in told.touches if contact == "a"] == ["2027-02-01 08:00", "2027-02-06 08:00"]


def test_r6_dates_are_on_the_persons_clock() -> None:
    """R6, R8: 10 February begins in New York at 06:00 in Copenhagen."""
    people = [{"id": "per", "timezone": "America/New_York"}]
    told = story("campaign c { starts: 2027-02-10 flow { send plain hello } }", people)
    assert told.sent == [("2027-02-10 00:00", "hello")]


def test_r6_coming_back_after_the_date_starts_at_once() -> None:
    """R6: a date that has passed starts at once, also on coming back; never after the end of a range."""
    text = """
    campaign there { phase: second flow { wait 3d  move first } }
    campaign c     { phase: first  starts: DATES flow { send plain hello } }
    """
    events = [{"contact": "per", "at": "2027-02-10 10:00", "event": "went_on"}]
    # Away from 10 February 10:00 to the 13th 10:00.
    assert story(text.replace("DATES", "2027-02-05"), events=events).sent == [
        ("2027-02-05 00:00", "hello"),
        ("2027-02-13 10:00", "hello"),
    ]
    assert story(text.replace("DATES", "2027-02-05 .. 2027-02-12"), events=events).sent == [
        ("2027-02-05 00:00", "hello")
    ]


def test_r6_the_end_of_a_range_may_be_an_attribute() -> None:
    """R6: `D .. E` are date expressions over attributes."""
    text = "campaign c { phase: second starts: day - 90d .. day flow { send plain hello } }"
    events = [{"contact": name, "at": "2027-03-05 10:00", "event": "went_on"} for name in ("early", "in_time", "late")]
    people = [
        {"id": "early", "day": "2027-07-01"},  # from 2 April (30 + 31 + 29 days before 1 July)
        {"id": "in_time", "day": "2027-03-05"},
        {"id": "late", "day": "2027-03-04"},
    ]
    assert story(text, people, events).sent_to == [("2027-03-05 10:00", "in_time"), ("2027-04-02 00:00", "early")]


def test_r6_an_event_outside_the_cell_starts_nothing() -> None:
    """R6: within the cell: an event that comes before the account stands there starts nothing later."""
    text = "campaign c { phase: second starts: asked flow { send plain hello } }"
    early = {"contact": "per", "at": "2027-02-02 10:00", "event": "asked"}
    move = {"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}
    late = {"contact": "per", "at": "2027-02-04 10:00", "event": "asked"}
    assert story(text, events=[early, move]).touches == []
    assert story(text, events=[early, move, late]).sent == [("2027-02-04 10:00", "hello")]


def test_r7_a_goal_counts_after_the_run_has_ended() -> None:
    """R7: the goal counts within its time, whether the run is still open or not."""
    text = "campaign c { goal: asked within 10d flow { send plain hello } }"
    events = [{"contact": "per", "at": "2027-02-05 10:00", "event": "asked"}]
    assert story(text, events=events).execution.counts.goals == {"c": (1, 1)}
