"""R15, R17: caps, and who comes first."""

from __future__ import annotations

from typing import Any

from gridlang.schedule import expressions as ex
from gridlang.schedule import model
from tests.unit.runtime.plans import (
    CHANNELS,
    answered,
    campaign,
    cap,
    chain,
    channel,
    contact,
    days,
    edge,
    happened,
    journey,
    move,
    rule,
    run,
    schedule,
    send,
    skips,
    task,
    touches,
    wait,
)


def burst(count: int, **fields: Any) -> model.Campaign:
    """So many touches, one after the other."""
    return campaign("burst", *(send(f"s{number}") for number in range(count)), **fields)


def test_rolling_is_free_again_at_the_very_second() -> None:
    plan = schedule(burst(4), rules=(rule(cap=cap("2 per 7d", place=5)),))
    execution = run(plan)
    assert days(execution) == ["2027-02-01 08:00", "2027-02-01 08:00", "2027-02-08 08:00", "2027-02-08 08:00"]
    assert chain(execution.touches[2]) == "ready@0 cap@5+604800"


def test_rolling_keeps_the_wall_clock_over_daylight_saving() -> None:
    plan = schedule(burst(2), rules=(rule(cap=cap("1 per 7d")),))
    assert days(run(plan, start="2027-03-26 08:00")) == ["2027-03-26 08:00", "2027-04-02 08:00"]


def test_a_calendar_day_is_the_persons() -> None:
    plan = schedule(burst(2), rules=(rule(cap=cap("1 per calendar day")),))
    # 08:00 in Copenhagen is 02:00 in New York; the next day there begins at 06:00 in Copenhagen.
    assert days(run(plan, contact(timezone="America/New_York"))) == ["2027-02-01 08:00", "2027-02-02 06:00"]


def test_calendar_weeks_months_quarters_and_years() -> None:
    def second(unit: str, patience: str = "1y") -> str:
        plan = schedule(burst(2, patience=patience), rules=(rule(cap=cap(f"1 per calendar {unit}")),))
        return days(run(plan, start="2027-02-17 08:00"))[-1]

    assert second("week") == "2027-02-22 00:00"
    assert second("month") == "2027-03-01 00:00"
    assert second("quarter") == "2027-04-01 00:00"
    plan = schedule(burst(2, patience="1y"), rules=(rule(cap=cap("1 per calendar year")),))
    assert skips(run(plan)) == ["2028-01-01 00:00 period_over"]


def test_per_account_counts_everybody_in_it() -> None:
    plan = schedule(burst(1), rules=(rule(cap=cap("1 per 7d", per_account=True)),))
    people = (contact("a"), contact("b"), contact("c", account="other"))
    assert touches(run(plan, *people)) == [
        "2027-02-01 08:00 post hello a",
        "2027-02-01 08:00 post hello c",
        "2027-02-08 08:00 post hello b",
    ]


def test_a_channels_own_cap_counts_that_channel_only() -> None:
    channels = (channel("sms", cap=cap("1 per 7d")), channel("post"))
    steps = (send("a", "sms"), send("b", "post"), send("c", "sms"))
    plan = schedule(campaign("burst", *steps), channels=channels)
    assert touches(run(plan)) == [
        "2027-02-01 08:00 sms hello per",
        "2027-02-01 08:00 post hello per",
        "2027-02-08 08:00 sms hello per",
    ]


def test_across_names_channels_and_those_that_start_from_them() -> None:
    channels = (channel("post"), channel("catalogue", ancestors=("post",)), channel("sms"))
    steps = (send("a", "catalogue"), send("b", "sms"), send("c", "post"))
    plan = schedule(campaign("b", *steps), channels=channels, rules=(rule(cap=cap("1 per 7d", "post")),))
    assert days(run(plan)) == ["2027-02-01 08:00", "2027-02-01 08:00", "2027-02-08 08:00"]


def test_a_rules_coordinates_say_which_touches_count() -> None:
    calm = rule(phases=("standby",), cap=cap("1 per 14d"))
    plan = schedule(
        campaign("before", send("a"), phases=("contact",)),
        campaign("rest", send("b"), send("c"), phases=("standby",)),
        rules=(calm,),
        journey=journey(edge("contact", "standby", "clicked")),
    )
    # The touch in `contact` neither counts nor waits.
    execution = run(plan, happened("2027-02-02 08:00", "clicked"))
    assert days(execution) == ["2027-02-01 08:00", "2027-02-02 08:00", "2027-02-16 08:00"]


def test_a_rules_predicate_holds_touches_back_as_long_as_it_holds() -> None:
    new = ex.Not(ex.Ever("person", "purchase"))
    plan = schedule(burst(2), rules=(rule(when=new, cap=cap("1 per 7d")),))
    assert days(run(plan)) == ["2027-02-01 08:00", "2027-02-08 08:00"]
    assert days(run(plan, happened("2027-02-03 09:00", "purchase"))) == ["2027-02-01 08:00", "2027-02-03 09:00"]


def test_over_the_cap_it_is_skipped_where_the_channel_says_so() -> None:
    post = channel("post", on_cap="skip")
    plan = schedule(burst(2), channels=(post,), rules=(rule(cap=cap("1 per 7d")),))
    execution = run(plan)
    assert days(execution) == ["2027-02-01 08:00"]
    assert skips(execution) == ["2027-02-01 08:00 cap"]


def test_what_another_system_made_counts_too() -> None:
    plan = schedule(burst(1), rules=(rule(cap=cap("1 per 7d")),))
    assert days(run(plan, happened("2027-01-28 10:00", "contacted", channel="post"))) == ["2027-02-04 10:00"]
    mails_only = schedule(burst(1), rules=(rule(cap=cap("1 per 7d", "email")),))
    assert days(run(mails_only, happened("2027-01-28 10:00", "contacted", channel="post"))) == ["2027-02-01 08:00"]


def test_a_task_counts_when_it_is_handed_out() -> None:
    steps = (task(), send())
    plan = schedule(campaign("calls", *steps), rules=(rule(cap=cap("1 per 7d")),))
    execution = run(plan, answered("2027-02-01 12:00", "done"))
    assert touches(execution) == ["2027-02-01 09:00 phone hello per", "2027-02-08 09:00 post hello per"]


def test_r17_priority_then_ready_then_declaration() -> None:
    one = rule(cap=cap("1 per 1d"))
    plan = schedule(
        campaign("low", send(message="hello"), priority=20),
        campaign("late", wait("1h"), send(message="again"), priority=80),
        campaign("first", send(message="third")),
        campaign("second", send(message="fourth")),
        rules=(one,),
        messages=("hello", "again", "third", "fourth"),
    )
    # At 08:00 `first` comes before `second` (declared) and `low` (priority); of those waiting on Tuesday
    # `late` comes first by priority, then `second`, then `low`.
    assert touches(run(plan)) == [
        "2027-02-01 08:00 post third per",
        "2027-02-02 08:00 post again per",
        "2027-02-03 08:00 post fourth per",
        "2027-02-04 08:00 post hello per",
    ]


def test_r17_ids_compare_by_code_point() -> None:
    plan = schedule(burst(1), rules=(rule(cap=cap("1 per 1d", per_account=True)),))
    people = [contact(name) for name in ("å", "z", "B", "a")]
    assert [line[-1] for line in touches(run(plan, *people))] == ["B", "a", "z", "å"]


def test_two_caps_wait_for_the_one_whose_room_comes_last() -> None:
    rules = (rule("a", cap=cap("1 per 2d", place=5)), rule("b", cap=cap("1 per 5d", place=6)))
    execution = run(schedule(burst(2), rules=rules))
    assert chain(execution.touches[1]) == "ready@0 cap@6+432000"


def test_a_run_that_ends_while_it_waits_makes_nothing() -> None:
    plan = schedule(
        campaign("burst", send("a"), send("b"), phases=("contact",)),
        campaign("leave", wait("2d"), move("go", "sale"), phases=("contact",)),
        rules=(rule(cap=cap("1 per 7d")),),
        channels=CHANNELS,
    )
    execution = run(plan)
    assert days(execution) == ["2027-02-01 08:00"]
    assert skips(execution) == []
