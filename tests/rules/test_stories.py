"""The worked example of the rules, and the three stories of the family car, by hand.

`tests/unit/examples` runs the plan's own `test` declarations; here their words are put to the interpreter without the
code that runs them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from gridlang.cache import remembered
from gridlang.compiler import compile_plan
from gridlang.files import Workspace
from gridlang.schedule.model import Schedule
from tests.rules.plans import Row, Story, told

FAMILY_CAR = Path(__file__).parents[2] / "examples" / "family_car"

PER = {
    "id": "per",
    "account": "home",
    "household_role": "father",
    "first_name": "Per",
    "email": "per@example.dk",
    "children": 2,
    "first_registered": "2018-05-01",
    "consent": "email",
}
PER_WITH_PHONE = {**PER, "mobile": "+45 20 30 40 50", "consent": "email;phone"}
HANNE = {
    "id": "hanne",
    "account": "home",
    "household_role": "mother",
    "first_name": "Hanne",
    "email": "hanne@example.dk",
    "children": 2,
}
NO_TIME = {"contact": "per", "at": "2027-02-08 10:30", "outcome": "no_time", "step": "call"}


@cache
def family_car() -> Schedule:
    outcome = compile_plan(Workspace.at(str(FAMILY_CAR)), remembered)
    assert not outcome.failed
    assert outcome.value is not None
    return outcome.value.schedule


def tell(phase: str, people: Iterable[Row], events: Iterable[Row] = (), until: str = "2027-05-01 00:00") -> Story:
    return told(family_car(), "", people, events, start="2027-02-01 08:00", until=until, entries={"home": phase})


def test_the_worked_example() -> None:
    """Execution, worked example: Per enters `contact` on Monday 1 February 2027, 08:00."""
    story = tell("contact", [PER_WITH_PHONE], [NO_TIME], until="2027-04-11 00:00")
    # Invited at the next 09:00; nothing in 5 days, until Saturday 6 February 09:00; phone and desk open on Monday
    # 09:00; no time at 10:30: pool, 60 days on the calendar: 9 April 10:30; invited at the next 09:00, a Saturday.
    # (Flights on mass media are touches of nobody.)
    assert [touch for touch in story.touches if touch[1]] == [
        ("2027-02-01 09:00", "per", "email", "meeting_invite"),
        ("2027-04-10 09:00", "per", "email", "meeting_invite"),
    ]
    (task,) = story.tasks
    assert (task.when, task.message, task.deadline) == ("2027-02-08 09:00", "book_meeting", "2027-02-10 09:00")
    assert (task.state, task.outcome, task.closed) == ("done", "no_time", "2027-02-08 10:30")
    assert story.skips == []
    assert story.moves == []


def test_the_worked_example_says_why() -> None:
    """Execution, worked example: R11 for the invitation; R14 and R18 for the call, ready Saturday 6 February 09:00."""
    story = tell("contact", [PER_WITH_PHONE], [NO_TIME], until="2027-04-11 00:00")
    invited = next(touch for touch in story.execution.touches if touch.contact)
    assert story.words(invited.because) == ["at 1:00:00"]
    (call,) = story.execution.tasks
    assert story.local(call.due - sum(link.delay for link in call.because)) == "2027-02-06 09:00"
    # Saturday 09:00 to Monday 09:00.
    assert sum(link.delay for link in call.because) == 2 * 86_400
    assert "days" in {link.rule for link in call.because}


def test_the_busy_father_ends_in_the_pool_and_is_invited_again() -> None:
    """`test "Den travle far ender i puljen og bliver inviteret igen"`."""
    story = tell("contact", [PER_WITH_PHONE], [NO_TIME])
    assert ("2027-02-01 09:00", "per", "email", "meeting_invite") in story.touches
    assert ("2027-02-08 09:00", "per") in story.handed_out
    assert ("2027-04-10 09:00", "per", "email", "meeting_invite") in story.touches
    calls = [task.when for task in story.tasks]
    assert not [when for when in calls if "2027-02-08 10:30" <= when < "2027-04-10 09:00"]


def test_an_answer_in_standby_leads_back_to_the_sale() -> None:
    """`test "Svarer han i stand-by, er han tilbage i salget af sig selv"`."""
    replied = {"contact": "per", "at": "2027-02-03 12:00", "event": "replied"}
    story = tell("standby", [PER], [replied])
    assert story.moves[0] == ("2027-02-03 12:00", "standby", "sale")
    assert not [task for task in story.tasks if task.when < "2027-02-03 12:00"]


def test_without_consent_the_mother_gets_no_mail_and_it_says_so() -> None:
    """`test "Uden samtykke får mor ingen mail, og det står der"`."""
    story = tell("contact", [PER, HANNE])
    skips = [
        (story.local(row.at), row.contact, row.channel, row.message, row.reason)
        for row in story.execution.skips
        if row.contact == "hanne"
    ]
    # `wait 2d` from Monday 08:00.
    assert ("2027-02-03 08:00", "hanne", "email", "safety_report", "consent") in skips
    assert not [touch for touch in story.touches if touch[1] == "hanne"]
