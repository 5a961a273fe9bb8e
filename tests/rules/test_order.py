"""R17: who goes first when several want the same room."""

from __future__ import annotations

from tests.rules.plans import story

DESK = 'team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays capacity: 1 per calendar day }'
CALL = "task plain hello by desk due 1 workday { helped -> stop }"


def test_r17_priority_first() -> None:
    """R17: priority, higher first, before the order of declaration."""
    text = """
    rule calm { cap: 1 per 7d }
    campaign minor { priority: 20 flow { send plain goodbye } }
    campaign usual {              flow { send plain again } }
    campaign major { priority: 80 flow { send plain hello } }
    """
    # All are ready Monday 08:00; one a week: 80, then the default 50, then 20.
    assert story(text).sent == [
        ("2027-02-01 08:00", "hello"),
        ("2027-02-08 08:00", "again"),
        ("2027-02-15 08:00", "goodbye"),
    ]


def test_r17_then_ready_time() -> None:
    """R17: then ready time, before the order of declaration; when room opens those waiting compete by it."""
    text = """
    rule calm { cap: 1 per 7d }
    campaign late  { flow { wait 1d  send plain again } }
    campaign early { flow { send plain hello } }
    """
    events = [{"contact": "per", "at": "2027-01-31 08:00", "event": "contacted", "channel": "plain"}]
    # Contacted on 31 January 08:00: room on 7 February 08:00, when both wait. `early` was ready a day before.
    assert story(text, events=events).sent == [("2027-02-07 08:00", "hello"), ("2027-02-14 08:00", "again")]


def test_r17_priority_goes_before_ready_time() -> None:
    """R17: priority counts before ready time."""
    text = """
    rule calm { cap: 1 per 7d }
    campaign late  { priority: 60 flow { wait 1d  send plain again } }
    campaign early {              flow { send plain hello } }
    """
    events = [{"contact": "per", "at": "2027-01-31 08:00", "event": "contacted", "channel": "plain"}]
    assert story(text, events=events).sent == [("2027-02-07 08:00", "again"), ("2027-02-14 08:00", "hello")]


def test_r17_then_campaigns_in_order_of_declaration() -> None:
    """R17: then the campaign, in order of declaration, not by its name; before the ids of people."""
    text = f"""
    {DESK}
    campaign zebra {{ phase: first flow {{ {CALL} }} }}
    campaign apple {{ phase: first flow {{ {CALL} }} }}
    """
    told = story(text, [{"id": "a", "account": "a"}, {"id": "b", "account": "b"}])
    rows = [(task.local[:10], task.campaign, task.contact) for task in told.execution.tasks]
    assert rows == [
        ("2027-02-01", "zebra", "a"),
        ("2027-02-02", "zebra", "b"),
        ("2027-02-03", "apple", "a"),
        ("2027-02-04", "apple", "b"),
    ]


def test_r17_then_steps_in_order_of_declaration() -> None:
    """R17: then the step in order of declaration, before the ids of people."""
    text = f"""
    {DESK}
    campaign c {{ flow {{
      choose "Gold?" {{ has(tier) and tier == "gold" -> second  otherwise -> first_call }}
      first_call: {CALL}
      second:     task plain again by desk due 1 workday {{ helped -> stop }}
    }} }}
    """
    told = story(text, [{"id": "a", "tier": "gold"}, {"id": "b"}])
    # `b` waits at the step written first.
    assert told.handed_out == [("2027-02-01 09:00", "b"), ("2027-02-02 09:00", "a")]


def test_r17_then_account_ids_by_code_point() -> None:
    """R17: then the account's id; ids compare by code point: capitals before small letters, `a10` before `a9`."""
    text = f"{DESK} campaign c {{ flow {{ {CALL} }} }}"
    # The contacts' ids run the other way round: the account counts first.
    people = [
        {"id": "4", "account": "B"},
        {"id": "3", "account": "a"},
        {"id": "2", "account": "a10"},
        {"id": "1", "account": "a9"},
        {"id": "0", "account": "å"},
    ]
    assert story(text, people).handed_out == [
        ("2027-02-01 09:00", "4"),
        ("2027-02-02 09:00", "3"),
        ("2027-02-03 09:00", "2"),
        ("2027-02-04 09:00", "1"),
        ("2027-02-05 09:00", "0"),
    ]


def test_r17_then_contact_ids_by_code_point() -> None:
    """R17: then the contact's id, by code point."""
    text = f"{DESK} campaign c {{ flow {{ {CALL} }} }}"
    people = [{"id": name, "account": "home"} for name in ("p9", "p10", "P2")]
    assert story(text, people).handed_out == [
        ("2027-02-01 09:00", "P2"),
        ("2027-02-02 09:00", "p10"),
        ("2027-02-03 09:00", "p9"),
    ]


def test_r17_a_newcomer_of_higher_priority_overtakes_those_who_wait() -> None:
    """R17: when room opens, those waiting compete by it, whoever came first."""
    text = f"""
    {DESK}
    campaign calls  {{ phase: first flow {{ {CALL} }} }}
    campaign urgent {{ phase: second priority: 90 flow {{ {CALL} }} }}
    """
    people = [{"id": name, "account": name} for name in "abc"]
    events = [{"contact": "c", "at": "2027-02-01 12:00", "event": "went_on"}]
    # Monday is full with `a` at 09:00. At noon `c` moves on: its call is urgent now. Tuesday 09:00 goes to `c`.
    told = story(text, people, events)
    assert told.handed_out == [("2027-02-01 09:00", "a"), ("2027-02-02 09:00", "c"), ("2027-02-03 09:00", "b")]


def test_r17_the_tables_stand_in_that_order() -> None:
    """R17, rows: rows of one second stand by priority, then declaration, then account and contact."""
    text = """
    campaign minor { priority: 20 flow { send plain hello } }
    campaign zebra {              flow { send plain again } }
    campaign apple {              flow { send plain goodbye } }
    """
    told = story(text, [{"id": "1", "account": "b"}, {"id": "2", "account": "a"}])
    assert [(touch.campaign, touch.contact) for touch in told.execution.touches] == [
        ("zebra", "2"),
        ("zebra", "1"),
        ("apple", "2"),
        ("apple", "1"),
        ("minor", "2"),
        ("minor", "1"),
    ]


def test_r17_those_who_waited_longer_go_before_newcomers() -> None:
    """R17: ready time before ids: Tuesday's place goes to the one who was ready first."""
    text = f"""
    {DESK}
    campaign c {{ flow {{ wait until day at 12:00  {CALL} }} }}
    """
    people = [
        {"id": "0", "day": "2027-02-01"},
        {"id": "a", "day": "2027-01-10"},
        {"id": "b", "day": "2027-01-10"},
    ]
    # `a` and `b` are ready Monday 08:00 (their date has passed), `0` at noon. Monday 09:00 goes to `a`.
    assert story(text, people).handed_out == [
        ("2027-02-01 09:00", "a"),
        ("2027-02-02 09:00", "b"),
        ("2027-02-03 09:00", "0"),
    ]
