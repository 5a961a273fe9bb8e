"""R26: of the rows of events, which are new, which have been seen, and which come too late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from gridlang.runtime.rows import FileCount, Happening, Input, Issue
from gridlang.runtime.state.accounts import State
from gridlang.runtime.state.saving import carried
from gridlang.runtime.state.signs import Narrowed, digest_of_row, seen_by
from gridlang.schedule.clock import utc
from gridlang.schedule.model import Schedule


def sort_out(schedule: Schedule, state: State, given: Input) -> Input:
    """The input with the rows that are to be lived.

    One already seen is dropped, by its id, else by its fields and their count, and counts as repeated. An event older
    than the state is an issue `late_event`, and is taken at the state's moment; of somebody who is new, or whose
    account has not entered, it is history and no issue.
    """
    narrowed, known = _narrowed(carried(schedule), state.plan.carries), state.plan.known
    digests = [digest_of_row(row, narrowed) for row in given.happenings]
    seen = _Seen.of(state, narrowed, frozenset(digests))
    entered = _entered(state, given)
    taken: list[Happening] = []
    issues: list[Issue] = []
    repeated: Counter[str] = Counter()
    for row, digest in zip(given.happenings, digests, strict=True):
        if seen.knows(row, digest):
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
    signs = [line.signs for line in state.accounts if line.signs.entered]
    accounts, before = {each.id for each in signs}, {person for each in signs for person in each.people}
    return {row.id for row in given.contacts if row.id in before and row.account in accounts}


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


@attrs.define
class _Seen:
    """Which of today's rows the state has taken, by their digests: how many of each are left of those without id."""

    counts: Counter[str]

    @classmethod
    def of(cls, state: State, narrowed: Narrowed, asked: frozenset[str]) -> _Seen:
        taken = (digest for line in state.accounts for digest in seen_by(line, narrowed))
        return cls(Counter(digest for digest in taken if digest in asked))

    def knows(self, row: Happening, digest: str) -> bool:
        """Whether the row has been seen; of rows without id as many are as were taken."""
        if self.counts.get(digest, 0) == 0:
            return False
        if row.id is None:
            self.counts[digest] -= 1
        return True


def _narrowed(now: Mapping[str, list[str]], before: Mapping[str, list[str]]) -> Narrowed:
    return {
        name: frozenset(now.get(name, ())) & frozenset(before.get(name, ()))
        for name in now.keys() | before.keys()
        if now.get(name) != before.get(name)
    }
