"""R26: of the rows of events, which are new, which have been seen, and which come too late."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from gridlang.runtime.rows import FileCount, Happening, Input, Issue
from gridlang.runtime.state.records import EventRecord, State
from gridlang.runtime.state.saving import carried
from gridlang.runtime.state.values import all_plain
from gridlang.schedule.clock import utc
from gridlang.schedule.model import Schedule


def sort_out(schedule: Schedule, state: State, given: Input) -> Input:
    """The input with the rows that are to be lived.

    One already seen is dropped, by its id, else by its fields and their count, and counts as repeated. An event older
    than the state is an issue `late_event`, and is taken at the state's moment; of somebody who is new, or whose
    account has not entered, it is history and no issue.
    """
    seen, known = _Seen.of(schedule, state), state.plan.known
    entered = _entered(state, given)
    taken: list[Happening] = []
    issues: list[Issue] = []
    repeated: Counter[str] = Counter()
    for row in given.happenings:
        if seen.knows(row):
            repeated[row.origin.file] += 1
        elif row.at < known and row.contact in entered:
            issues.append(_late(row, known))
            taken.append(attrs.evolve(row, at=known, said=row.at))
        else:
            taken.append(row)
    files = tuple(_counted(file, repeated[file.file]) for file in given.files)
    return attrs.evolve(given, happenings=tuple(taken), issues=(*given.issues, *issues), files=files)


def _entered(state: State, given: Input) -> set[str]:
    """Who has lived in the plan before, in an account that has entered, then and now."""
    accounts = {account.id: account.entered for account in state.accounts}
    before = {person.id for account in state.accounts if account.entered for person in account.people}
    return {row.id for row in given.contacts if row.id in before and accounts.get(row.account, False)}


def _late(row: Happening, known: int) -> Issue:
    what = f"outcome {row.outcome}" if row.outcome is not None else f"event {row.event}"
    return Issue(
        code="late_event",
        reason=f"{what} of {utc(row.at)} came after the state was saved; it is taken at its moment, {utc(known)}",
        file=row.origin.file,
        row=row.origin.row,
        line=row.origin.line,
        contact=row.contact,
        at=row.at,
        refused=False,
    )


def _counted(file: FileCount, repeated: int) -> FileCount:
    return attrs.evolve(file, taken=file.taken - repeated, repeated=file.repeated + repeated) if repeated else file


_Key = tuple[str, int, str, str, str, str, str]


@attrs.define
class _Seen:
    """The rows that the state has taken. `narrowed`: by event whose payload an edit changed, the fields of both plans;
    a row is known by these."""

    ids: set[str]
    counts: Counter[_Key]
    narrowed: dict[str, frozenset[str]]

    @classmethod
    def of(cls, schedule: Schedule, state: State) -> _Seen:
        now, before = carried(schedule), state.plan.carries
        narrowed = {
            name: frozenset(now.get(name, ())) & frozenset(before.get(name, ()))
            for name in now.keys() | before.keys()
            if now.get(name) != before.get(name)
        }
        seen = cls(set(), Counter(), narrowed)
        for record in _rows(state):
            if record.id is not None:
                seen.ids.add(record.id)
            else:
                seen.counts[seen.key_of_record(record)] += 1
        return seen

    def knows(self, row: Happening) -> bool:
        """Whether the row has been seen; of rows without id as many are as were taken."""
        if row.id is not None:
            return row.id in self.ids
        key = self._key(row.contact, row.at, (row.event, row.outcome, row.task, row.step), all_plain(row.payload))
        if self.counts.get(key, 0) == 0:
            return False
        self.counts[key] -= 1
        return True

    def key_of_record(self, record: EventRecord) -> _Key:
        event = record.event if record.outcome is None else None
        at = record.at if record.said is None else record.said
        return self._key(record.contact, at, (event, record.outcome, record.task, record.step), record.payload)

    def _key(self, contact: str, at: int, what: tuple[str | None, ...], payload: Mapping[str, object]) -> _Key:
        event, outcome, task, step = (word or "" for word in what)
        fields = self.narrowed.get(event or outcome)
        said = payload if fields is None else {name: value for name, value in payload.items() if name in fields}
        return contact, at, event, outcome, task, step, json.dumps(said, sort_keys=True) if said else ""


def _rows(state: State) -> Iterator[EventRecord]:
    return (event for account in state.accounts for event in account.events if not event.derived)
