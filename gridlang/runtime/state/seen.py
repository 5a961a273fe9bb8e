"""R26: of the rows of events, which are new, which have been seen, and which come too late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from gridlang.runtime.inputs import in_time
from gridlang.runtime.rows import FileCount, Happening, Input, Issue
from gridlang.runtime.state.accounts import State
from gridlang.runtime.state.saving import carried
from gridlang.runtime.state.signs import Narrowed, seen_by
from gridlang.runtime.state.today import Chosen, Today
from gridlang.schedule.clock import utc
from gridlang.schedule.model import Schedule


@attrs.frozen(kw_only=True)
class Unseen:
    """What a run was given, but of its rows of events only those that are to be lived, in the order of time."""

    today: Today = attrs.field(eq=False)
    happenings: tuple[Happening, ...]
    issues: tuple[Issue, ...]
    files: tuple[FileCount, ...]

    def everything(self) -> Input:
        """Everybody's rows, and these of events."""
        return attrs.evolve(
            self.people(lambda person, account: True), happenings=self.happenings, issues=self.issues, files=self.files
        )

    def people(self, chosen: Chosen) -> Input:
        """Those who are meant, and the attributes of their accounts."""
        return self.today.people(chosen)


def everything(today: Today) -> Unseen:
    """Where nothing has been seen yet."""
    return Unseen(today=today, happenings=today.happenings(), issues=today.issues, files=today.files)


def sort_out(schedule: Schedule, state: State, today: Today) -> Unseen:
    """What is to be lived.

    A row already seen is dropped, by its id, else by its fields and their count, and counts as repeated. An event older
    than the state is an issue `late_event`, and is taken at the state's moment; of somebody who is new, or whose
    account has not entered, it is history and no issue.
    """
    known = state.plan.known
    given, seen = _unseen(state, today, _narrowed(carried(schedule), state.plan.carries))
    entered = _entered(state, today, {row.contact for row in given if row.at < known})
    taken: list[Happening] = []
    issues: list[Issue] = []
    for row in given:
        if row.at < known and row.contact in entered:
            issues.append(_late(row, known))
            taken.append(attrs.evolve(row, at=known, said=row.at))
        else:
            taken.append(row)
    return Unseen(
        today=today,
        happenings=tuple(taken),
        issues=(*today.issues, *issues),
        files=tuple(_counted(file, seen) if file.file == today.events_file else file for file in today.files),
    )


def _entered(state: State, today: Today, asked: set[str]) -> set[str]:
    """Of those who are asked for: who has lived in the plan before, in an account that has entered, then and now."""
    if not asked:
        return set()
    signs = [line.signs for line in state.accounts if line.signs.entered]
    accounts, before = {each.id for each in signs}, {person for each in signs for person in each.people} & asked
    return {person for person, account in today.homes() if person in before and account in accounts}


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


def _unseen(state: State, today: Today, narrowed: Narrowed) -> tuple[tuple[Happening, ...], int]:
    """The rows that the state has not taken, in the order of time; and how many it has."""
    asked = _Asked.of(today.digests_of_rows(narrowed))
    for line in state.accounts:
        for digest in seen_by(line, narrowed):
            asked.hear(digest)
    left = asked.left(today)
    return today.happenings(left), len(asked.taken) - len(left)


@attrs.define
class _Asked:
    """Today's rows by their digests, and which of them the state has taken; of those without id that say the same, as
    many as it has taken of them, the first in time."""

    numbers: dict[str, int]
    alike: dict[str, list[int]]
    """All that have a digest, where several do."""
    taken: bytearray
    times: Counter[str] = attrs.field(factory=Counter)

    @classmethod
    def of(cls, digests: Iterable[str]) -> _Asked:
        numbers: dict[str, int] = {}
        alike: dict[str, list[int]] = {}
        size = 0
        for number, digest in enumerate(digests):
            first, size = numbers.setdefault(digest, number), number + 1
            if first != number:
                alike.setdefault(digest, [first]).append(number)
        return cls(numbers, alike, bytearray(size))

    def hear(self, digest: str) -> None:
        """The state has taken a row of this digest."""
        number = self.numbers.get(digest)
        if number is not None:
            self.taken[number] = True
            if digest in self.alike:
                self.times[digest] += 1

    def left(self, today: Today) -> list[int]:
        """The numbers of the rows that it has not."""
        for digest, times in self.times.items():
            rows = sorted(self.alike[digest], key=lambda number: in_time(*today.happenings([number])))
            for place, number in enumerate(rows):
                self.taken[number] = place < times
        return [number for number, taken in enumerate(self.taken) if not taken]


def _narrowed(now: Mapping[str, list[str]], before: Mapping[str, list[str]]) -> Narrowed:
    return {
        name: frozenset(now.get(name, ())) & frozenset(before.get(name, ()))
        for name in now.keys() | before.keys()
        if now.get(name) != before.get(name)
    }
