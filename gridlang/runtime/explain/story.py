"""The life of a person in a plan, told in its own words: what happened, what was done, and what is planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, assert_never

import attrs

from gridlang.runtime.explain.tell import chain
from gridlang.runtime.explain.wall_clock import WallClock, day, full, time
from gridlang.runtime.rows import AudienceRow, MoveRow, SkipRow, TaskRow, Touch
from gridlang.runtime.state.records import DiaryRecord, EventRecord, RunRecord
from gridlang.runtime.state.telling import Life, Line
from gridlang.schedule.clock import utc
from gridlang.schedule.model import Schedule

Kind = Literal["cell", "campaign", "move", "event", "touch", "task", "audience", "skip", "now"]
_RANKS = {"event": 1, "move": 3, "cell": 5, "campaign": 6, "skip": 7, "audience": 8, "touch": 9, "task": 10, "now": 11}
"""What of one second is told first."""
_CLOSED, _LEFT, _ENDED = 2, 4, 11
"""A task's end comes with the event that it is; a run that is left behind ends before the new cell, one that comes to
its end after what it did."""


@attrs.frozen(kw_only=True)
class Entry:
    """A line of the story. `at` in seconds UTC; `place` is `campaigns.grid:14`, or empty; `id` of the row that it is.

    `because`: the rules that gave it its time, each with its place. `planned`: from what is known on.
    """

    at: int
    kind: Kind
    words: str
    place: str = ""
    id: str = ""
    campaign: str = ""
    because: tuple[str, ...] = ()
    planned: bool = False
    rank: int = 0


@attrs.frozen(kw_only=True)
class Story:
    """`known`: events are complete before it. `clock`: on which the entries are told."""

    contact: str
    account: str
    known: int
    clock: WallClock
    entries: tuple[Entry, ...]
    now: tuple[Entry, ...]
    """What the person waits for, as of `known`."""


def story(life: Life) -> Story:
    """Everything that is known of a person, in the order of time."""
    zone = life.person.timezone or life.schedule.plan.timezone
    clock = WallClock.of_zone(zone, of_plan=not life.person.timezone)
    entries = [entry for line in life.lines for entry in _of_line(line)]
    entries += [_event(life.schedule, event) for event in life.events if event.event is not None]
    return Story(
        contact=life.person.id,
        account="" if life.person.alone else life.account.id,
        known=life.known,
        clock=clock,
        entries=tuple(sorted(entries, key=lambda entry: (entry.at, entry.rank, entry.words))),
        now=tuple(_waiting(life, run, clock) for run in life.person.runs),
    )


def _of_line(line: Line) -> Iterator[Entry]:
    for entry in _told(line):
        yield attrs.evolve(entry, planned=line.planned, rank=entry.rank or _RANKS[entry.kind])


def _told(line: Line) -> Iterator[Entry]:
    schedule, row = line.schedule, line.row
    match row:
        case Touch():
            yield _made(line, row, row.due, "touch", f"{_channel(schedule, row.channel)}: {_message(schedule, row)}")
        case TaskRow():
            yield from _task(line, row)
        case AudienceRow():
            where = f"{_channel(schedule, row.channel)}: {_message(schedule, row)}"
            yield _made(line, row, row.start, "audience", f"enters the audience of {where}")
            if row.end is not None:
                words = f"leaves the audience of {where}"
                yield Entry(at=row.end, kind="audience", words=words, campaign=row.campaign)
        case SkipRow():
            what = f"{_channel(schedule, row.channel)}: {_message(schedule, row)}" if row.channel else "held out"
            words = (
                f"not made, {row.reason}: {what}" if row.channel else f"held out of {_campaign(schedule, row.campaign)}"
            )
            yield _made(line, row, row.at, "skip", words)
        case MoveRow():
            yield _move(line, row)
        case DiaryRecord():
            yield _diary(schedule, row)
        case _:
            assert_never(row)


def _made(line: Line, row: Touch | TaskRow | AudienceRow | SkipRow, at: int, kind: Kind, words: str) -> Entry:
    step = f" (step {row.step}" + (f", visit {row.visit})" if row.visit > 1 else ")")
    return Entry(
        at=at,
        kind=kind,
        words=words + step,
        place=_where(line.schedule, row.because[0].place) if row.because else "",
        id=row.id,
        campaign=row.campaign,
        because=tuple(chain(line.schedule, row)),
    )


def _task(line: Line, row: TaskRow) -> Iterator[Entry]:
    schedule = line.schedule
    team = _label(schedule.teams, row.team)
    if row.kind == "notice":
        yield _made(line, row, row.due, "task", f"a note to {team}: {row.subject}")
        return
    what = f"{_channel(schedule, row.channel)}: {_message(schedule, row)}"
    yield _made(line, row, row.due, "task", f"task for {row.member or team}: {what}")
    if row.closed is not None:
        end = f"{row.outcome}" if row.state == "done" else "withdrawn"
        words = f"task {end}: {what}"
        yield Entry(at=row.closed, kind="task", words=words, id=row.id, campaign=row.campaign, rank=_CLOSED)


def _move(line: Line, row: MoveRow) -> Entry:
    schedule = line.schedule
    target = _label(schedule.journey.phases, row.target)
    if not row.source:
        words = f"enters the plan in {target}"
    else:
        words = f"from {_label(schedule.journey.phases, row.source)} to {target}, by {_why(schedule, row.why)}"
    because = tuple(chain(schedule, row))
    return Entry(at=row.at, kind="move", words=words, place=_where(schedule, row.because[0].place), because=because)


def _why(schedule: Schedule, why: str) -> str:
    """`move CAMPAIGN STEP`, or an event's name."""
    if why.startswith("move "):
        _, campaign, _ = why.split(" ", 2)
        return f"the campaign {_campaign(schedule, campaign)}"
    return _label(schedule.events, why)


_ENDS = {
    "end": "comes to its end",
    "left": "ends: it does not stand here any more",
    "step_gone": "ends: its step is gone from the plan",
}


def _diary(schedule: Schedule, row: DiaryRecord) -> Entry:
    if row.what == "cell":
        return _cell(schedule, row)
    campaign = next((each for each in schedule.campaigns if each.name == row.campaign), None)
    says = "begins" if row.what == "begins" else _ENDS.get(row.why, "ends")
    place = _where(schedule, campaign.place) if campaign else ""
    rank = _RANKS["campaign"] if row.what == "begins" else _ENDED if row.why == "end" else _LEFT
    words = f"campaign {_campaign(schedule, row.campaign)} {says}"
    return Entry(at=row.at, kind="campaign", words=words, place=place, campaign=row.campaign, rank=rank)


def _cell(schedule: Schedule, row: DiaryRecord) -> Entry:
    """Where the person stands from then on; the cell before is left with it."""
    segment = _label(schedule.segments, row.segment) if row.segment else "in no segment"
    parts = [segment, _label(schedule.journey.phases, row.phase)]
    parts += [_label(schedule.relations, row.relation)] if row.relation else []
    roles = ", ".join(_label(schedule.roles, role) for role in row.roles)
    words = "stands in " + " · ".join(parts) + (f" · {roles}" if roles else "")
    found = next((each for each in schedule.journey.phases if each.name == row.phase), None)
    return Entry(at=row.at, kind="cell", words=words, place=_where(schedule, found.place) if found else "")


def _event(schedule: Schedule, event: EventRecord) -> Entry:
    words = _label(schedule.events, event.event or "")
    if event.outcome is not None and event.outcome != event.event:
        words += f" ({event.outcome})"
    details = ", ".join(f"{name} {_plain(value)}" for name, value in event.payload.items())
    found = next((each for each in schedule.events if each.name == event.event), None)
    return Entry(
        at=event.at,
        kind="event",
        words=words
        + (f" ({details})" if details else "")
        + (", which came too late" if event.said is not None else ""),
        place=_where(schedule, found.place) if found and event.derived else "",
        rank=_RANKS["event"],
    )


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _waiting(life: Life, run: RunRecord, clock: WallClock) -> Entry:
    """Where a run stands as of the state, and until when."""
    schedule = life.schedule
    campaign = next((each for each in schedule.campaigns if each.name == run.campaign), None)
    stands = run.turning or run.step
    step = next((each for each in campaign.steps if each.id == stands), None) if campaign else None
    until = f", until {full(clock.at(run.wake))}" if run.wake is not None and run.wake > life.known else ""
    return Entry(
        at=run.ready,
        kind="now",
        words=f"{_campaign(schedule, run.campaign)}: at {stands} since {full(clock.at(run.ready))}{until}",
        place=_where(schedule, step.place) if step else "",
        campaign=run.campaign,
    )


def _campaign(schedule: Schedule, name: str) -> str:
    return _label(schedule.campaigns, name)


def _channel(schedule: Schedule, name: str) -> str:
    return _label(schedule.channels, name)


def _message(schedule: Schedule, row: Touch | TaskRow | AudienceRow | SkipRow) -> str:
    subject = getattr(row, "subject", "")
    label = _label(schedule.messages, row.message)
    return f"{label}, “{subject}”" if subject and subject != label else label


def _label(declared: Iterable[object], name: str) -> str:
    """What the plan calls it: its title, else its name."""
    found = next((each for each in declared if getattr(each, "name", None) == name), None)
    return name if found is None else str(getattr(found, "label", name))


def _where(schedule: Schedule, place: int) -> str:
    found = schedule.places[place] if 0 <= place < len(schedule.places) else None
    return f"{found.file}:{found.line}" if found else ""


# --- as text and as JSON ---


def as_text(told: Story, *, rules: bool = False) -> str:
    """The story for people, day by day; with `rules` each row tells why it came when it came."""
    whose = f"{told.contact} of {told.account}" if told.account else told.contact
    lines = [whose, f"  on {told.clock.whose}"]
    for planned in (False, True):
        entries = [entry for entry in told.entries if entry.planned is planned]
        if planned and entries:
            lines += ["", f"Planned, by what is known on {full(told.clock.at(told.known))}:"]
        lines += _days(told.clock, entries, rules)
        if not planned and told.now:
            lines += ["", f"On {full(told.clock.at(told.known))}:"]
            lines += [f"  {entry.words}{_behind(entry)}" for entry in told.now]
    return "\n".join(lines) + "\n"


def _days(clock: WallClock, entries: Iterable[Entry], rules: bool) -> Iterator[str]:
    today = None
    for entry in entries:
        when = clock.at(entry.at)
        if today != when.date():
            today = when.date()
            yield ""
            yield f"{day(when)} {when.year}"
        yield f"  {time(when):<8} {entry.words}{_behind(entry)}"
        if rules:
            yield from (f"           {link}" for link in entry.because)


def _behind(entry: Entry) -> str:
    parts = [part for part in (entry.place, entry.id) if part]
    return f"  [{', '.join(parts)}]" if parts else ""


def as_plain(told: Story) -> dict[str, object]:
    """The story for programs: moments in UTC, and on the clock on which it is told."""
    return {
        "contact": told.contact,
        "account": told.account,
        "known": utc(told.known),
        "clock": told.clock.whose,
        "story": [_plain_entry(told.clock, entry) for entry in told.entries],
        "now": [_plain_entry(told.clock, entry) for entry in told.now],
    }


def _plain_entry(clock: WallClock, entry: Entry) -> dict[str, object]:
    plain: dict[str, object] = {
        "at": utc(entry.at),
        "local": clock.at(entry.at).isoformat(),
        "kind": entry.kind,
        "words": entry.words,
    }
    kept = {"campaign": entry.campaign, "id": entry.id, "place": entry.place, "because": list(entry.because)}
    plain |= {name: value for name, value in kept.items() if value}
    return {**plain, "planned": entry.planned}
