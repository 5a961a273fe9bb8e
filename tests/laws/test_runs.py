"""Laws of a run, over generated people, events and rules: from the bytes that go in to the bytes that come out."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Sequence

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from gridlang.runtime import inputs, outputs, reference
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.schedule import clock
from gridlang.schedule.document import to_json
from gridlang.schedule.model import Schedule
from tests.laws import populations
from tests.laws.checker import check
from tests.laws.populations import Row, as_csv, as_rows
from tests.unit.examples.plans import compiled

EVENTS = ("contact", "at", "event", "channel", "outcome", "step")
UNTIL = dt.date(2027, 7, 1)

runs = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@functools.cache
def plan() -> Schedule:
    return compiled("family_car").schedule


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Schedule, list[Row], list[Row]]:
    persons = draw(populations.people())
    return draw(populations.rules(plan())), persons, draw(populations.happenings(plan(), persons))


def run(
    schedule: Schedule, persons: Sequence[Row], events: Sequence[Row], until: dt.date = UNTIL
) -> dict[str, list[Row]]:
    """The tables of a run, as the rows of their CSV files."""
    read = inputs.read(
        schedule,
        InputFiles(
            persons=InputFile("persons.csv", as_csv(persons, list(persons[0]))),
            events=InputFile("events.csv", as_csv(events, EVENTS)),
        ),
    )
    assert not read.problems
    start, end = (clock.midnight(day, schedule.plan.timezone) for day in (dt.date(2027, 1, 4), until))
    execution = reference.execute(schedule, read.value, start, end)
    files = outputs.files(schedule, execution, "csv")
    return {file.path.removesuffix(".csv"): as_rows(file.content) for file in files if file.path.endswith(".csv")}


@given(worlds())
@runs
def test_no_touch_breaks_consent_window_or_cap(world: tuple[Schedule, list[Row], list[Row]]) -> None:
    schedule, persons, events = world
    tables = run(schedule, persons, events)
    made = [row for row in (*tables["touches"], *tables["tasks"]) if row["contact"]]
    event("nothing made" if not made else "a few" if len(made) < 10 else "many")
    for rule in ("cap", "quiet", "blackout", "capacity"):
        event(f"{rule} held something: {any(f'{rule}@' in row['because'] for row in made)}")
    plain = json.loads(to_json(schedule))
    assert check(plain, persons, events, tables["touches"], tables["tasks"], tables["moves"]) == []


@given(worlds(), st.randoms(use_true_random=False))
@runs
def test_the_order_of_rows_changes_nothing(world: tuple[Schedule, list[Row], list[Row]], random: object) -> None:
    schedule, persons, events = world
    before = run(schedule, persons, events)
    mixed, later = list(persons), list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    random.shuffle(later)  # type: ignore[attr-defined]
    after = run(schedule, mixed, later)
    for name in before.keys() - {"issues"}:
        assert before[name] == after[name], name
    said = [sorted(row["reason"] for row in tables["issues"]) for tables in (before, after)]
    assert said[0] == said[1]


@given(worlds(), st.dates(dt.date(2027, 1, 5), dt.date(2027, 6, 30)))
@runs
def test_an_earlier_end_gives_the_earlier_rows(world: tuple[Schedule, list[Row], list[Row]], until: dt.date) -> None:
    """Tasks without their state, audiences without their end (R27)."""
    schedule, persons, events = world
    long, short = run(schedule, persons, events), run(schedule, persons, events, until)
    cut = dt.datetime.fromtimestamp(clock.midnight(until, schedule.plan.timezone), dt.UTC).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    when = {"touches": "due", "tasks": "due", "audiences": "start", "moves": "at", "skips": "at"}
    later = {"state", "outcome", "closed", "end"}
    for name, column in when.items():
        kept = [row for row in long[name] if row[column] < cut and row.get("reason") != "period_over"]
        assert _without(short[name], later) == _without(kept, later), name


def _without(rows: Sequence[Row], columns: set[str]) -> list[Row]:
    return [{name: cell for name, cell in row.items() if name not in columns} for row in rows]
