"""R1 to R3: which segment an account belongs to, when it enters the plan, and how events move it."""

from __future__ import annotations

from tests.rules.plans import story

SEGMENTS = """
segment golden "Golden"       { where: has(tier) and tier == "gold" }
segment others "Other people" { where: otherwise }
campaign for_gold   { segment: golden flow { send plain hello } }
campaign for_others { segment: others flow { send plain goodbye } }
"""

HOUSEHOLD = """
segment golden "Golden"       { where: has(tier) and tier == "gold" }
segment others "Other people" { where: otherwise }

person buyer   "Buyer"   { when: has(household_role) and household_role == "buyer" }
person partner "Partner" { when: has(household_role) and household_role == "partner" }
map early { segment: golden phase: first  roles { buyer: target, approver  partner: influencer } }
map late  { segment: golden phase: second roles { buyer: approver          partner: target } }

campaign for_gold   { segment: golden flow { send plain hello } }
campaign for_others { segment: others flow { send plain goodbye } }
"""

SILVER_BUYER = {"id": "a", "account": "home", "household_role": "buyer", "tier": "silver"}
GOLD_PARTNER = {"id": "b", "account": "home", "household_role": "partner", "tier": "gold"}


def test_r1_the_first_segment_in_order_of_declaration_takes_the_account() -> None:
    """R1: the first segment, in order of declaration, whose `where` holds."""
    text = """
    segment golden "Golden"       { where: has(tier) and tier == "gold" }
    segment metal  "Metal"        { where: has(tier) }
    segment others "Other people" { where: otherwise }
    campaign for_gold   { segment: golden flow { send plain hello } }
    campaign for_metal  { segment: metal  flow { send plain again } }
    campaign for_others { segment: others flow { send plain goodbye } }
    """
    people = [{"id": "a", "tier": "gold"}, {"id": "b", "tier": "tin"}, {"id": "c"}]
    told = story(text, people)
    # `a` is golden and metal: golden is declared first. `b` is metal only, `c` nothing.
    assert told.touches == [
        ("2027-02-01 08:00", "a", "plain", "hello"),
        ("2027-02-01 08:00", "b", "plain", "again"),
        ("2027-02-01 08:00", "c", "plain", "goodbye"),
    ]
    assert told.execution.counts.by_segment == {"golden": 1, "metal": 1, "others": 1}


def test_r1_without_a_map_any_person_can_bring_the_account_in() -> None:
    """R1: `where` holds for one of its targets; without a map: for any person of it."""
    told = story(SEGMENTS, [{"id": "a", "account": "home"}, {"id": "b", "account": "home", "tier": "gold"}])
    # `b` is gold, so the whole account is golden: both get the golden campaign.
    assert told.touches == [
        ("2027-02-01 08:00", "a", "plain", "hello"),
        ("2027-02-01 08:00", "b", "plain", "hello"),
    ]


def test_r1_with_a_map_only_its_targets_are_asked() -> None:
    """R1: asked are the persons with role target by that segment's map of the phase it is in."""
    told = story(HOUSEHOLD, [SILVER_BUYER, GOLD_PARTNER])
    # In `first` the target is the buyer, who is silver: not golden, though the partner is gold.
    assert told.touches == [
        ("2027-02-01 08:00", "a", "plain", "goodbye"),
        ("2027-02-01 08:00", "b", "plain", "goodbye"),
    ]


def test_r1_it_is_asked_again_when_it_enters_a_phase_by_the_map_of_that_phase() -> None:
    """R1: asked when it enters the plan and when it enters a phase, by the map of the phase it enters."""
    told = story(
        HOUSEHOLD, [SILVER_BUYER, GOLD_PARTNER], [{"contact": "a", "at": "2027-02-03 10:00", "event": "went_on"}]
    )
    # In `second` the target is the partner, who is gold: golden from Wednesday 10:00 on.
    assert told.touches == [
        ("2027-02-01 08:00", "a", "plain", "goodbye"),
        ("2027-02-01 08:00", "b", "plain", "goodbye"),
        ("2027-02-03 10:00", "a", "plain", "hello"),
        ("2027-02-03 10:00", "b", "plain", "hello"),
    ]


def test_r1_between_phases_it_is_not_asked() -> None:
    """R1: a segment is asked when the account enters a phase, not when its events change."""
    text = """
    segment curious "Curious"      { where: ever(asked) }
    segment others  "Other people" { where: otherwise }
    campaign for_curious { segment: curious flow { send plain hello } }
    """
    events = [
        {"contact": "per", "at": "2027-02-02 10:00", "event": "asked"},
        {"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"},
    ]
    # Asked on Tuesday changes nothing; entering `second` on Wednesday asks again.
    assert story(text, events=events).sent == [("2027-02-03 10:00", "hello")]


def test_r1_history_counts_when_it_enters_the_plan() -> None:
    """R1, R2: the segment at entry sees the events of history."""
    text = """
    segment curious "Curious"      { where: ever(asked) }
    segment others  "Other people" { where: otherwise }
    campaign for_curious { segment: curious flow { send plain hello } }
    """
    events = [{"contact": "per", "at": "2027-01-10 10:00", "event": "asked"}]
    assert story(text, events=events).sent == [("2027-02-01 08:00", "hello")]


def test_r2_an_account_enters_at_its_since() -> None:
    """R2: it enters at the later of `from` and its earliest `since`."""
    text = "campaign c { flow { send plain hello } }"
    people = [
        {"id": "early", "since": "2020-05-01"},
        {"id": "late", "since": "2027-02-10"},
        {"id": "later", "since": "2027-02-10 09:30"},
    ]
    told = story(text, people)
    # A date is its 00:00.
    assert told.sent_to == [
        ("2027-02-01 08:00", "early"),
        ("2027-02-10 00:00", "late"),
        ("2027-02-10 09:30", "later"),
    ]
    assert told.entries == [("2027-02-01 08:00", "first"), ("2027-02-10 00:00", "first"), ("2027-02-10 09:30", "first")]


def test_r2_the_earliest_since_of_its_people_counts() -> None:
    """R2: the account enters once, at the earliest `since` of its people."""
    people = [
        {"id": "a", "account": "home", "since": "2027-02-10"},
        {"id": "b", "account": "home", "since": "2027-02-05"},
    ]
    told = story("campaign c { flow { send plain hello } }", people)
    assert told.entries == [("2027-02-05 00:00", "first")]
    assert ("2027-02-05 00:00", "b") in told.sent_to


def test_r2_history_walks_the_edges_from_start() -> None:
    """R2: events before entry walk the journey's edges to the phase it enters, and start no run."""
    text = """
    campaign one { phase: first  flow { send plain hello } }
    campaign two { phase: second flow { send plain again } }
    """
    told = story(text, events=[{"contact": "per", "at": "2027-01-20 10:00", "event": "went_on"}])
    assert told.entries == [("2027-02-01 08:00", "second")]
    assert told.moves == []
    assert told.sent == [("2027-02-01 08:00", "again")]


def test_r2_history_ends_where_entry_begins() -> None:
    """R2: events before entry are history; one in the very second of entry is not."""
    events = [{"contact": "per", "at": "2027-02-01 08:00", "event": "went_on"}]
    told = story("campaign c { phase: second flow { send plain hello } }", events=events)
    assert told.entries == [("2027-02-01 08:00", "first")]
    assert told.moves == [("2027-02-01 08:00", "first", "second")]
    before = story(
        "campaign c { phase: second flow { send plain hello } }",
        events=[{"contact": "per", "at": "2027-02-01 07:59:59", "event": "went_on"}],
    )
    assert before.entries == [("2027-02-01 08:00", "second")]
    assert before.moves == []


def test_r2_history_starts_no_run_by_event() -> None:
    """R2: history starts no run, not even one that `starts` with its event."""
    text = "campaign c { starts: asked flow { send plain hello } }"
    assert story(text, events=[{"contact": "per", "at": "2027-01-20 10:00", "event": "asked"}]).touches == []


def test_r2_no_ask_sees_history() -> None:
    """R2: no `ask` sees what happened before entry."""
    text = """campaign c { flow {
      ask "Asked?" within 2d { asked -> send plain hello -> stop  nothing -> send plain goodbye }
    } }"""
    told = story(text, events=[{"contact": "per", "at": "2027-02-01 07:59", "event": "asked"}])
    # Nothing in two days: Monday 08:00 + 2d.
    assert told.sent == [("2027-02-03 08:00", "goodbye")]


def test_r2_history_feeds_predicates() -> None:
    """R2: history feeds predicates."""
    text = """campaign c { flow {
      choose "Ever asked?" { ever(asked) -> send plain hello  otherwise -> send plain goodbye }
    } }"""
    told = story(text, events=[{"contact": "per", "at": "2027-01-20 10:00", "event": "asked"}])
    assert told.sent == [("2027-02-01 08:00", "hello")]


def test_r2_history_feeds_relations() -> None:
    """R2, R5: history feeds relations."""
    text = """
    relations bond { level stranger {} level friend { when: ever(asked) } }
    campaign c { relation: friend flow { send plain hello } }
    """
    told = story(
        text, events=[{"contact": "per", "at": "2027-01-20 10:00", "event": "asked"}], plan={"relations": "bond"}
    )
    assert told.sent == [("2027-02-01 08:00", "hello")]


def test_r2_an_account_of_no_segment_walks_the_journey_and_is_counted() -> None:
    """R2: an account that no segment takes walks the journey, has no runs, and is counted."""
    text = """
    segment golden "Golden" { where: has(tier) and tier == "gold" }
    campaign c { flow { send plain hello } }
    """
    told = story(text, events=[{"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}])
    assert told.touches == []
    assert told.moves == [("2027-02-03 10:00", "first", "second")]
    assert told.execution.counts.by_segment.get("", 0) == 1


def test_r3_an_edge_moves_the_account_whoever_raised_the_event() -> None:
    """R3: an edge applies to the account, whichever of its persons raised the event, when it happens."""
    text = "campaign c { phase: second flow { send plain hello } }"
    told = story(
        text,
        [{"id": "a", "account": "home"}, {"id": "b", "account": "home"}],
        [{"contact": "b", "at": "2027-02-03 10:00:07", "event": "went_on"}],
    )
    assert told.moves == [("2027-02-03 10:00:07", "first", "second")]
    assert told.sent_to == [("2027-02-03 10:00:07", "a"), ("2027-02-03 10:00:07", "b")]
    assert [move.why for move in told.execution.moves] == ["entry", "went_on"]


def test_r3_the_edge_uses_the_event_up() -> None:
    """R3: the edge uses the event up: one event, one edge, though the next edge has it too."""
    text = "campaign c { phase: third flow { send plain hello } }"
    once = [{"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}]
    twice = [*once, {"contact": "per", "at": "2027-02-04 10:00", "event": "went_on"}]
    assert story(text, events=once).moves == [("2027-02-03 10:00", "first", "second")]
    assert story(text, events=twice).moves == [
        ("2027-02-03 10:00", "first", "second"),
        ("2027-02-04 10:00", "second", "third"),
    ]


def test_r3_an_event_that_starts_from_the_edges_event_takes_it_too() -> None:
    """Language, `event`: an event that starts from another is also that one, for edges."""
    text = """
    event hurried: went_on { from: web }
    campaign c { phase: second flow { send plain hello } }
    """
    told = story(text, events=[{"contact": "per", "at": "2027-02-03 10:00", "event": "hurried"}])
    assert told.moves == [("2027-02-03 10:00", "first", "second")]


def test_r3_an_edge_may_carry_several_events() -> None:
    """R3: an edge may carry several events; any of them takes it."""
    text = """
    journey own { start: first  phase first {}  phase second {}  first -> second: asked, begged }
    campaign c { phase: second flow { send plain hello } }
    """
    for event in ("asked", "begged"):
        told = story(
            text, events=[{"contact": "per", "at": "2027-02-03 10:00", "event": event}], plan={"journey": "own"}
        )
        assert told.moves == [("2027-02-03 10:00", "first", "second")]


def test_r3_only_move_takes_an_edge_without_events() -> None:
    """R3: an edge may carry no event: then only `move` takes it."""
    text = "campaign c { phase: first flow { wait 2d  move third } }"
    told = story(text, events=[{"contact": "per", "at": "2027-02-02 10:00", "event": "asked"}])
    assert told.moves == [("2027-02-03 08:00", "first", "third")]
    assert told.execution.moves[1].why.startswith("move c")


def test_r2_what_happens_before_since_is_history_too() -> None:
    """R2: events before it enters are history, also those after `from`."""
    people = [{"id": "per", "since": "2027-02-10"}]
    events = [{"contact": "per", "at": "2027-02-05 10:00", "event": "went_on"}]
    told = story("campaign c { phase: second flow { send plain hello } }", people, events)
    assert told.entries == [("2027-02-10 00:00", "second")]
    assert told.moves == []
    assert told.sent == [("2027-02-10 00:00", "hello")]


def test_r2_since_is_on_the_persons_clock() -> None:
    """R2, R8: `since` is on the person's clock: midnight in New York is 06:00 in Copenhagen."""
    people = [{"id": "per", "since": "2027-02-10", "timezone": "America/New_York"}]
    assert story("campaign c { flow { send plain hello } }", people).entries == [("2027-02-10 06:00", "first")]


def test_r2_history_may_walk_several_edges() -> None:
    """R2: history walks from `start`, edge after edge; an event without an edge there is passed over."""
    events = [
        {"contact": "per", "at": f"2027-01-2{day} 10:00", "event": event}
        for day, event in ((0, "asked"), (1, "went_on"), (2, "went_on"), (3, "went_on"))
    ]
    assert story("campaign c { flow { send plain hello } }", events=events).entries == [("2027-02-01 08:00", "third")]


def test_r3_an_event_that_no_edge_of_the_phase_has_moves_nobody() -> None:
    """R3: only the edges of the phase the account is in."""
    text = """
    journey own { start: first  phase first {}  phase second {}  first -> second  second -> first: asked }
    campaign c { phase: second flow { send plain hello } }
    """
    told = story(text, events=[{"contact": "per", "at": "2027-02-03 10:00", "event": "asked"}], plan={"journey": "own"})
    assert told.moves == []


def test_r3_two_events_of_one_second_take_two_edges() -> None:
    """R3: each event is used up by one edge; two rows of one second are two events."""
    events = [{"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}] * 2
    assert story("campaign c { phase: third flow { send plain hello } }", events=events).moves == [
        ("2027-02-03 10:00", "first", "second"),
        ("2027-02-03 10:00", "second", "third"),
    ]
