"""R26: what a run puts out that may still change, what of it is news, and what does not hold any more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

import attrs

from gridlang.runtime.rows import AudienceRow, Execution, News, TaskRow, Touch, WithdrawnRow

Table: TypeAlias = Literal["touches", "tasks", "audiences"]
HandedOut: TypeAlias = Touch | TaskRow | AudienceRow


@attrs.frozen(kw_only=True)
class PutOut:
    """A row as it was put out. `said`: a digest of everything in it but its chain."""

    table: Table
    id: str
    said: str
    contact: str
    account: str
    channel: str
    message: str
    due: int
    campaign: str
    step: str
    visit: int
    team: str = ""
    member: str = ""


def handed_out(execution: Execution) -> Iterator[tuple[Table, HandedOut]]:
    """The rows that somebody acts upon."""
    yield from (("touches", row) for row in execution.touches)
    yield from (("tasks", row) for row in execution.tasks)
    yield from (("audiences", row) for row in execution.audiences)


def put_out(facts: Execution, planned: Execution) -> list[PutOut]:
    """What the next run may say otherwise: everything planned, and of the facts what is still open."""
    still = (pair for pair in handed_out(facts) if _is_open(pair[1]))
    return [_record(table, row) for table, row in (*still, *handed_out(planned))]


def _is_open(row: HandedOut) -> bool:
    match row:
        case TaskRow():
            return row.kind == "task" and row.closed is None
        case AudienceRow():
            return row.end is None
        case Touch():
            return False


def _record(table: Table, row: HandedOut) -> PutOut:
    return PutOut(
        table=table,
        id=row.id,
        said=digest(row),
        contact=row.contact,
        account=row.account,
        channel=row.channel,
        message=row.message,
        due=row.start if isinstance(row, AudienceRow) else row.due,
        campaign=row.campaign,
        step=row.step,
        visit=row.visit,
        team=row.team if isinstance(row, TaskRow) else "",
        member=row.member if isinstance(row, TaskRow) else "",
    )


def digest(row: HandedOut) -> str:
    """What is said in a row; the chain that tells why is not."""
    values = [getattr(row, field.name) for field in attrs.fields(type(row)) if field.name != "because"]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


Key: TypeAlias = tuple[str, str]
"""Table and id."""


def news(
    execution: Execution, before: Iterable[PutOut], may_be_out: Iterable[PutOut] = (), recalled: Iterable[Key] = ()
) -> Mapping[Key, News]:
    """By table and id: whether the runs before had said it.

    `before` is what is known for sure. A row is not known if what `may_be_out` says it otherwise, or if it has been
    `recalled` since.
    """
    said = {(each.table, each.id): each.said for each in before}
    otherwise: dict[Key, set[str]] = {}
    for each in may_be_out:
        otherwise.setdefault((each.table, each.id), set()).add(each.said)
    gone = frozenset(recalled)
    found: dict[Key, News] = {}
    for table, row in handed_out(execution):
        key, now = (table, row.id), digest(row)
        same = said.get(key) == now and otherwise.get(key, set()) <= {now} and key not in gone
        found[key] = "known" if same else "changed" if key in said else "new"
    return found


def withdrawn(execution: Execution, before: Iterable[PutOut], known: int) -> tuple[WithdrawnRow, ...]:
    """What had been put out and does not hold any more, in the order of the moments that were said."""
    holds = {(table, row.id) for table, row in handed_out(execution)}
    gone = {(each.table, each.id): each for each in before if (each.table, each.id) not in holds}
    ordered = sorted(gone.values(), key=lambda each: (each.due, each.table, each.id))
    return tuple(
        WithdrawnRow(**attrs.asdict(each, filter=lambda field, _: field.name != "said"), passed=each.due < known)
        for each in ordered
    )
