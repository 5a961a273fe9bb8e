"""R19 to R21: asks, waits, choices, shares, outcomes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gridlang.runtime.reference import identity
from gridlang.runtime.rows import Happening
from gridlang.schedule import expressions as ex
from gridlang.schedule import steps as st
from tests.unit.runtime.plans import (
    ORIGIN,
    answered,
    ask,
    at,
    attribute,
    campaign,
    contact,
    days,
    edge,
    happened,
    is_,
    journey,
    move,
    moves,
    run,
    schedule,
    send,
    task,
    touches,
    wait,
    wall,
)

THREE = (send("yes", message="hello"), st.Stop(id="s1", place=0), send("no", message="again"))


def asked(*arms: tuple[str, str | None], within: str = "5d", before: tuple[Any, ...] = (), **fields: Any) -> Any:
    return schedule(campaign("c", *before, ask("ask", within, *arms, nothing="no", **fields), *THREE))


def test_r19_an_answer_takes_its_arm_at_once() -> None:
    plan = asked(("replied", "yes"))
    assert touches(run(plan, happened("2027-02-03 11:11", "replied"))) == ["2027-02-03 11:11 post hello per"]


def test_r19_the_end_of_within_is_excluded() -> None:
    plan = asked(("replied", "yes"))
    assert touches(run(plan)) == ["2027-02-06 08:00 post again per"]
    assert touches(run(plan, happened("2027-02-06 08:00", "replied"))) == ["2027-02-06 08:00 post again per"]
    assert touches(run(plan, happened("2027-02-06 07:59", "replied"))) == ["2027-02-06 07:59 post hello per"]


def test_r19_sees_events_from_the_last_touch_not_from_the_question() -> None:
    # The invitation goes on Monday 08:00; the question is asked on Thursday; an answer of Tuesday counts.
    plan = asked(("replied", "yes"), before=(send("invite", message="third"), wait("3d")))
    answer = happened("2027-02-02 12:00", "replied")
    assert touches(run(plan, answer))[1:] == ["2027-02-04 08:00 post hello per"]
    # An answer before the touch does not; one in the same second does.
    plan = asked(("replied", "yes"), before=(wait("1d"), send("invite", message="third")))
    early, same = happened("2027-02-02 07:59", "replied"), happened("2027-02-02 08:00", "replied")
    assert touches(run(plan, early))[1:] == ["2027-02-07 08:00 post again per"]
    assert touches(run(plan, same))[1:] == ["2027-02-02 08:00 post hello per"]


def test_r19_without_a_touch_it_sees_events_from_the_runs_start() -> None:
    plan = asked(("replied", "yes"), before=(wait("3d"),))
    assert touches(run(plan, happened("2027-02-02 12:00", "replied"))) == ["2027-02-04 08:00 post hello per"]
    assert touches(run(plan, happened("2027-01-31 12:00", "replied"))) == ["2027-02-09 08:00 post again per"]


def test_r19_the_earliest_event_wins_and_ties_go_by_arm() -> None:
    plan = asked(("clicked", "yes"), ("replied", "no"), before=(wait("3d"),))
    early, late = happened("2027-02-02 10:00", "replied"), happened("2027-02-02 11:00", "clicked")
    assert touches(run(plan, early, late)) == ["2027-02-04 08:00 post again per"]
    tie = happened("2027-02-02 10:00", "clicked")
    assert touches(run(plan, early, tie)) == ["2027-02-04 08:00 post hello per"]


def test_r19_an_event_is_used_up_for_this_run_only() -> None:
    steps = (ask("one", "5d", ("replied", "two"), nothing="two"), ask("two", "5d", ("replied", "yes"), nothing="no"))
    plan = schedule(
        campaign("c", *steps, *THREE), campaign("d", ask("q", "5d", ("replied", "t")), send("t", message="third"))
    )
    assert touches(run(plan, happened("2027-02-03 10:00", "replied"))) == [
        "2027-02-03 10:00 post third per",
        "2027-02-08 10:00 post again per",
    ]


def test_r19_an_event_is_also_what_it_starts_from() -> None:
    plan = asked(("purchase", "yes"))
    assert touches(run(plan, happened("2027-02-03 10:00", "ordered"))) == ["2027-02-03 10:00 post hello per"]


def test_r19_this_person_or_anybody_of_the_account() -> None:
    people = (contact("a"), contact("b", kind="child"), happened("2027-02-03 10:00", "replied", contact="b"))
    assert touches(run(asked(("replied", "yes")), *people)) == [
        "2027-02-03 10:00 post hello b",
        "2027-02-06 08:00 post again a",
    ]
    assert touches(run(asked(("replied", "yes"), of_account=True), *people)) == [
        "2027-02-03 10:00 post hello a",
        "2027-02-03 10:00 post hello b",
    ]


def test_r3_an_event_that_an_edge_used_up_answers_no_question() -> None:
    plan = schedule(
        campaign("c", ask("ask", "5d", ("replied", "yes"), nothing="no"), *THREE),
        journey=journey(edge("contact", "sale", "replied")),
    )
    execution = run(plan, happened("2027-02-03 10:00", "replied"), happened("2027-02-04 10:00", "replied"))
    assert moves(execution)[1:] == ["2027-02-03 10:00 contact>sale"]
    assert touches(execution) == ["2027-02-04 10:00 post hello per"]


def wait_for(role: str | None = None) -> Any:
    step = st.WaitFor(id="w", place=0, event="replied", role=role, within="5d")
    return schedule(campaign("c", send("first", message="third"), step, send("then"), roles=("target",)))


def test_r19_wait_for_goes_on_at_the_event_or_at_the_end() -> None:
    target, user = contact("a", roles=("target",)), contact("b", roles=("user",))
    theirs = happened("2027-02-03 10:00", "replied", contact="b")
    assert days(run(wait_for(), target, user, theirs))[1:] == ["2027-02-06 08:00"]
    assert days(run(wait_for("user"), target, user, theirs))[1:] == ["2027-02-03 10:00"]
    assert days(run(wait_for("influencer"), target, user, theirs))[1:] == ["2027-02-06 08:00"]


def until(**fields: Any) -> str:
    plan = schedule(campaign("c", st.WaitUntil(id="w", place=0, **fields), send()))
    return days(run(plan, contact(day=dt.date(2027, 3, 5))))[0]


def test_r19_wait_until_a_weekday() -> None:
    # It is Monday 1 February, 08:00.
    assert until(weekday=0) == "2027-02-01 08:00"
    assert until(weekday=0, at="09:00") == "2027-02-01 09:00"
    assert until(weekday=0, at="07:00") == "2027-02-08 07:00"
    assert until(weekday=1) == "2027-02-02 00:00"
    assert until(weekday=6, at="10:00") == "2027-02-07 10:00"


def test_r19_wait_until_a_named_day() -> None:
    fair = ("2026-03-04", "2027-02-10", "2028-02-10")
    assert until(days=fair) == "2027-02-10 00:00"
    assert until(days=fair, at="12:00") == "2027-02-10 12:00"
    assert until(days=("2026-03-04",)) == "2027-02-01 08:00"
    assert until(days=("2027-02-01",)) == "2027-02-01 08:00"


def test_r19_wait_until_a_date_that_passed_does_not_wait() -> None:
    day = attribute("day", "Date")
    assert until(when=day) == "2027-03-05 00:00"
    assert until(when=day, at="09:30") == "2027-03-05 09:30"
    assert until(when=ex.Shift(day, -1, "2mo")) == "2027-02-01 08:00"
    assert until(when=attribute("other", "Date")) == "2027-02-01 08:00"


def test_r20_choose_takes_the_first_arm_that_holds_at_that_moment() -> None:
    bought = st.PredicateArm(when=ex.Ever("person", "purchase"), next="yes", place=0)
    anne = st.PredicateArm(when=is_("name", "Anne"), next="yes", place=0)
    step = st.Choose(id="q", place=0, question="?", arms=(anne, bought), otherwise="no", otherwise_place=0)
    plan = schedule(campaign("c", wait("2d"), step, *THREE))
    assert touches(run(plan, contact(name="Anne"))) == ["2027-02-03 08:00 post hello per"]
    assert touches(run(plan)) == ["2027-02-03 08:00 post again per"]
    assert touches(run(plan, happened("2027-02-03 08:00", "purchase"))) == ["2027-02-03 08:00 post hello per"]


def test_r20_split_by_bucket() -> None:
    arms = (st.ShareArm(share=3000, next="yes", place=0), st.ShareArm(share=7000, next="no", place=0))
    step = st.Split(id="half", place=0, question="?", arms=arms)
    people = [contact(f"p{number}", account=f"p{number}") for number in range(30)]
    made = {row.contact: row.message for row in run(schedule(campaign("c", step, *THREE)), *people).touches}
    for person in people:
        low = identity.bucket("small", "c", "half", person.id) < 3000
        assert made[person.id] == ("hello" if low else "again")
    assert set(made.values()) == {"hello", "again"}


def calls(**fields: Any) -> Any:
    step = task("call", ("booked", "yes"), ("lost", "no"), **fields)
    return schedule(campaign("c", step, *THREE))


def test_r21_the_outcome_takes_its_arm() -> None:
    execution = run(calls(), answered("2027-02-02 10:00", "lost"))
    assert touches(execution)[1:] == ["2027-02-02 10:00 post again per"]
    (row,) = execution.tasks
    assert (row.state, row.outcome, row.closed, row.outcomes) == (
        "done",
        "lost",
        at("2027-02-02 10:00"),
        ("booked", "lost"),
    )


def test_r21_not_before_a_second_after_the_hand_out_and_only_the_first() -> None:
    rows = [answered("2027-02-01 09:00", "lost"), answered("2027-02-02 10:00", "booked")]
    execution = run(calls(), *rows, answered("2027-02-03 10:00", "lost"))
    assert execution.tasks[0].outcome == "booked"
    assert [issue.code for issue in execution.issues] == ["outcome_unasked", "late_outcome"]
    assert all(issue.refused for issue in execution.issues)


def test_r21_tasks_are_named_by_id_label_or_campaign_and_step() -> None:
    plan = calls(label="phone_him")
    (row,) = run(plan, until="2027-02-01 10:00").tasks
    for step in ("call", "phone_him", "c.call", "c.phone_him"):
        assert run(plan, answered("2027-02-02 10:00", "lost", step=step)).tasks[0].state == "done"
    assert run(plan, answered("2027-02-02 10:00", "lost", step="d.call")).tasks[0].state == "overdue"
    by_id = Happening(contact="per", at=at("2027-02-02 10:00"), outcome="lost", task=row.id, origin=ORIGIN)
    assert run(plan, by_id).tasks[0].state == "done"


def test_r21_an_outcome_that_names_an_event_is_that_event_too() -> None:
    steps = (
        task("call", ("ordered", "q"), ("lost", "no")),
        ask("q", "5d", ("ordered", "no"), nothing="yes"),
        *THREE,
    )
    plan = schedule(
        campaign("c", *steps), campaign("d", ask("other", "9d", ("purchase", "t")), send("t", message="third"))
    )
    execution = run(plan, answered("2027-02-02 10:00", "ordered"))
    # For the run that asked it is used up; for the other one it is a purchase.
    assert touches(execution)[1:] == ["2027-02-02 10:00 post third per", "2027-02-07 10:00 post hello per"]


def test_r21_an_outcome_nobody_asked_for_is_an_issue_and_still_its_event() -> None:
    plan = schedule(journey=journey(edge("contact", "sale", "ordered")))
    execution = run(plan, answered("2027-02-02 10:00", "ordered"), answered("2027-02-02 10:00", "shrug"))
    assert moves(execution)[1:] == ["2027-02-02 10:00 contact>sale"]
    assert [(issue.code, issue.refused) for issue in execution.issues] == [
        ("outcome_unasked", False),
        ("outcome_unasked", True),
    ]


def test_r21_an_outcome_that_the_task_does_not_offer_closes_it_and_goes_on() -> None:
    execution = run(calls(), answered("2027-02-02 10:00", "shrug"))
    assert [(issue.code, issue.refused) for issue in execution.issues] == [("unknown_outcome", False)]
    assert touches(execution)[1:] == ["2027-02-02 10:00 post hello per"]


def test_r21_with_an_overdue_arm_the_task_is_withdrawn() -> None:
    plan = calls(has_overdue=True, overdue="no", due="1 workday")
    execution = run(plan)
    assert (execution.tasks[0].state, execution.tasks[0].closed) == ("withdrawn", at("2027-02-02 09:00"))
    assert touches(execution)[1:] == ["2027-02-02 09:00 post again per"]
    # In the second in which it is due an outcome still counts.
    in_time = run(plan, answered("2027-02-02 09:00", "booked"))
    assert in_time.tasks[0].state == "done"
    late = run(plan, answered("2027-02-02 09:01", "booked"))
    assert [issue.code for issue in late.issues] == ["late_outcome"]


def test_r21_without_one_it_stays_open_and_the_run_waits() -> None:
    execution = run(calls(due="1 workday"), answered("2027-06-01 10:00", "booked"))
    assert touches(execution)[1:] == ["2027-06-01 10:00 post hello per"]


def test_move_and_notify_are_told() -> None:
    note = st.Notify(id="note", place=4, team="desk", text="Call {{ name }}: {{ missing }}!")
    plan = schedule(campaign("c", note, move("go", "sale")))
    execution = run(plan, contact(name="Per"))
    (row,) = execution.tasks
    assert (row.kind, row.subject, row.state, wall(row.due)) == ("notice", "Call Per: !", "done", "2027-02-01 08:00")
    assert execution.moves[1].why == "move c go"
