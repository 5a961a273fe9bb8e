"""The checker itself: silent over a correct output, loud over every way of breaking it."""

from __future__ import annotations

import ast
import copy
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest

from gridlang.schedule.document import to_json
from gridlang.schedule.model import Cap, Channel, Event, Field, Hours, Rule, Schedule
from tests.laws import checker
from tests.laws.checker import Broken, check
from tests.unit.schedule.sample import schedule

Row = dict[str, str]
COPENHAGEN = "Europe/Copenhagen"


def row(contact: str, due: str, channel: str, *, zone: str = COPENHAGEN, visit: int = 1, **more: str) -> Row:
    """A touch; with `team` a task handed out. `due` is on the clock of `zone`."""
    local = dt.datetime.fromisoformat(due).replace(tzinfo=ZoneInfo(zone))
    made = {"contact": contact, "account": "h1", "channel": channel, "message": "invitation", "campaign": "invite"}
    made |= {"step": f"send:{channel}", "visit": str(visit), "due_local": local.isoformat()}
    made |= {"due": f"{local.astimezone(dt.UTC).replace(tzinfo=None).isoformat()}Z", "kind": "task", "team": ""}
    made |= {"state": "open", "outcome": "", "closed": "", **more}
    made["id"] = identity(made)
    return made


def identity(made: Row) -> str:
    parts = ("family_car", made["contact"], made["campaign"], made["step"], made["visit"])
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


@attrs.define
class Run:
    """What goes into the checker."""

    plan: Schedule
    persons: list[Row]
    events: list[Row]
    touches: list[Row]
    tasks: list[Row]
    moves: list[Row]

    def check(self) -> list[Broken]:
        return check(json.loads(to_json(self.plan)), self.persons, self.events, self.touches, self.tasks, self.moves)

    def rules(self) -> set[str]:
        return {broken.rule for broken in self.check()}


def plan() -> Schedule:
    """The sample, with the std events that consent and caps ask for, and a channel that starts from e-mail."""
    base = schedule()
    channel = Field(name="channel", place=0, type="Text", of="channel", optional=True)
    events = tuple(
        Event(name=name, place=0, carries=(channel,)) for name in ("consent_given", "consent_withdrawn", "contacted")
    )
    newsletter = attrs.evolve(base.channels[0], name="newsletter", ancestors=("email",))
    sms = Channel(
        name="sms", place=0, address="mobile", consent="consent", quiet=(Hours(start="20:00", end="09:00", place=0),)
    )
    return attrs.evolve(base, events=(*base.events, *events), channels=(*base.channels, newsletter, sms))


def run() -> Run:
    """Per (target by the map) and Hanne (influencer) in contact from 1 February: a correct output."""
    per = {"id": "p1", "account": "h1", "household_role": "father", "children": "2", "first_registered": "2018-05-01"}
    per |= {"email": "per@example.dk", "mobile": "+45 20", "address": "Vej 1", "consent": "email;phone", "timezone": ""}
    hanne = per | {"id": "p2", "household_role": "mother", "consent": "email;sms", "timezone": "America/New_York"}
    return Run(
        plan=plan(),
        persons=[per, hanne],
        events=[{"contact": "p1", "at": "2027-01-10T10:00", "event": "clicked", "channel": ""}],
        touches=[
            row("p1", "2027-02-01T09:00", "email"),
            row("p1", "2027-02-04T10:00", "letter"),
            row("p2", "2027-02-03T19:59:59", "email", zone="America/New_York"),
            row("p1", "2027-02-11T08:00", "newsletter"),
        ],
        tasks=[row("p1", "2027-02-08T09:00", "phone", team="sales_desk")],
        moves=[{"account": "h1", "at": "2027-02-01T00:00:00Z", "from": "", "to": "contact"}],
    )


def test_a_correct_output_breaks_nothing() -> None:
    assert run().check() == []


def add(run: Run, *made: Row) -> None:
    run.touches.extend(made)


def event(run: Run, at: str, name: str, channel: str = "", contact: str = "p1") -> None:
    run.events.append({"contact": contact, "at": at, "event": name, "channel": channel})


def into_quiet_hours(run: Run) -> None:
    run.touches[0] = row("p1", "2027-01-29T20:00", "email")


def before_quiet_hours_end(run: Run) -> None:
    run.touches[0] = row("p1", "2027-02-01T07:59:59", "email")


def quiet_on_her_own_clock(run: Run) -> None:
    run.touches[2] = row("p2", "2027-02-03T20:00", "email", zone="America/New_York")


def without_consent(run: Run) -> None:
    run.persons[0]["consent"] = "phone"


def consent_taken_back(run: Run) -> None:
    event(run, "2027-02-01T08:59", "consent_withdrawn", "email")


def consent_taken_back_for_all(run: Run) -> None:
    event(run, "2027-02-01T08:59", "consent_withdrawn")


def consent_taken_back_in_the_same_second(run: Run) -> None:
    event(run, "2027-02-01T09:00", "consent_withdrawn", "email")
    event(run, "2027-02-01T09:00", "consent_given", "email")


def without_address(run: Run) -> None:
    run.persons[0]["email"] = " "


def on_a_saturday(run: Run) -> None:
    run.touches[1] = row("p1", "2027-02-06T10:00", "letter")


def on_a_holiday(run: Run) -> None:
    run.touches[1] = row("p1", "2027-03-26T10:00", "letter")


def on_a_closed_day(run: Run) -> None:
    run.touches[1] = row("p1", "2027-12-24T10:00", "letter")


def after_hours(run: Run) -> None:
    run.tasks[0] = row("p1", "2027-02-08T20:00", "phone", team="sales_desk")


def when_the_desk_is_closed(run: Run) -> None:
    run.tasks[0] = row("p1", "2027-02-08T17:00", "phone", team="sales_desk")


def in_a_blackout(run: Run) -> None:
    run.touches[0] = row("p1", "2027-07-18T09:00", "email")


def a_fourth_in_a_week(run: Run) -> None:
    add(run, row("p1", "2027-02-07T09:00", "email", visit=2))


def a_fourth_by_somebody_else(run: Run) -> None:
    event(run, "2027-02-03T10:00", "contacted", "sms", "p2")


def a_second_call_a_day(run: Run) -> None:
    run.tasks.append(row("p1", "2027-02-08T16:00", "phone", team="sales_desk", visit=2))


def in_stand_by(run: Run) -> None:
    run.moves.append({"account": "h1", "at": "2027-02-05T00:00:00Z", "from": "contact", "to": "standby"})


def a_second_in_a_fortnight_of_stand_by(run: Run) -> None:
    run.tasks.clear()
    run.moves.append({"account": "h1", "at": "2027-02-10T00:00:00Z", "from": "contact", "to": "standby"})
    add(run, row("p1", "2027-02-24T08:00", "newsletter", visit=2))


def the_same_twice(run: Run) -> None:
    add(run, run.touches[1])


def another_identity(run: Run) -> None:
    run.touches[0]["visit"] = "2"


def a_wall_clock_of_elsewhere(run: Run) -> None:
    run.touches[0]["due_local"] = "2027-02-01T08:00:00+00:00"


def to_nobody(run: Run) -> None:
    add(run, row("p9", "2027-02-20T09:00", "email"))


def quiet_for_influencers_without_a_mobile(run: Run) -> None:
    """The sample's rule `night` holds for them on the phone, from 17:00."""
    run.persons[1] |= {"mobile": "", "consent": "phone", "timezone": ""}
    channels = [attrs.evolve(one, address=None) if one.name == "phone" else one for one in run.plan.channels]
    run.plan = attrs.evolve(run.plan, channels=tuple(channels))
    run.touches = [row("p2", "2027-02-10T17:00", "phone")]


def over_the_teams_capacity(run: Run) -> None:
    teams = [attrs.evolve(team, capacity="1 per calendar day") for team in run.plan.teams]
    run.plan = attrs.evolve(run.plan, teams=tuple(teams))
    run.touches.clear()
    run.tasks.append(row("p2", "2027-02-08T10:00", "meeting", zone="America/New_York", team="sales_desk"))


MUTATIONS: list[tuple[Callable[[Run], None], set[str]]] = [
    (into_quiet_hours, {"quiet"}),
    (before_quiet_hours_end, {"quiet"}),
    (quiet_on_her_own_clock, {"quiet"}),
    (without_consent, {"consent"}),
    (consent_taken_back, {"consent"}),
    (consent_taken_back_for_all, {"consent"}),
    (consent_taken_back_in_the_same_second, {"consent"}),
    (without_address, {"address"}),
    (on_a_saturday, {"window"}),
    (on_a_holiday, {"window"}),
    (on_a_closed_day, {"window"}),
    (after_hours, {"window", "desk"}),
    (when_the_desk_is_closed, {"desk"}),
    (in_a_blackout, {"blackout"}),
    (a_fourth_in_a_week, {"cap"}),
    (a_fourth_by_somebody_else, {"cap"}),
    (a_second_call_a_day, {"cap"}),
    (in_stand_by, {"forbidden", "cap"}),
    (a_second_in_a_fortnight_of_stand_by, {"cap"}),
    (the_same_twice, {"duplicate", "cap"}),
    (another_identity, {"identity"}),
    (a_wall_clock_of_elsewhere, {"clock"}),
    (to_nobody, {"contact"}),
    (quiet_for_influencers_without_a_mobile, {"quiet"}),
    (over_the_teams_capacity, {"capacity"}),
]


@pytest.mark.parametrize(("mutate", "rules"), MUTATIONS, ids=[mutate.__name__ for mutate, _ in MUTATIONS])
def test_every_way_of_breaking_it_is_caught(mutate: Callable[[Run], None], rules: set[str]) -> None:
    broken = copy.deepcopy(run())
    mutate(broken)
    assert broken.rules() == rules


def consent_given_again(run: Run) -> None:
    event(run, "2027-01-20T08:00", "consent_withdrawn")
    event(run, "2027-01-20T08:01", "consent_given", "all")


def a_workday_in_the_weekend(run: Run) -> None:
    run.touches[1] = row("p1", "2027-11-27T10:00", "letter")


def a_rolling_week_later_to_the_second(run: Run) -> None:
    days = ["2027-02-01T09:00", "2027-02-02T09:00", "2027-02-07T09:00", "2027-02-08T09:00"]
    run.tasks.clear()
    run.touches = [row("p1", day, "email", visit=at) for at, day in enumerate(days, 1)]


def seven_days_over_summer_time(run: Run) -> None:
    """R9: seven days are seven dates on the clock, not 168 hours."""
    run.tasks.clear()
    days = ["2027-03-23T09:00", "2027-03-24T09:00", "2027-03-30T08:00", "2027-03-30T09:00"]
    run.touches = [row("p1", day, "newsletter", visit=at) for at, day in enumerate(days, 1)]


def calls_on_two_days(run: Run) -> None:
    run.touches.clear()
    run.tasks.append(row("p1", "2027-02-09T09:00", "phone", team="sales_desk", visit=2))


def a_notice_counts_nowhere(run: Run) -> None:
    run.tasks.append(row("p1", "2027-02-06T03:00", "", team="sales_desk", kind="notice", step="notify:1"))


def a_flight_of_the_plan(run: Run) -> None:
    add(run, row("", "2027-02-06T03:00", "tv"))


ALLOWED = [
    consent_given_again,
    a_workday_in_the_weekend,
    a_rolling_week_later_to_the_second,
    seven_days_over_summer_time,
    calls_on_two_days,
    a_notice_counts_nowhere,
    a_flight_of_the_plan,
]


@pytest.mark.parametrize("mutate", ALLOWED, ids=[mutate.__name__ for mutate in ALLOWED])
def test_what_is_allowed_is_left_alone(mutate: Callable[[Run], None]) -> None:
    allowed = copy.deepcopy(run())
    mutate(allowed)
    assert allowed.check() == []


@pytest.mark.parametrize(
    ("rate", "broken"),
    [
        ("2 per calendar week", False),
        ("1 per calendar week", True),
        ("3 per calendar month", True),
        ("4 per 1mo", False),
    ],
)
def test_calendar_caps_count_on_the_persons_clock(rate: str, broken: bool) -> None:
    """Per has touches on 1, 4, 8 and 11 February 2027, Monday and Thursday of two weeks."""
    capped = run()
    capped.plan = attrs.evolve(capped.plan, rules=(Rule(name="r", place=0, cap=Cap(rate=rate, place=0)),))
    assert capped.rules() == ({"cap"} if broken else set())


def test_segments_and_roles_decide_whom_a_rule_holds() -> None:
    held = run()
    touches_of = {"p1": 4, "p2": 1}
    for role, person in (("approver", "p1"), ("influencer", "p2")):
        rule = Rule(
            name="r", place=0, roles=(role,), segments=("growing_families",), forbid=("email", "letter", "phone")
        )
        held.plan = attrs.evolve(plan(), rules=(rule,))
        assert len(held.check()) == touches_of[person]
    held.plan = attrs.evolve(plan(), rules=(attrs.evolve(rule, segments=("everyone_else",)),))
    assert held.check() == []


def test_a_move_in_the_same_second_leaves_it_open_which_came_first() -> None:
    moved = run()
    moved.moves.append({"account": "h1", "at": "2027-02-08T08:00:00Z", "from": "contact", "to": "standby"})
    assert moved.rules() == set()


def test_the_checker_shares_no_code_with_what_it_checks() -> None:
    assert checker.__file__
    home = Path(checker.__file__).parent
    for path in (home / "checker.py", *(home / "checking").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            assert not any(module.startswith("gridlang") for module in modules), path
