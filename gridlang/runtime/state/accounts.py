"""The accounts of a state, each as the line in which it is written, with the signs by which a day can pass it over.

An account for which a day holds nothing is neither taken apart nor put together: its line goes from one state to the
next. Everything that a run asks about all accounts, it asks the signs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import attrs

from gridlang.runtime.state import codec
from gridlang.runtime.state.records import AccountRecord, AudienceRecord, PlanRecord, TaskRecord

ALWAYS = -(1 << 62)
"""The `next` moment of an account that has to be looked at, whatever the day holds."""


class DamagedLineError(Exception):
    """A line of accounts that no run wrote so."""


@attrs.frozen(kw_only=True)
class Standing:
    """What an account adds to `Counts`: it is counted in its `segment` with its `people`, who are 0 where it is not;
    `peaks`: by cap and peak, of itself and of how many of its people."""

    segment: str = ""
    people: int = 0
    peaks: tuple[tuple[str, int, int], ...] = ()


@attrs.frozen(kw_only=True)
class Signs:
    """What is known of an account without taking it apart. All but `rows` and `next` is said by its record too.

    `people`: everybody in it, who is gone too. `rows`: a digest of what was last read of those who are not, and of the
    account's attributes. `next`: the first moment at which something happens in it by itself, or its record says
    something else; None: never. `seen`: digests of the rows of events that it has taken, one behind the other. `open`:
    whether tasks or audiences are open; `handed`: when the last task was handed out.
    """

    id: str
    entered: bool
    people: tuple[str, ...]
    rows: str
    next: int | None
    seen: str
    open: bool
    handed: int | None
    standing: Standing


@attrs.frozen
class Line:
    """An account of a state."""

    content: bytes = attrs.field(repr=False)
    signs: Signs

    @property
    def record(self) -> AccountRecord:
        """The account, taken apart. Raises DamagedLineError."""
        try:
            (record,) = codec.read(AccountRecord, [self.content])
        except codec.DAMAGED as error:
            raise DamagedLineError(str(error)) from error
        return record

    @property
    def opened(self) -> Opened:
        """What stands in its line of tasks and audiences. Raises DamagedLineError."""
        try:
            plain = json.loads(self.content)
            people = {person["id"]: person.get("audiences", ()) for person in plain["people"]}
            return Opened(
                id=self.signs.id,
                tasks=tuple(codec.made(TaskRecord, plain.get("tasks", ()))),
                audiences={id: tuple(codec.made(AudienceRecord, each)) for id, each in people.items() if each},
            )
        except codec.DAMAGED as error:
            raise DamagedLineError(str(error)) from error


@attrs.frozen(kw_only=True)
class Opened:
    """Of an account that is not taken apart: its tasks, and by person the audiences."""

    id: str
    tasks: tuple[TaskRecord, ...]
    audiences: Mapping[str, tuple[AudienceRecord, ...]]


@attrs.frozen(kw_only=True)
class State:
    """Everything, as of `plan.known`. Accounts are in order of their ids."""

    plan: PlanRecord
    accounts: tuple[Line, ...]

    def whole(self) -> State:
        """The same, of which every account has to be looked at: so is a state of before there were signs."""
        return attrs.evolve(self, accounts=tuple(map(_looked_at, self.accounts)))


def _looked_at(line: Line) -> Line:
    return attrs.evolve(line, signs=attrs.evolve(line.signs, next=ALWAYS))


def written(lines: Iterable[Line]) -> Iterable[bytes]:
    """The lines of a file of accounts."""
    return (line.content + b"\n" for line in lines)
