"""The signs of an account: how a digest of its rows is made, and what its record says of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from gridlang.runtime.rows import AttributeValue, Contact, Happening
from gridlang.runtime.state.accounts import Line, Signs, Standing
from gridlang.runtime.state.records import AccountRecord, EventRecord, Plain
from gridlang.runtime.state.values import all_plain

DIGITS = 20
"""Of a digest, in hexadecimal: 80 bits, as the ids of rows have (R24)."""
Narrowed: TypeAlias = Mapping[str, frozenset[str]]
"""By event whose payload an edit changed, the fields by which a row is known: those of both plans."""


def signs_of(record: AccountRecord, rows: str, next: int | None) -> Signs:
    """The signs of an account; what its record does not say is given."""
    return Signs(
        id=record.id,
        entered=record.entered,
        people=tuple(person.id for person in record.people),
        rows=rows,
        next=next,
        seen="".join(_digests_of(record, {})),
        open=any(task.closed is None for task in record.tasks) or any(each.audiences for each in record.people),
        handed=max((task.due for task in record.tasks), default=None),
        standing=_standing(record),
    )


def _standing(record: AccountRecord) -> Standing:
    here = [person for person in record.people if not person.gone]
    if not record.entered or not here or not record.id:
        return Standing()
    every = (record.peaks, *(person.peaks for person in here))
    peaks = Counter(peak for each in every for peak in each.items())
    found = tuple((cap, peak, times) for (cap, peak), times in sorted(peaks.items()))
    return Standing(segment=record.segment or "", people=len(here), peaks=found)


# --- rows of persons -------------------------------------------------------------------------------------------------


def digest_of_people(attributes: Mapping[str, AttributeValue], contacts: Iterable[Contact]) -> str:
    """Of the people of an account, in order of their ids, and of its attributes; equal rows have equal digests."""
    said = [
        (each.id, each.alone, each.roles, each.timezone, each.language, each.since, each.salesperson, *_by_name(each))
        for each in contacts
    ]
    return _digest(repr((sorted(attributes.items()), said))) if said else ""


def _by_name(contact: Contact) -> list[tuple[str, AttributeValue]]:
    return sorted(contact.attributes.items())


# --- rows of events --------------------------------------------------------------------------------------------------


def seen_by(line: Line, narrowed: Narrowed) -> Iterable[str]:
    """Digests of the rows of events that an account has taken."""
    if narrowed:
        return _digests_of(line.record, narrowed)
    seen = line.signs.seen
    return (seen[at : at + DIGITS] for at in range(0, len(seen), DIGITS))


def _digests_of(record: AccountRecord, narrowed: Narrowed) -> Iterator[str]:
    return (_digest_of_record(event, narrowed) for event in record.events if not event.derived)


def digest_of_row(row: Happening, narrowed: Narrowed) -> str:
    """By its id, else by its fields; of an event that `narrowed` names, by some of them."""
    if row.id is not None:
        return digest_of_id(row.id)
    return _digest_of(
        row.contact, row.at, (row.event, row.outcome, row.task, row.step), all_plain(row.payload), narrowed
    )


def digest_of_id(id: str) -> str:
    """Of a row that has one."""
    return _digest(f"id {id}")


def _digest_of_record(record: EventRecord, narrowed: Narrowed) -> str:
    if record.id is not None:
        return digest_of_id(record.id)
    event = record.event if record.outcome is None else None
    at = record.at if record.said is None else record.said
    what = (event, record.outcome, record.task, record.step)
    return _digest_of(record.contact, at, what, record.payload, narrowed)


def _digest_of(
    contact: str, at: int, what: tuple[str | None, ...], payload: Mapping[str, Plain], narrowed: Narrowed
) -> str:
    event, outcome, task, step = (word or "" for word in what)
    fields = narrowed.get(event or outcome)
    said = payload if fields is None else {name: value for name, value in payload.items() if name in fields}
    carried = json.dumps(said, sort_keys=True) if said else ""
    return _digest(repr((contact, at, event, outcome, task, step, carried)))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=DIGITS // 2).hexdigest()
