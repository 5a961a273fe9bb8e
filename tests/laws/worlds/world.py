"""A world, and what a run of it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from gridlang.runtime import inputs, outputs, reference
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule import clock
from gridlang.schedule.model import Rule, Schedule
from tests.laws import populations
from tests.laws.populations import Row, as_csv
from tests.laws.worlds import events, people
from tests.laws.worlds.plans import schedule_of

EVENTS = ("id", "contact", "at", "event", "task", "step", "outcome")


@attrs.frozen
class World:
    """What goes into a run: rows as files have them, and its first and last moment."""

    schedule: Schedule = attrs.field(repr=False)
    persons: list[Row]
    accounts: list[Row]
    events: list[Row]
    start: int
    until: int

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """What Hypothesis shows of a world that breaks a law: its rows, not the whole schedule."""
        for name in ("persons", "accounts", "events"):
            for row in getattr(self, name):
                printer.text(f"{name}: { {column: cell for column, cell in row.items() if cell} }\n")
        for kind in ("rules", "channels", "teams", "campaigns"):
            for one in set(getattr(self.schedule, kind)) - set(getattr(schedule_of(self.schedule.plan.name), kind)):
                printer.text(f"{one}\n")
        printer.text(f"blackout: {self.schedule.calendar.blackout}\n")
        printer.text(f"{self.schedule.plan.name} from {self.start} until {self.until}")


@attrs.frozen
class Ran:
    """What came out: the rows, and the bytes of the files."""

    given: Input
    execution: Execution
    files: dict[str, bytes]

    def rows(self, table: str) -> list[Row]:
        return populations.as_rows(self.files[f"{table}.csv"])


def run(world: World) -> Ran:
    """Read the rows as files, execute, write the tables."""
    read = inputs.read(world.schedule, files_of(world))
    assert not read.problems, [problem.message for problem in read.problems]
    execution = reference.execute(world.schedule, read.value, world.start, world.until)
    files = {file.path: file.content for file in outputs.files(world.schedule, execution, "csv")}
    return Ran(read.value, execution, files)


def files_of(world: World) -> InputFiles:
    return InputFiles(
        persons=InputFile("persons.csv", as_csv(world.persons, list(world.persons[0]))),
        events=InputFile("events.csv", as_csv(world.events, columns_of_events(world))),
        accounts=InputFile("accounts.csv", as_csv(world.accounts, list(world.accounts[0]))) if world.accounts else None,
    )


def columns_of_events(world: World) -> list[str]:
    """Every column that some event carries, in the order of the rows' first."""
    if world.events and len(world.events[0]) > len(EVENTS):
        return list(world.events[0])
    carried = (field.name for event in world.schedule.events for field in event.carries)
    return list(dict.fromkeys((*EVENTS, *carried)))


def moment(schedule: Schedule, day: dt.date) -> int:
    return clock.midnight(day, schedule.plan.timezone)


def period(schedule: Schedule) -> tuple[int, int]:
    first, last = (dt.date.fromisoformat(day) for day in (schedule.plan.starts, schedule.plan.ends))
    return moment(schedule, first), moment(schedule, clock.next_date(last))


@st.composite
def worlds(draw: st.DrawFn, name: str, *, ruled: bool = True) -> World:
    """A world of a plan. `ruled`: sometimes with other rules than the plan's own."""
    schedule = schedule_of(name)
    if ruled and draw(st.integers(0, 3)) == 0:
        schedule = draw(_forbidding(draw(populations.rules(schedule))))
    persons = draw(people.people(schedule))
    begins, ends = period(schedule)
    start = begins + draw(st.sampled_from([0, 0, 0, 3 * events.DAY + 3600, 12 * events.DAY]))
    world = World(
        schedule=schedule,
        persons=persons,
        accounts=draw(people.accounts(schedule, persons)),
        events=draw(events.happenings(schedule, persons)),
        start=start,
        until=min(ends, start + draw(st.sampled_from([100, 100, 100, 20, 9])) * events.DAY),
    )
    for _ in range(draw(st.sampled_from([1, 2, 0, 3]))):
        answers = draw(events.answers(schedule, run(world).execution, persons))
        world = attrs.evolve(world, events=[*world.events, *answers])
    return attrs.evolve(world, events=draw(_named(world.events)))


@st.composite
def _forbidding(draw: st.DrawFn, schedule: Schedule) -> Schedule:
    """One more rule, which forbids a channel in a phase or to a role: what the checker of plans would not let pass."""
    name = draw(st.sampled_from([channel.name for channel in schedule.channels]))
    phases = draw(st.sampled_from([(), *((phase.name,) for phase in schedule.journey.phases)]))
    roles = draw(st.sampled_from([(), ("target",), ("user",)]))
    rule = Rule(name="no more of it", place=0, forbid=(name,), phases=phases, roles=roles)
    return attrs.evolve(schedule, rules=(*schedule.rules, rule))


@st.composite
def _named(draw: st.DrawFn, rows: Sequence[Row]) -> list[Row]:
    """Some files name their events, others do not."""
    named = draw(st.booleans())
    return [{**row, "id": f"e{number}"} if named else row for number, row in enumerate(rows)]
