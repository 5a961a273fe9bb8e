"""A world lived in parts: each run takes up the state of the one before, written and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import attrs

from gridlang.diagnostics import Outcome
from gridlang.runtime import inputs
from gridlang.runtime.rows import AudienceRow, Execution, Input, Issue, TaskRow
from gridlang.runtime.state import Before, Gone, State, accounts, codec, go_on, index, kept
from gridlang.runtime.state.accounts import Line
from gridlang.runtime.state.kept import Made
from gridlang.runtime.state.manifest import FileEntry, Manifest, unpack
from gridlang.runtime.state.records import PlanRecord
from gridlang.runtime.state.signs import signs_of
from gridlang.schedule.model import Schedule
from tests.laws.worlds.world import World, files_of

Open = TypeVar("Open", TaskRow, AudienceRow)


def read(world: World) -> Input:
    found = inputs.read(world.schedule, files_of(world))
    assert not found.problems, [problem.message for problem in found.problems]
    return found.value


def written(state: State) -> bytes:
    signs = list(index.lines(state.accounts, ""))
    return b"".join([b"%d\n" % len(signs), *signs, *codec.lines([state.plan]), *accounts.written(state.accounts)])


def read_back(content: bytes) -> State:
    """What was written; the signs of each account are those of its record, which says the same when written again."""
    number, *rest = content.splitlines()
    signs, (first, *lines) = rest[: int(number)], rest[int(number) :]
    (plan,) = codec.read(PlanRecord, [first])
    state = State(plan=plan, accounts=tuple(map(Line, lines, index.read(signs, ""))))
    for line in state.accounts:
        assert codec.line(line.record) == line.content
        assert signs_of(line.record, line.signs.rows, line.signs.next) == line.signs
    return state


def gone_on(
    schedule: Schedule, given: Input, before: Before | None, *, start: int, known: int, until: int, fingerprint: str
) -> Gone:
    """`go_on`, which leaves what it leaves when it passes no account over."""
    asked = {"start": start, "known": known, "until": until, "fingerprint": fingerprint}
    gone = go_on(schedule, given, before, **asked)  # type: ignore[arg-type]
    if before is not None:
        whole = attrs.evolve(before, state=before.state.whole())
        every = go_on(schedule, given, whole, **asked)  # type: ignore[arg-type]
        for table in attrs.fields(Execution):
            for part in ("facts", "planned"):
                assert getattr(getattr(gone, part), table.name) == getattr(getattr(every, part), table.name), table.name
        if gone.saved is not before:
            assert written(gone.saved.state).splitlines() == written(every.saved.state).splitlines()
            assert attrs.evolve(gone, saved=every.saved) == every
    return gone


@attrs.frozen
class Lived:
    """Everything that the runs gave, as one; `issues` without those of the input."""

    execution: Execution
    issues: tuple[Issue, ...]
    state: bytes
    runs: tuple[Gone, ...]


def lived(
    world: World,
    cuts: Sequence[int],
    *,
    given: Callable[[Input, int, int], Input] = lambda whole, since, until: whole,
    edited: bool = False,
) -> Lived:
    """Live a world up to each of the cuts, then up to its end; `given` says what of the input each run is handed.

    `edited`: the plan counts as another one each time, though it says the same.
    """
    whole, before, runs = read(world), None, []
    for since, known in zip((world.start, *cuts), (*cuts, world.until), strict=True):
        part = given(whole, since, known)
        gone = gone_on(
            world.schedule,
            part,
            before,
            start=world.start,
            known=known,
            until=known,
            fingerprint=str(known) if edited else "",
        )
        again = written(read_back(written(gone.saved.state)))
        assert again == written(gone.saved.state)
        before = Before(state=read_back(again), schedule=gone.saved.schedule)
        runs.append((gone, len(part.issues)))
    issues = [issue for gone, of_input in runs for issue in gone.facts.issues[of_input:]]
    return Lived(together([gone.facts for gone, _ in runs]), tuple(issues), again, tuple(gone for gone, _ in runs))


def together(parts: Sequence[Execution]) -> Execution:
    """The tables of several runs as those of one: rows that are told again hold as told last."""
    return attrs.evolve(
        parts[-1],
        touches=tuple(row for part in parts for row in part.touches),
        tasks=_latest([row for part in parts for row in part.tasks]),
        audiences=_latest([row for part in parts for row in part.audiences]),
        moves=tuple(row for part in parts for row in part.moves),
        skips=tuple(row for part in parts for row in part.skips),
        reports=tuple(row for part in parts for row in part.reports),
        issues=(),
    )


def _latest(rows: Sequence[Open]) -> tuple[Open, ...]:
    return tuple({row.id: row for row in rows}.values())


class Folder:
    """The files of a state in memory, and the runs on it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.manifest: Manifest | None = None

    def run(self, world: World, given: Input, *, known: int, until: int) -> Made:
        before, start = None, world.start
        if self.manifest is not None:
            taken = kept.take_up(self.manifest, self._fetch, published=True, known=known)
            assert taken.value is not None, [problem.message for problem in taken.problems]
            before, start = taken.value, taken.value.before.state.plan.known
        made = kept.run(world.schedule, given, before, start=start, known=known, until=until)
        self.manifest = made.manifest
        self.files |= {file.entry.name: file.content for file in made.packed}
        return made

    def _fetch(self, entry: FileEntry) -> Outcome[bytes | None]:
        return unpack(self.files[entry.name], entry, entry.name)
