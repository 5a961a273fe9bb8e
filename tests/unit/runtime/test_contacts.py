"""R8, R11 to R14, R16: clocks, times, consent, windows, patience."""

from __future__ import annotations

from gridlang.schedule import expressions as ex
from gridlang.schedule import model
from tests.unit.runtime.plans import (
    CHANNELS,
    WORKDAYS,
    at,
    campaign,
    cap,
    chain,
    channel,
    contact,
    days,
    edge,
    happened,
    hours,
    journey,
    move,
    rule,
    run,
    schedule,
    send,
    skips,
    touches,
    wait,
)

REACHABLE = {"email": "per@example.dk", "consent": ("email",)}


def test_r8_a_persons_clock_is_their_timezone_and_an_unknown_zone_is_an_issue() -> None:
    plan = schedule(campaign("hello", send(at="09:00")))
    people = (contact("a", timezone="America/New_York"), contact("b"), contact("c", timezone="Mars/Olympus"))
    execution = run(plan, *people)
    assert touches(execution) == [
        "2027-02-01 09:00 post hello b",
        "2027-02-01 09:00 post hello c",
        "2027-02-01 15:00 post hello a",
    ]
    assert {row.contact: row.local for row in execution.touches}["a"] == "2027-02-01T09:00:00-05:00"
    assert [(issue.code, issue.contact) for issue in execution.issues] == [("unknown_timezone", "c")]


def test_r11_at_holds_again_after_every_postponement() -> None:
    mail = channel("email", quiet=hours("08:00", "10:00", 3))
    plan = schedule(campaign("hello", send(channels="email", at="09:00")), channels=(mail,))
    # 09:00 is quiet; the quiet ends at 10:00; the next 09:00 is quiet again, and so on until patience ends.
    execution = run(plan)
    assert days(execution) == []
    assert skips(execution) == ["2027-02-15 08:00 patience"]


def test_r11_at_the_very_second_does_not_wait() -> None:
    plan = schedule(campaign("hello", wait("1h"), send(at="09:00")))
    assert days(run(plan)) == ["2027-02-01 09:00"]
    plan = schedule(campaign("hello", wait("61min"), send(at="09:00")))
    assert days(run(plan)) == ["2027-02-02 09:00"]


def test_r12_lead_runs_from_ready_and_windows_come_after_it() -> None:
    letter = channel("letter", lead="3 workdays", days=WORKDAYS)
    plan = schedule(campaign("hello", wait("3d"), send(channels="letter", at="12:00")), channels=(letter,))
    # Ready Thursday 4 February 08:00; three workdays on is Tuesday the 9th, 08:00; then the next 12:00.
    (row,) = run(plan).touches
    assert row.due == at("2027-02-09 12:00")
    assert chain(row) == "ready@0 lead@0+432000 at@0+14400"


def test_r13_the_first_channel_that_consent_and_address_allow() -> None:
    plan = schedule(campaign("hello", send(channels="email phone post")))
    assert touches(run(plan, contact(**REACHABLE))) == ["2027-02-01 08:00 email hello per"]
    assert touches(run(plan, contact(email="x", consent=()))) == ["2027-02-01 09:00 phone hello per"]
    assert touches(run(plan, contact(consent=("email",)))) == ["2027-02-01 09:00 phone hello per"]


def test_r13_failing_when_ready_skips_then_and_goes_on() -> None:
    plan = schedule(campaign("hello", send(channels="email"), send("b", message="again")))
    execution = run(plan)
    assert skips(execution) == ["2027-02-01 08:00 consent"]
    assert days(execution) == ["2027-02-01 08:00"]
    assert skips(run(plan, contact(consent=("email",)))) == ["2027-02-01 08:00 address"]


def test_r13_else_is_taken_when_skipped() -> None:
    steps = (send(channels="email", skipped="c"), send("b", message="again"), send("c", message="third"))
    assert touches(run(schedule(campaign("hello", *steps)))) == ["2027-02-01 08:00 post third per"]


def test_r13_consent_covers_channels_that_start_from_it_and_the_latest_fact_counts() -> None:
    child = channel("newsletter", ancestors=("email",), consent="consent")
    steps = (wait("5d"), send(channels="newsletter"))
    plan = schedule(campaign("hello", *steps), channels=(*CHANNELS, child))
    withdrawn = happened("2027-02-03 08:00", "consent_withdrawn", channel="email")
    given = happened("2027-02-04 08:00", "consent_given")
    same = happened("2027-02-04 08:00", "consent_withdrawn", channel="newsletter")
    agreed = contact(consent=("email",))
    assert skips(run(plan, agreed)) == []
    assert skips(run(plan, agreed, withdrawn)) == ["2027-02-06 08:00 consent"]
    assert skips(run(plan, agreed, withdrawn, given)) == []
    assert skips(run(plan, agreed, withdrawn, given, same)) == ["2027-02-06 08:00 consent"]
    other = happened("2027-02-04 08:00", "consent_withdrawn", channel="phone")
    assert skips(run(plan, agreed, other)) == []


def test_r13_is_tested_again_when_the_touch_is_made() -> None:
    plan = schedule(campaign("hello", wait("14h"), send(channels="email")))
    # Ready 22:00, in quiet hours; consent goes at 23:00; at 08:00 it would be made.
    execution = run(plan, contact(**REACHABLE), happened("2027-02-01 23:00", "consent_withdrawn"))
    assert skips(execution) == ["2027-02-02 08:00 consent"]
    assert chain(execution.skips[0]) == "ready@0 quiet@3+36000 consent@0"


def test_r13_a_withdrawal_in_between_that_is_taken_back_does_not_matter() -> None:
    plan = schedule(campaign("hello", wait("14h"), send(channels="email")))
    rows = (happened("2027-02-01 23:00", "consent_withdrawn"), happened("2027-02-02 07:00", "consent_given"))
    assert days(run(plan, contact(**REACHABLE), *rows)) == ["2027-02-02 08:00"]


def test_r13_an_audience_obeys_consent_only_and_goes_on_at_once() -> None:
    wall_of_ads = channel("ads", reach=("mass", "audience"), consent="consent", quiet=hours("00:00", "24:00"))
    steps = (send("in", channels="ads"), wait("10d"), send("post", channels="post"))
    plan = schedule(
        campaign("hello", *steps, phases=("contact",)),
        channels=(*CHANNELS, wall_of_ads),
        journey=journey(edge("contact", "sale", "clicked")),
    )
    agreed = contact(consent=("ads",))
    (row,) = run(plan, agreed).audiences
    assert (row.start, row.end) == (at("2027-02-01 08:00"), at("2027-02-11 08:00"))  # with the end of the run
    (row,) = run(plan, agreed, happened("2027-02-03 09:00", "clicked")).audiences
    assert row.end == at("2027-02-03 09:00")
    assert skips(run(plan)) == ["2027-02-01 08:00 consent"]


def test_r13_an_audience_for_a_time_outlives_the_flow_but_not_the_cell() -> None:
    ads = channel("ads", reach=("audience",))
    plan = schedule(
        campaign("hello", send(channels="ads", duration="4w"), phases=("contact",)),
        channels=(ads,),
        journey=journey(edge("contact", "sale", "clicked")),
    )
    assert [row.end for row in run(plan).audiences] == [at("2027-03-01 08:00")]
    ended = run(plan, happened("2027-02-03 09:00", "clicked")).audiences
    assert [row.end for row in ended] == [at("2027-02-03 09:00")]
    assert [row.end for row in run(plan, until="2027-02-20 00:00").audiences] == [None]


def test_r14_blackouts_close_every_personal_channel() -> None:
    calendar = model.Calendar(
        name="calendar",
        place=0,
        blackout=(model.Stretch(start="2027-02-01", end="2027-02-03", name="inventory", place=8),),
    )
    plan = schedule(campaign("hello", send()), calendar=calendar)
    (row,) = run(plan).touches
    assert row.due == at("2027-02-04 00:00")
    assert chain(row) == "ready@0 blackout@8+230400"


def test_r14_a_rules_quiet_holds_where_the_rule_stands() -> None:
    evening = rule(channels=("post",), phases=("contact",), segments=("everybody",), quiet=hours("06:00", "22:00", 9))
    plan = schedule(campaign("hello", send()), rules=(evening,))
    (row,) = run(plan).touches
    assert (row.due, chain(row)) == (at("2027-02-01 22:00"), "ready@0 quiet@9+50400")
    assert days(run(plan, entries={"home": "sale"})) == ["2027-02-01 08:00"]


def test_r14_what_waits_is_asked_again_when_the_cell_changes() -> None:
    evening = rule(phases=("contact",), quiet=hours("06:00", "22:00", 9))
    plan = schedule(campaign("hello", send()), rules=(evening,), journey=journey(edge("contact", "sale", "clicked")))
    (row,) = run(plan, happened("2027-02-01 11:00", "clicked")).touches
    assert (row.due, chain(row)) == (at("2027-02-01 11:00"), "ready@0 quiet@9+10800")


def test_r14_what_waits_is_asked_again_when_a_rules_predicate_turns() -> None:
    complained = ex.Compare("<", ex.Since("person", "complained"), ex.Value("Duration", "30d"))
    rest = rule(when=complained, quiet=hours("00:00", "24:00", 9))
    plan = schedule(campaign("hello", send(), patience="60d"), rules=(rest,))
    # Complained on 20 January at 10:00: thirty days later is 19 February 10:00.
    execution = run(plan, happened("2027-01-20 10:00", "complained"))
    assert days(execution) == ["2027-02-19 10:00"]


def test_forbid_holds_a_touch_back_until_the_rule_no_longer_holds() -> None:
    plan = schedule(
        campaign("hello", send()),
        rules=(rule(phases=("contact",), forbid=("post",)),),
        journey=journey(edge("contact", "sale", "clicked")),
    )
    assert days(run(plan, happened("2027-02-05 11:00", "clicked"))) == ["2027-02-05 11:00"]
    assert skips(run(plan)) == ["2027-02-15 08:00 patience"]


def test_r16_patience_counts_its_last_moment_and_the_campaigns_comes_first() -> None:
    closed = channel("post", quiet=hours("06:00", "22:00", 9), patience="14h")
    assert days(run(schedule(campaign("hello", send()), channels=(closed,)))) == ["2027-02-01 22:00"]
    steps = (send(), wait("1h"), send("b", message="again"))
    execution = run(schedule(campaign("hello", *steps, patience="13h"), channels=(closed,)))
    assert skips(execution) == ["2027-02-01 21:00 patience"]
    assert chain(execution.skips[0]) == "ready@0 quiet@9+46800 patience@0"
    # The flow went on from 21:00: an hour later it is open.
    assert touches(execution) == ["2027-02-01 22:00 post again per"]


def test_r16_the_default_is_fourteen_days() -> None:
    never = channel("post", quiet=hours("00:00", "24:00"))
    assert skips(run(schedule(campaign("hello", send()), channels=(never,)))) == ["2027-02-15 08:00 patience"]


def test_chains_add_up() -> None:
    pressure = rule(cap=cap("1 per 3d", place=5))
    steps = (send("a", "email"), send("b", "email", at="12:00"), send("c", "post"), move("d", "sale"))
    plan = schedule(campaign("hello", *steps), rules=(pressure,))
    execution = run(plan, contact(**REACHABLE))
    made = [(row.due, row.due - sum(link.delay for link in row.because)) for row in execution.touches]
    assert made == [
        (at("2027-02-01 08:00"), at("2027-02-01 08:00")),
        (at("2027-02-04 12:00"), at("2027-02-01 08:00")),
        (at("2027-02-07 12:00"), at("2027-02-04 12:00")),
    ]
    assert chain(execution.touches[1]) == "ready@0 at@0+14400 cap@5+244800 at@0+14400"
