"""R22, R22a, R23, R24, R27: loops, turns, rounds, names, ends."""

from __future__ import annotations

import hashlib
from typing import Any

from gridlang.runtime.reference import identity
from gridlang.schedule import steps as st
from tests.unit.runtime.plans import (
    answered,
    ask,
    at,
    campaign,
    cap,
    contact,
    days,
    edge,
    happened,
    journey,
    move,
    moves,
    rule,
    run,
    schedule,
    send,
    skips,
    task,
    touches,
    wait,
)


def jump(id: str, target: str, times: int, otherwise: str | None) -> st.Jump:
    return st.Jump(id=id, place=0, next=target, times=times, otherwise=otherwise)


def test_r22_a_counted_arrow() -> None:
    steps = (send("again"), wait("1d", next="more"), jump("more", "again", 3, "end"), st.Stop(id="end", place=0))
    assert days(run(schedule(campaign("c", *steps)))) == [f"2027-02-0{day} 08:00" for day in (1, 2, 3, 4)]


def test_r22_counts_since_the_step_was_last_entered_by_another_arrow() -> None:
    steps = (
        send("top"),
        wait("1d", next="more"),
        jump("more", "top", 1, "pause"),
        wait("10d", id="pause", next="top"),
    )
    made = days(run(schedule(campaign("c", *steps)), until="2027-02-25 00:00"))
    # Twice a day apart, then eleven days' pause, and the count begins anew.
    assert made == [f"2027-02-{day} 08:00" for day in ("01", "02", "13", "14")]


def every(duration: str, *body: Any, **fields: Any) -> Any:
    ids = tuple(step.id for step in body)
    repeat = st.Repeat(id="repeat", place=0, every=duration, body=ids[0], body_steps=ids, **fields)
    return schedule(campaign("c", repeat, *body))


def first(count: int, plan: Any, **given: Any) -> list[str]:
    return days(run(plan, **given))[:count]


def test_r22a_at_once_and_again_without_drift() -> None:
    assert first(3, every("4w", send())) == ["2027-02-01 08:00", "2027-03-01 08:00", "2027-03-29 08:00"]
    # 31 January + k months, always from the first moment: the last day of each month.
    monthly = first(4, every("1mo", send()), start="2027-01-31 10:00")
    assert monthly == ["2027-01-31 10:00", "2027-02-28 10:00", "2027-03-31 10:00", "2027-04-30 10:00"]


def test_r22a_a_turn_whose_moment_passes_while_the_body_runs_is_dropped() -> None:
    assert first(3, every("2d", wait("3d"), send())) == ["2027-02-04 08:00", "2027-02-08 08:00", "2027-02-12 08:00"]
    # One that falls on the very second in which the body ends has not passed.
    assert first(3, every("3d", wait("3d"), send())) == ["2027-02-04 08:00", "2027-02-07 08:00", "2027-02-10 08:00"]


def test_r22a_on_a_weekday_from_a_date() -> None:
    tuesdays = {"weekday": 1, "at": "10:00"}
    assert first(2, every("2w", send(), **tuesdays)) == ["2027-02-02 10:00", "2027-02-16 10:00"]
    # From 12 January the Tuesdays of the series are 12 and 26 January, 9 February: the first not before Monday the 1st.
    assert first(2, every("2w", send(), **tuesdays, start="2027-01-12")) == ["2027-02-09 10:00", "2027-02-23 10:00"]
    later = first(2, every("1mo", send(), start="2027-03-31"))
    assert later == ["2027-03-31 00:00", "2027-04-30 00:00"]


def test_r22a_a_repeat_of_no_time_ends_after_its_first_turn() -> None:
    assert days(run(every("0d", wait("1d"), send()))) == ["2027-02-02 08:00"]


def test_r22a_goes_on_until_the_run_ends() -> None:
    plan = schedule(
        campaign("c", *every("1w", send()).campaigns[0].steps, phases=("contact",)),
        journey=journey(edge("contact", "sale", "clicked")),
    )
    assert days(run(plan, happened("2027-02-16 09:00", "clicked"))) == [
        "2027-02-01 08:00",
        "2027-02-08 08:00",
        "2027-02-15 08:00",
    ]


def test_r22a_a_diamond_in_the_body_ends_the_turn() -> None:
    body = (ask("q", "2d", ("replied", "s"), nothing=None), send("s"))
    plan = every("1w", *body)
    # In the first turn nobody answers; in the second the answer comes on Tuesday.
    assert days(run(plan, happened("2027-02-09 09:00", "replied"), until="2027-02-20 00:00")) == ["2027-02-09 09:00"]


def test_r23_events_come_before_decisions_and_decisions_before_touches() -> None:
    plan = schedule(
        campaign("c", wait("1d"), send(), phases=("contact",)), journey=journey(edge("contact", "sale", "clicked"))
    )
    # The click comes in the very second in which the touch would be made: the run has ended.
    assert days(run(plan, happened("2027-02-02 08:00", "clicked"))) == []


def test_r23_the_first_move_wins() -> None:
    plan = schedule(
        campaign("late", wait("1d"), move("go", "loyalty"), phases=("contact",)),
        campaign("soon", wait("1d"), move("go", "sale"), phases=("contact",), priority=60),
    )
    assert moves(run(plan))[1:] == ["2027-02-02 08:00 contact>sale"]
    booked = schedule(
        campaign("soon", wait("1d"), move("go", "sale"), phases=("contact",)),
        journey=journey(edge("contact", "standby", "clicked")),
    )
    assert moves(run(booked, happened("2027-02-02 08:00", "clicked")))[1:] == ["2027-02-02 08:00 contact>standby"]


def test_r23_two_events_of_one_second_may_walk_two_edges() -> None:
    way = journey(edge("contact", "sale", "replied"), edge("sale", "loyalty", "ordered"))
    rows = (happened("2027-02-02 08:00", "ordered"), happened("2027-02-02 08:00", "replied"))
    expected = ["2027-02-02 08:00 contact>sale", "2027-02-02 08:00 sale>loyalty"]
    assert moves(run(schedule(journey=way), *rows))[1:] == expected


def test_r23_entering_a_phase_twice_in_one_instant_is_spinning() -> None:
    plan = schedule(
        campaign("out", wait("1d"), move("go", "sale"), phases=("contact",)),
        campaign("back", move("go", "contact"), phases=("sale",)),
        campaign("on", move("go", "sale"), phases=("contact",), starts=None, priority=10),
    )
    execution = run(plan, entries={"home": "standby"})
    assert moves(execution) == ["2027-02-01 08:00 >standby"]
    execution = run(plan, entries={"home": "sale"})
    # It enters sale; back moves to contact; on would enter sale again in the same second.
    assert moves(execution)[:2] == ["2027-02-01 08:00 >sale", "2027-02-01 08:00 sale>contact"]
    assert execution.issues[0].code == "spinning"
    # Next day `out` moves on: contact was not entered in that second, nor sale.
    assert moves(execution)[2:4] == ["2027-02-02 08:00 contact>sale", "2027-02-02 08:00 sale>contact"]


def test_r23_each_touch_is_made_alone() -> None:
    # The first touch goes on to a move, which ends the second run before its touch.
    plan = schedule(
        campaign("one", send("a", message="hello"), move("go", "sale"), phases=("contact",), priority=80),
        campaign("two", send("b", message="again"), phases=("contact",)),
    )
    assert touches(run(plan)) == ["2027-02-01 08:00 post hello per"]


def test_a_flow_in_which_no_time_passes_ends_with_an_issue() -> None:
    there, back = jump("a", "b", 10**9, None), jump("b", "a", 10**9, None)
    execution = run(schedule(campaign("c", there, back)))
    assert [issue.code for issue in execution.issues] == ["spinning"]


def test_r24_ids_are_the_first_20_hex_digits_of_sha_256() -> None:
    text = "small\x1fper\x1fc\x1fagain\x1f2"
    expected = hashlib.sha256(text.encode()).hexdigest()[:20]
    steps = (send("again"), wait("1d", next="more"), jump("more", "again", 1, None))
    execution = run(schedule(campaign("c", *steps)))
    assert [(row.visit, row.id) for row in execution.touches][1] == (2, expected)
    # NFC: å as one letter or as two is the same contact.
    assert identity.row_id("p", "a\u030a", "c", "s", 1) == identity.row_id("p", "å", "c", "s", 1)


def test_r24_visits_count_over_runs() -> None:
    plan = schedule(
        campaign("c", send(), phases=("contact",)),
        journey=journey(edge("contact", "sale", "clicked"), edge("sale", "contact", "replied")),
    )
    rows = (happened("2027-02-05 10:00", "clicked"), happened("2027-02-08 10:00", "replied"))
    assert [row.visit for row in run(plan, *rows).touches] == [1, 2]


def test_r20_a_bucket_is_eight_bytes_of_sha_256() -> None:
    digest = hashlib.sha256(b"seed\x1fc\x1fs\x1fper").digest()
    assert identity.bucket("seed", "c", "s", "per") == int.from_bytes(digest[:8], "big") % 10_000


def test_r27_the_period_cuts_and_what_waits_is_a_skip() -> None:
    plan = schedule(campaign("c", send("a"), send("b"), patience="1y"), rules=(rule(cap=cap("1 per 2mo", place=5)),))
    execution = run(plan, start="2027-12-01 08:00", until="2029-01-01 00:00")
    assert days(execution) == ["2027-12-01 08:00"]
    assert skips(execution) == ["2028-01-01 00:00 period_over"]
    (row,) = execution.skips
    assert row.at - sum(link.delay for link in row.because) == at("2027-12-01 08:00")
    # What waits at an earlier `until` is no skip.
    assert skips(run(plan, start="2027-12-01 08:00", until="2027-12-31 23:59")) == []


def test_r27_until_is_excluded() -> None:
    plan = schedule(campaign("c", wait("1d"), send()))
    assert days(run(plan, until="2027-02-02 08:00")) == []
    assert days(run(plan, until="2027-02-02 08:01")) == ["2027-02-02 08:00"]


def test_two_people_of_an_account_keep_their_own_runs() -> None:
    plan = schedule(campaign("c", task(), send()))
    execution = run(plan, contact("a"), contact("b"), answered("2027-02-02 10:00", "done", contact="b"))
    assert [row.state for row in sorted(execution.tasks, key=lambda row: row.contact)] == ["overdue", "done"]
