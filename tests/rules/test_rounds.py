"""R23: what happens first within one instant of an account."""

from __future__ import annotations

from tests.rules.plans import story


def test_r23_a_move_goes_before_a_touch() -> None:
    """R23: decisions and moves come before touches, whatever their priority: the touch's run has ended by then."""
    text = """
    campaign major { phase: first priority: 90 flow { wait 1h  send plain hello } }
    campaign minor { phase: first priority: 10 flow { wait 1h  move second } }
    """
    told = story(text)
    assert told.moves == [("2027-02-01 09:00", "first", "second")]
    assert told.touches == []


def test_r23_events_and_edges_go_before_touches() -> None:
    """R23: events, then edges, go first: a touch of that very second is not made."""
    text = "campaign c { phase: first flow { wait 1h  send plain hello } }"
    told = story(text, events=[{"contact": "per", "at": "2027-02-01 09:00", "event": "went_on"}])
    assert told.touches == []
    assert story(text).sent == [("2027-02-01 09:00", "hello")]


def test_r23_after_one_touch_all_begins_again() -> None:
    """R23: one touch, then again: the move behind the first touch ends the run of the second."""
    text = """
    campaign major { phase: first priority: 90 flow { send plain hello  move second } }
    campaign minor { phase: first priority: 10 flow { send plain goodbye } }
    campaign there { phase: second flow { send plain again } }
    """
    told = story(text)
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-01 08:00", "again")]


def test_r23_the_first_move_wins() -> None:
    """R23: the first move by R17 wins; it ends the run of the other."""
    text = """
    campaign one { phase: first flow { wait 1h  move second } }
    campaign two { phase: first PRIORITY flow { wait 1h  move third } }
    """
    # Equal priority: the campaign declared first; a higher one goes before it.
    assert story(text.replace("PRIORITY", "")).moves == [("2027-02-01 09:00", "first", "second")]
    assert story(text.replace("PRIORITY", "priority: 60")).moves == [("2027-02-01 09:00", "first", "third")]


def test_r23_edges_go_before_moves() -> None:
    """R23: an event's edge is taken before a move of the same second."""
    text = """
    campaign c { phase: first flow { wait 1h  move third } }
    campaign d { phase: second flow { send plain hello } }
    """
    told = story(text, events=[{"contact": "per", "at": "2027-02-01 09:00", "event": "went_on"}])
    assert told.moves == [("2027-02-01 09:00", "first", "second")]
    assert told.sent == [("2027-02-01 09:00", "hello")]


def test_r23_entering_a_phase_twice_in_one_instant_is_spinning() -> None:
    """R23: entering a phase twice in one instant is an issue `spinning`, and the account stays."""
    text = """
    campaign one { phase: first  flow { wait 1h  choose "?" { has(tier) -> move second  otherwise -> stop } } }
    campaign two { phase: second flow { move first } }
    campaign six { phase: first  flow { choose "!" { has(tier) and ever(begged) -> move second  otherwise -> stop } } }
    """
    people = [{"id": "per", "tier": "gold"}]
    events = [{"contact": "per", "at": "2027-02-01 08:30", "event": "begged"}]
    # 08:00: `six` begins, and nobody has begged yet. 09:00: `one` moves to second, `two` back to first; `six` begins
    # again there and now moves to second, a second time in this instant: spinning, and it stays in first.
    told = story(text, people, events, until="2027-02-01 09:30")
    assert told.moves == [("2027-02-01 09:00", "first", "second"), ("2027-02-01 09:00", "second", "first")]
    assert told.issues == ["spinning"]


def test_r23_decisions_run_on_within_the_instant() -> None:
    """R23: again until none is left: a chain of decisions takes no time."""
    text = """campaign c { flow {
      choose "One?" { has(tier) -> two  otherwise -> stop }
      two: choose "Two?" { has(tier) -> three  otherwise -> stop }
      three: split "Three?" { 100% -> send plain hello }
    } }"""
    assert story(text, [{"id": "per", "tier": "gold"}]).sent == [("2027-02-01 08:00", "hello")]


def test_r23_an_answer_in_the_instant_of_the_touch_moves_on_at_once() -> None:
    """R23, R19: touch, then the ask behind it sees the event of this second, then the next touch."""
    text = """campaign c { flow {
      wait 1h
      send plain hello
      ask "Asked?" within 1d { asked -> send plain again  nothing -> send plain goodbye }
    } }"""
    told = story(text, events=[{"contact": "per", "at": "2027-02-01 09:00", "event": "asked"}])
    assert told.sent == [("2027-02-01 09:00", "hello"), ("2027-02-01 09:00", "again")]
