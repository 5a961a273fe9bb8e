"""A row and its chain, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias, assert_never

from gridlang.runtime.explain import wall_clock
from gridlang.runtime.explain.links import words
from gridlang.runtime.explain.wall_clock import WallClock
from gridlang.runtime.rows import AudienceRow, Because, MoveRow, SkipRow, TaskRow, Touch
from gridlang.schedule.model import Schedule

ChainRow: TypeAlias = Touch | TaskRow | AudienceRow | MoveRow | SkipRow


class _Step(Protocol):
    """A row that came from a step of a campaign."""

    @property
    def campaign(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def visit(self) -> int: ...
    @property
    def message(self) -> str: ...


def explain(schedule: Schedule, row: ChainRow) -> str:
    """What the row is, and a line for each link of its chain (execution.md, Because).

    Times are on the person's clock where the row has both, else on the plan's: a flight is for nobody. The moments are
    worked out backwards: the row's moment less all delays is when it began.
    """
    clock = _clock(schedule, row)
    lines = [f"{_what(row)}, {wall_clock.full(clock.at(_moment(row)))}", *_details(schedule, row)]
    return "\n".join([*lines, f"  on {clock.whose}", "", *_chain(schedule, row, clock)]) + "\n"


def chain(schedule: Schedule, row: ChainRow) -> list[str]:
    """A line for each link of a row's chain."""
    return list(_chain(schedule, row, _clock(schedule, row)))


def _what(row: ChainRow) -> str:
    match row:
        case Touch():
            return f"touch {row.id}: {row.channel} {row.message}{_to(row.contact, row.account)}"
        case TaskRow():
            by = f" by {row.member or row.team}" if row.team else ""
            return f"{row.kind} {row.id}: {row.channel} {row.message}{_to(row.contact, row.account)}{by}"
        case AudienceRow():
            return f"audience {row.id}: {row.channel} {row.message}{_to(row.contact, row.account)}"
        case SkipRow():
            return f"skip {row.id} because {row.reason}: {row.channel} {row.message}{_to(row.contact, row.account)}"
        case MoveRow():
            began = f"{row.source} -> {row.target}" if row.source else f"enters {row.target}"
            return f"move of {row.account}: {began} ({row.why})"
        case _:
            assert_never(row)


def _to(contact: str, account: str) -> str:
    return f" to {contact} of {account}" if contact else ""


def _moment(row: ChainRow) -> int:
    match row:
        case Touch() | TaskRow():
            return row.due
        case AudienceRow():
            return row.start
        case MoveRow() | SkipRow():
            return row.at
        case _:
            assert_never(row)


def _clock(schedule: Schedule, row: ChainRow) -> WallClock:
    zone = schedule.plan.timezone
    if isinstance(row, Touch | TaskRow) and row.contact and row.local:
        return WallClock.of_person(row.local, row.due, zone)
    return WallClock.of_plan(zone)


def _details(schedule: Schedule, row: ChainRow) -> Iterator[str]:
    if not isinstance(row, MoveRow):
        yield _step(schedule, row)
        yield from _message(schedule, row)


def _step(schedule: Schedule, row: _Step) -> str:
    campaign = next((campaign for campaign in schedule.campaigns if campaign.name == row.campaign), None)
    title = f' "{campaign.title}"' if campaign and campaign.title else ""
    return f"  campaign {row.campaign}{title}, step {row.step}, visit {row.visit}"


def _message(schedule: Schedule, row: _Step) -> Iterator[str]:
    message = next((message for message in schedule.messages if message.name == row.message), None)
    if message and message.title:
        yield f'  message {message.name} "{message.title}"'


def _chain(schedule: Schedule, row: ChainRow, clock: WallClock) -> Iterator[str]:
    moment = _moment(row) - sum(link.delay for link in row.because)
    told = clock.at(moment)
    for number, link in enumerate(row.because):
        line = words(schedule, link, row)
        if number == 0:
            line += f" {wall_clock.day(told)} {wall_clock.time(told)}"
        line += f" ({_where(schedule, link)})"
        if link.delay:
            moment += link.delay
            line += f": to {wall_clock.after(clock.at(moment), told)}"
            told = clock.at(moment)
        yield line


def _where(schedule: Schedule, link: Because) -> str:
    if not 0 <= link.place < len(schedule.places):
        return f"place {link.place}, which this schedule does not have"
    place = schedule.places[link.place]
    return f"{place.file}:{place.line}"
