"""R1 to R4: segments, entry, edges, cells."""

from __future__ import annotations

from gridlang.schedule import expressions as ex
from tests.unit.runtime.plans import (
    answered,
    at,
    at_least,
    campaign,
    chart,
    contact,
    days,
    edge,
    figure,
    happened,
    is_,
    journey,
    level,
    moves,
    run,
    schedule,
    segment,
    send,
    task,
    touches,
    wait,
)

PLAYED = (figure("father", is_("kind", "father")), figure("mother", is_("kind", "mother")))
MAP = chart("talk", {"father": ("target",), "mother": ("user", "influencer")})


def by_segment(*rows: object, **given: object) -> dict[str, int]:
    return run(schedule(**given), *rows).counts.by_segment  # type: ignore[arg-type]


def test_r1_the_first_segment_that_holds_takes_the_account() -> None:
    segments = (segment("gold", is_("tier", "gold")), segment("metal", is_("metal", "yes")), segment("rest"))
    assert by_segment(contact(tier="gold", metal="yes"), segments=segments) == {"gold": 1, "metal": 0, "rest": 0}
    assert by_segment(contact(metal="yes"), segments=segments) == {"gold": 0, "metal": 1, "rest": 0}
    assert by_segment(contact(), segments=segments) == {"gold": 0, "metal": 0, "rest": 1}


def test_r1_only_targets_of_that_segments_map_are_asked() -> None:
    given = {"segments": (segment("gold", is_("tier", "gold")),), "persons": PLAYED, "maps": (MAP,)}
    assert by_segment(contact(kind="father", tier="gold"), **given) == {"gold": 1}
    assert by_segment(contact(kind="mother", tier="gold"), **given) == {"gold": 0, "": 1}


def test_r1_without_a_map_anybody_is_asked() -> None:
    given = {"segments": (segment("gold", is_("tier", "gold")),), "persons": PLAYED}
    people = (contact("a", kind="mother"), contact("b", kind="child", tier="gold"))
    assert by_segment(*people, **given) == {"gold": 1}


def test_r1_is_asked_again_when_a_phase_is_entered() -> None:
    buyers = segment("buyers", ex.Ever("person", "purchase"))
    plan = schedule(
        campaign("new", wait("1d"), send("a", message="hello"), segments=("everybody",)),
        campaign("bought", send("b", message="again"), segments=("buyers",)),
        segments=(buyers, segment()),
        journey=journey(edge("contact", "sale", "clicked")),
    )
    rows = (happened("2027-02-01 10:00", "purchase"), happened("2027-02-03 10:00", "clicked"))
    # The purchase alone asks nobody; entering `sale` does.
    assert touches(run(plan, *rows)) == ["2027-02-02 08:00 post hello per", "2027-02-03 10:00 post again per"]


def test_r2_enters_at_the_later_of_start_and_the_earliest_since() -> None:
    since = at("2027-03-01 12:00")
    import datetime as dt

    late = contact("a", since=dt.datetime(2027, 3, 1, 12))
    later = contact("b", since=dt.date(2027, 4, 1))
    early = contact("c", account="other", since=dt.date(2020, 1, 1))
    execution = run(schedule(), late, later, early)
    assert [(row.account, row.at) for row in execution.moves] == [("other", at("2027-02-01 08:00")), ("home", since)]


def test_r2_history_walks_the_edges_and_feeds_predicates_but_starts_nothing() -> None:
    plan = schedule(
        campaign("touched", send("a"), starts=None, phases=("sale",)),
        journey=journey(edge("contact", "sale", "clicked"), edge("sale", "loyalty", "ordered")),
    )
    execution = run(plan, happened("2026-05-01 10:00", "clicked"), happened("2026-06-01 10:00", "replied"))
    assert moves(execution) == ["2027-02-01 08:00 >sale"]
    assert days(execution) == ["2027-02-01 08:00"]


def test_r2_entries_put_an_account_into_a_phase_whatever_history_says() -> None:
    plan = schedule(journey=journey(edge("contact", "sale", "clicked")))
    execution = run(plan, happened("2026-05-01 10:00", "clicked"), entries={"home": "standby"})
    assert moves(execution) == ["2027-02-01 08:00 >standby"]


def test_r2_an_account_without_segment_walks_and_has_no_runs() -> None:
    plan = schedule(
        campaign("all", send()),
        segments=(segment("gold", is_("tier", "gold")),),
        journey=journey(edge("contact", "sale", "clicked")),
    )
    execution = run(plan, happened("2027-02-02 10:00", "clicked"))
    assert moves(execution) == ["2027-02-01 08:00 >contact", "2027-02-02 10:00 contact>sale"]
    assert touches(execution) == []
    assert execution.counts.by_segment == {"gold": 0, "": 1}


def test_r3_whoever_raises_it_the_edge_moves_the_account_once() -> None:
    plan = schedule(journey=journey(edge("contact", "sale", "purchase"), edge("sale", "loyalty", "purchase")))
    people = (contact("a"), contact("b"))
    execution = run(plan, *people, happened("2027-02-02 10:00", "ordered", contact="b"))
    # `ordered` is also a purchase; the edge uses it up, so the same event does not go on to loyalty.
    assert moves(execution)[1:] == ["2027-02-02 10:00 contact>sale"]
    assert execution.moves[1].why == "ordered"


def test_r3_an_edge_of_its_own_name_comes_before_one_of_what_it_also_is() -> None:
    plan = schedule(journey=journey(edge("contact", "sale", "purchase"), edge("contact", "loyalty", "ordered")))
    assert moves(run(plan, happened("2027-02-02 10:00", "ordered")))[1:] == ["2027-02-02 10:00 contact>loyalty"]


def test_r4_a_move_ends_starts_and_keeps_runs() -> None:
    plan = schedule(
        campaign("first", wait("5d"), send("a", message="hello"), phases=("contact",)),
        campaign("both", wait("5d"), send("b", message="again"), phases=("contact", "sale")),
        campaign("second", wait("5d"), send("c", message="third"), phases=("sale",)),
        journey=journey(edge("contact", "sale", "clicked")),
    )
    execution = run(plan, happened("2027-02-03 08:00", "clicked"))
    assert touches(execution) == ["2027-02-06 08:00 post again per", "2027-02-08 08:00 post third per"]


def test_r4_ending_a_run_withdraws_its_open_task() -> None:
    plan = schedule(campaign("calls", task(), phases=("contact",)), journey=journey(edge("contact", "sale", "clicked")))
    (row,) = run(plan, happened("2027-02-03 08:00", "clicked")).tasks
    assert (row.state, row.closed, row.outcome) == ("withdrawn", at("2027-02-03 08:00"), "")


def test_r21_an_outcome_closes_its_task_before_the_edge_is_taken() -> None:
    plan = schedule(
        campaign("calls", task("call", ("ordered", None)), phases=("contact",)),
        journey=journey(edge("contact", "sale", "ordered")),
    )
    execution = run(plan, answered("2027-02-03 08:00", "ordered"))
    assert (execution.tasks[0].state, execution.tasks[0].outcome) == ("done", "ordered")
    assert moves(execution)[1:] == ["2027-02-03 08:00 contact>sale"]


def test_r4_roles_come_from_the_map_and_from_the_row() -> None:
    plan = schedule(
        campaign("targets", send("a", message="hello"), roles=("target",)),
        campaign("users", send("b", message="again"), roles=("user",)),
        campaign("mothers", send("c", message="third"), addressed=(("talk", "mother"),)),
        persons=PLAYED,
        maps=(MAP,),
    )
    people = (contact("a", kind="father"), contact("b", kind="mother"), contact("c", roles=("user",)))
    assert sorted(line[17:] for line in touches(run(plan, *people))) == [
        "post again b",
        "post again c",
        "post hello a",
        "post third b",
    ]


def test_r4_a_relation_is_a_coordinate() -> None:
    plan = schedule(
        campaign("news", send("a", message="hello"), relations=("prospect",)),
        campaign("thanks", send("b", message="again"), relations=("buyer",)),
        relations=(level("prospect"), level("buyer", at_least(1, "purchase", owner="account"))),
    )
    execution = run(plan, contact("a"), contact("b"), happened("2027-02-05 12:00", "ordered", contact="b"))
    assert [line for line in touches(execution) if "again" in line] == [
        "2027-02-05 12:00 post again a",
        "2027-02-05 12:00 post again b",
    ]
