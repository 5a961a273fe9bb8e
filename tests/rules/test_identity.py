"""R24: the names of steps and the ids of rows, worked out here from the words of the rule."""

from __future__ import annotations

import hashlib
import unicodedata

from tests.rules.plans import story


def identity(contact: str, campaign: str, step: str, visit: int, plan: str = "small") -> str:
    """The first 20 hex digits of SHA-256 over plan, contact, campaign, step, visit (UTF-8 NFC, joined by U+001F)."""
    text = "\x1f".join((plan, contact, campaign, step, str(visit)))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest()[:20]


def test_r24_a_touch() -> None:
    """R24: a send without label is `verb:channel:message`."""
    (touch,) = story("campaign c { flow { send plain hello } }").execution.touches
    assert (touch.step, touch.visit, touch.id) == ("send:plain:hello", 1, identity("per", "c", "send:plain:hello", 1))


def test_r24_the_first_channel_as_written() -> None:
    """R24: first channel as written, whichever carried it."""
    told = story("campaign c { flow { send email or letter hello } }", [{"id": "per", "address": "Allé 1"}])
    (touch,) = told.execution.touches
    assert touch.channel == "letter"
    assert (touch.step, touch.id) == ("send:email:hello", identity("per", "c", "send:email:hello", 1))


def test_r24_a_step_is_its_label() -> None:
    """R24: a step is its label."""
    (touch,) = story("campaign c { flow { greet: send plain hello } }").execution.touches
    assert (touch.step, touch.id) == ("greet", identity("per", "c", "greet", 1))


def test_r24_a_task() -> None:
    """R24: a task is `task:channel:message`."""
    text = """
    team desk { members: "m@example.dk" }
    campaign c { flow { task plain hello by desk due 1 workday { helped -> stop } } }
    """
    (task,) = story(text).execution.tasks
    assert (task.step, task.id) == ("task:plain:hello", identity("per", "c", "task:plain:hello", 1))


def test_r24_visits_are_counted_in_the_plan() -> None:
    """R24: visit counts this contact's visits of this step in the plan, from 1, over all its runs."""
    text = "campaign c { starts: asked flow { send plain hello  wait 1d  send plain hello2 } }".replace(
        "hello2", "again"
    )
    events = [{"contact": "per", "at": f"2027-02-{day} 10:00", "event": "asked"} for day in ("02", "08")]
    told = story(text, [{"id": "per"}, {"id": "ann"}], [*events, {**events[0], "contact": "ann"}])
    rows = [(row.contact, row.step, row.visit, row.id) for row in told.execution.touches]
    assert sorted(rows) == sorted(
        (contact, step, visit, identity(contact, "c", step, visit))
        for contact, visits in (("per", (1, 2)), ("ann", (1,)))
        for visit in visits
        for step in ("send:plain:hello", "send:plain:again")
    )


def test_r24_a_skip_is_a_visit() -> None:
    """R24: a visit that ended in a skip is one: the next has the next number, and the skip has its own id."""
    text = "campaign c { starts: asked flow { send email hello } }"
    events = [
        {"contact": "per", "at": "2027-02-02 10:00", "event": "asked"},
        {"contact": "per", "at": "2027-02-03 10:00", "event": "consent_given", "channel": "email"},
        {"contact": "per", "at": "2027-02-04 10:00", "event": "asked"},
    ]
    told = story(text, [{"id": "per", "email": "per@example.dk"}], events)
    step = "send:email:hello"
    assert [(row.visit, row.id) for row in told.execution.skips] == [(1, identity("per", "c", step, 1))]
    assert [(row.visit, row.id) for row in told.execution.touches] == [(2, identity("per", "c", step, 2))]


def test_r24_a_flow_that_is_run_prefixes_its_steps() -> None:
    """R24: an inlined flow prefixes the name of its `run`: its label, else the flow's name."""
    text = """
    flow greeting() { send plain hello }
    campaign c { flow { run greeting()  later: run greeting() } }
    """
    told = story(text)
    steps = [touch.step for touch in told.execution.touches]
    assert [step.partition("send")[0].rstrip("/.:") for step in steps] == ["greeting", "later"]
    assert len({touch.id for touch in told.execution.touches}) == 2
    assert [touch.id for touch in told.execution.touches] == [identity("per", "c", step, 1) for step in steps]


def test_r24_letters_are_composed_first() -> None:
    """R24: UTF-8 NFC: an id written with a combining accent is the same as the composed one."""
    (touch,) = story("campaign c { flow { send plain hello } }", [{"id": "rene\u0301"}]).execution.touches
    assert touch.id == identity("ren\u00e9", "c", "send:plain:hello", 1)


def test_r24_a_run_of_the_plan_has_no_contact() -> None:
    """R24: for a run of the plan contact is empty."""
    told = story("campaign c { starts: 2027-03-01 flow { show press hello for 3w } }", start="2027-01-04 00:00")
    (flight,) = told.execution.touches
    assert (flight.contact, flight.id) == ("", identity("", "c", "show:press:hello", 1))


def test_r24_running_longer_sends_nothing_twice() -> None:
    """R24: running again, or longer, gives the same ids."""
    text = "campaign c { flow { repeat every 1w { send plain hello } } }"
    short = [touch.id for touch in story(text, until="2027-02-20 00:00").execution.touches]
    long = [touch.id for touch in story(text, until="2027-03-20 00:00").execution.touches]
    # Mondays: 1, 8, 15 February; then 22 February, 1, 8, 15 March.
    assert (len(short), len(long)) == (3, 7)
    assert long[:3] == short
    assert long == [identity("per", "c", "send:plain:hello", visit) for visit in range(1, 8)]
