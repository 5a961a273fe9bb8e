"""What a state knows of one person: everything that was put out, written down and heard, and what is planned."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

from gridlang.diagnostics import Outcome
from gridlang.diagnostics.codes import state as codes
from gridlang.runtime.rows import AudienceRow, MoveRow, SkipRow, TaskRow, Touch
from gridlang.runtime.state import codec, kept, manifest
from gridlang.runtime.state.kept import Fetch
from gridlang.runtime.state.manifest import FileEntry, Manifest
from gridlang.runtime.state.records import AccountRecord, DiaryRecord, EventRecord, PersonRecord
from gridlang.runtime.state.tables import KeptRow
from gridlang.schedule.model import Schedule

Told: TypeAlias = Touch | TaskRow | AudienceRow | SkipRow | MoveRow | DiaryRecord


@attrs.frozen
class Line:
    """A row or a line of the diary, with the schedule whose places it names; `planned`: from what is known on."""

    row: Told
    schedule: Schedule
    planned: bool


@attrs.frozen(kw_only=True)
class Life:
    """A person of the plan. `lines` and `events` in no order; `schedule` is the plan as it was last executed."""

    known: int
    schedule: Schedule
    account: AccountRecord
    person: PersonRecord
    lines: tuple[Line, ...]
    events: tuple[EventRecord, ...]


def life(found: Manifest, fetch: Fetch, place: str, wanted: str) -> Outcome[Life | None]:
    """The life of the person with the id `wanted`, or of whom a row of that id, or an account, is about.

    Nobody found is a finding (G1008) that calls the state `place`.
    """
    try:
        contact = _contact(found, fetch, wanted)
        for home in _reading(AccountRecord, found.accounts, fetch, contact or wanted):
            person = next((each for each in home.people if contact in (None, each.id)), None)
            if person is not None and (contact is not None or home.id == wanted):
                return Outcome(_life(found, fetch, home, person))
        return Outcome(None, (codes.UNKNOWN_OF_STATE.at(None, path=place, id=wanted),))
    except kept.DamagedError as error:
        return Outcome(None, (error.problem,))


def _contact(found: Manifest, fetch: Fetch, wanted: str) -> str | None:
    """Whom an id is about: the person's own, or of a row that was put out; None: an account's, or nobody's."""
    for account in _reading(AccountRecord, found.accounts, fetch, wanted):
        if any(person.id == wanted for person in account.people):
            return wanted
    for entry in (found.planned, *(stretch.rows for stretch in found.facts)):
        for line in _reading(KeptRow, entry, fetch, wanted):
            if getattr(line.row, "id", None) == wanted and getattr(line.row, "contact", ""):
                return str(getattr(line.row, "contact", ""))
    return None


def _life(found: Manifest, fetch: Fetch, home: AccountRecord, person: PersonRecord) -> Life:
    def concerns(row: object) -> bool:
        if isinstance(row, MoveRow):
            return row.account == home.id
        return getattr(row, "contact", None) == person.id

    lines: list[Line] = []
    parts = [(stretch.rows, stretch.schedule, False) for stretch in found.facts]
    for rows, of, planned in (*parts, (found.planned, found.planned_schedule, True)):
        found_here = list(_about(rows, fetch, (person.id, home.id), concerns))
        schedule = kept.schedule_of(of, fetch) if found_here else None
        lines += [Line(row, schedule, planned) for row in found_here if schedule is not None]
    return Life(
        known=manifest.moment(found.known),
        schedule=kept.schedule_of(found.schedule, fetch),
        account=home,
        person=person,
        lines=tuple(_latest(lines)),
        events=tuple(event for event in home.events if event.contact == person.id),
    )


def _about(entry: FileEntry, fetch: Fetch, ids: tuple[str, ...], concerns: Callable[[object], bool]) -> Iterator[Told]:
    needles = tuple(map(_needle, ids))
    for line in kept.content_of(entry, fetch).splitlines():
        if any(needle in line for needle in needles):
            (record,) = codec.read(KeptRow, [line])
            if isinstance(record.row, Told) and concerns(record.row):
                yield record.row


def _latest(lines: list[Line]) -> Iterator[Line]:
    """Of a task or an audience that was told again, what was told last."""
    again = {line.row.id: line for line in lines if isinstance(line.row, TaskRow | AudienceRow)}
    yield from (line for line in lines if not isinstance(line.row, TaskRow | AudienceRow))
    yield from again.values()


def _reading(kind: type[kept.T], entry: FileEntry, fetch: Fetch, wanted: str) -> Iterator[kept.T]:
    """The records in whose line a text stands: most are never taken apart."""
    needle = _needle(wanted)
    lines = (line for line in kept.content_of(entry, fetch).splitlines() if needle in line)
    return codec.read(kind, lines)


def _needle(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()
