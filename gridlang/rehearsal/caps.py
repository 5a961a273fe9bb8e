"""A cap that the plan's own flows run into: found by rehearsing each cell until a contact is held back (R15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from gridlang.quantities import Duration, Rate
from gridlang.rehearsal.casting import cast
from gridlang.rehearsal.cells import Cell, Stage, caps_in_reach, cells, map_of, rules_at
from gridlang.rehearsal.finding import Finding, caps_by_name
from gridlang.rehearsal.scripts import Told, tell
from gridlang.runtime.rows import SkipRow, TaskRow, Touch
from gridlang.schedule import clock
from gridlang.schedule.model import Cap, Schedule
from gridlang.semantics.model import Model

MOST_SCRIPTS = 400
"""How many scripts are tried in all; cells come in the order of segments and phases."""
LONGEST = 90
"""How many days a rehearsal runs at most."""
Row = Touch | TaskRow | SkipRow


@attrs.frozen(eq=False)
class Held:
    """A contact that a cap held back, in a story that was told."""

    cap: Cap
    cell: Cell
    told: Told
    row: Row
    delay: int


def rehearse(model: Model) -> Iterator[Finding]:
    """The caps a plan runs into by itself, each contact once, with the story that shows it."""
    seen: set[tuple[int, str, str]] = set()
    for held in held_back(model):
        key = (held.cap.place, held.row.campaign, held.row.step)
        if key not in seen:
            seen.add(key)
            yield _finding(model, held)


def held_back(model: Model) -> Iterator[Held]:
    """Every contact that a rehearsal saw held back by a cap, the first for each cap and cell."""
    stage = Stage.of(model)
    left = MOST_SCRIPTS
    for cell in cells(model):
        caps = caps_in_reach(stage, cell)
        if not caps:
            continue
        tried = 0
        for held in _in_cell(stage, cell, caps):
            if isinstance(held, Held):
                yield held
            tried += held is None
        left -= tried
        if left <= 0:
            return


def _in_cell(stage: Stage, cell: Cell, caps: tuple[Cap, ...]) -> Iterator[Held | None]:
    """The contacts held back in one cell; None for every script that was told."""
    schedule = _alone(stage, cell)
    start = _monday(schedule)
    until = start + 86400 * _days(schedule, caps, start)
    given = cast(stage.model.schedule, cell, start)
    if given is None:
        return
    left = {cap.place: cap for cap in caps}
    for told in tell(schedule, given, cell.phase, start, until):
        yield None
        rows: list[Row] = [*told.execution.touches, *told.execution.tasks, *told.execution.skips]
        for row in rows:
            for link in row.because:
                if link.rule == "cap" and link.place in left:
                    yield Held(left.pop(link.place), cell, told, row, link.delay)
        if not left:
            return


def _alone(stage: Stage, cell: Cell) -> Schedule:
    """The schedule with nothing in it but what holds in one cell. Whoever is invented belongs to its segment."""
    whole = stage.model.schedule
    campaigns = tuple(whole.campaigns[number] for number in cell.campaigns)
    used = {getattr(step, "message", None) for campaign in campaigns for step in campaign.steps}
    found = map_of(whole, cell.segment, cell.phase)
    return attrs.evolve(
        whole,
        campaigns=campaigns,
        rules=rules_at(stage, cell),
        segments=tuple(segment for segment in whole.segments if segment.name == cell.segment),
        maps=(found,) if found is not None else (),
        messages=tuple(message for message in whole.messages if message.name in used),
        tests=(),
    )


def _monday(schedule: Schedule) -> int:
    """The first Monday of the period, at eight in the morning: a day on which everything is open."""
    first = dt.date.fromisoformat(schedule.plan.starts)
    monday = first + dt.timedelta(days=-first.weekday() % 7)
    return clock.moment(dt.datetime.combine(monday, dt.time(8)), schedule.plan.timezone)


def _days(schedule: Schedule, caps: tuple[Cap, ...], start: int) -> int:
    """Long enough to fill the longest cap twice."""
    calendar = clock.WorkCalendar(schedule.calendar)
    lengths = [_window(Rate.parse(cap.rate)) for cap in caps]
    longest = max(clock.add(start, length, schedule.plan.timezone, calendar) - start for length in lengths)
    return min(LONGEST, 2 * longest // 86400 + 7)


def _window(rate: Rate) -> Duration:
    if rate.duration is not None:
        return rate.duration
    return {
        "day": Duration(1, "d"),
        "week": Duration(1, "w"),
        "month": Duration(1, "mo"),
        "quarter": Duration(3, "mo"),
        "year": Duration(1, "y"),
    }[rate.calendar or "day"]


def _finding(model: Model, held: Held) -> Finding:
    row, execution = held.row, held.told.execution
    at = row.at if isinstance(row, SkipRow) else row.due
    contacts: list[Touch | TaskRow] = [*execution.touches, *execution.tasks]
    before = sorted((other for other in contacts if other.due < at), key=lambda other: other.due)
    counted = before[-Rate.parse(held.cap.rate).count :]
    told = [((other.campaign, other.step), _contact(model, other)) for other in counted]
    names = {place: name for name, place in caps_by_name(model.schedule).items()}
    words = {
        "rate": held.cap.rate,
        "verb": "task" if isinstance(row, TaskRow) else "message",
        "effect": "is skipped" if isinstance(row, SkipRow) else f"waits {_length(held.delay)}",
        "path": f"somebody in {held.cell.phase} can get {'; '.join(text for _, text in told)}; "
        f"then {_contact(model, row)}",
    }
    return Finding((row.campaign, row.step), words, names[held.cap.place], told)


def _contact(model: Model, row: Row) -> str:
    at = row.at if isinstance(row, SkipRow) else row.due
    when = clock.local(at, model.schedule.plan.timezone)
    what = f"{row.channel} {row.message}".strip()
    return f"{what} on {when:%a} {when.day} {when:%b} {when:%H:%M} ({row.campaign})"


def _length(seconds: int) -> str:
    days, rest = divmod(seconds, 86400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in parts if count) or "no time"
