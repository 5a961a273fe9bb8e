"""Because: the chain of rules that gave a row its time, each with its place."""

from __future__ import annotations

from tests.rules.plans import Story, at, story


def ready(told: Story, number: int = 0) -> str:
    """The due moment minus all delays: when the step was ready."""
    touch = told.execution.touches[number]
    return told.local(touch.due - sum(link.delay for link in touch.because))


def test_a_touch_that_nothing_delays_says_only_why_it_was_ready() -> None:
    """Because: the first link is `ready`, at the step's place."""
    told = story("campaign c {\n flow {\n send plain hello\n } }")
    (touch,) = told.execution.touches
    assert [(link.rule, link.delay) for link in touch.because] == [("ready", 0)]
    assert told.line(touch.because[0].place) == "send plain hello"


def test_quiet_hours() -> None:
    """Because: `quiet 20:00..08:00 of email: to Tue 08:00`: eleven hours, and the place of the quiet hours."""
    told = story(
        """
        channel calm: plain { quiet: 20:00 .. 08:00 }
        campaign c { flow { send calm hello } }
        """,
        start="2027-02-01 21:00",
    )
    (touch,) = told.execution.touches
    assert told.words(touch.because) == ["quiet 11:00:00"]
    quiet = next(link for link in touch.because if link.rule == "quiet")
    assert told.line(quiet.place).startswith("channel calm")
    assert ready(told) == "2027-02-01 21:00"


def test_a_chain_of_several() -> None:
    """Because: each link adds its delay, in the order in which the rules moved the moment."""
    told = story(
        """
        channel slow: plain { lead: 2d  hours: 09:00 .. 17:00 }
        rule calm { cap: 1 per 7d }
        campaign c { flow { send slow hello  send slow again at 12:00 } }
        """,
        start="2027-02-01 18:00",
    )
    first, second = told.execution.touches
    # Monday 18:00 + 2d = Wednesday 18:00; closed until Thursday 09:00: 15 hours.
    assert told.local(first.due) == "2027-02-04 09:00"
    assert told.words(first.because) == ["lead 2 days, 0:00:00", "hours 15:00:00"]
    # Ready Thursday 09:00 + 2d = Saturday 09:00; at 12:00: 3 h; a week after the first: Thursday 11th 09:00, that is
    # 4 days and 21 h later; at 12:00 again: 3 h.
    assert told.local(second.due) == "2027-02-11 12:00"
    assert told.words(second.because) == ["lead 2 days, 0:00:00", "at 3:00:00", "cap 4 days, 21:00:00", "at 3:00:00"]
    assert ready(told, 1) == "2027-02-04 09:00"
    cap = next(link for link in second.because if link.rule == "cap")
    assert told.line(cap.place).startswith("rule calm")


def test_a_task_and_its_desk() -> None:
    """Because: the desk and its capacity are links of the chain."""
    told = story(
        """
        team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays capacity: 1 per calendar day }
        campaign c { flow { task plain hello by desk due 1 workday { helped -> stop } } }
        """,
        [{"id": "a", "account": "a"}, {"id": "b", "account": "b"}],
    )
    first, second = told.execution.tasks
    assert told.words(first.because) == ["desk 1:00:00"]
    # 09:00 full; Tuesday 09:00: together 25 hours, of the desk and its capacity.
    assert {link.rule for link in second.because if link.delay} <= {"desk", "capacity"}
    assert sum(link.delay for link in second.because) == 25 * 3600
    assert any(link.rule == "capacity" for link in second.because)


def test_moves_say_what_moved_them() -> None:
    """Because: every move carries its chain: the entry, the event, the step."""
    told = story(
        "campaign c { phase: second flow { wait 1d  move third } }",
        events=[{"contact": "per", "at": "2027-02-03 10:00", "event": "went_on"}],
    )
    rows = told.execution.moves
    assert [(row.source, row.target) for row in rows] == [("", "first"), ("first", "second"), ("second", "third")]
    assert [row.why for row in rows][:2] == ["entry", "went_on"]
    assert all(row.because for row in rows)
    assert rows[2].at == at("2027-02-04 10:00")


def test_skips_say_which_rule_stopped_them() -> None:
    """Because: every skip carries its chain, with the rule that stopped it at its place."""
    told = story(
        """
        rule calm { cap: 1 per 7d }
        campaign c { patience: 2d flow { send plain hello  send plain again } }
        """
    )
    (skip,) = told.execution.skips
    assert skip.reason == "patience"
    words = [link.rule for link in skip.because]
    assert words[0] == "ready"
    assert "patience" in words
    assert told.local(skip.at - sum(link.delay for link in skip.because)) == "2027-02-01 08:00"
