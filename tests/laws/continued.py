"""A world lived in parts: each run takes up the state of the one before, written and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import attrs

from gridlang.diagnostics import Outcome
from gridlang.runtime import inputs
from gridlang.runtime.rows import AudienceRow, Execution, Input, Issue, TaskRow
from gridlang.runtime.state import Before, Gone, State, codec, go_on, kept
from gridlang.runtime.state.kept import Made
from gridlang.runtime.state.manifest import FileEntry, Manifest, unpack
from gridlang.runtime.state.records import AccountRecord, PlanRecord
from tests.laws.worlds.world import World, files_of

Open = TypeVar("Open", TaskRow, AudienceRow)


def read(world: World) -> Input:
    found = inputs.read(world.schedule, files_of(world))
    assert not found.problems, [problem.message for problem in found.problems]
    return found.value


def written(state: State) -> bytes:
    return b"".join([*codec.lines([state.plan]), *codec.lines(state.accounts)])


def read_back(content: bytes) -> State:
    first, *rest = content.splitlines()
    (plan,) = codec.read(PlanRecord, [first])
    return State(plan=plan, accounts=tuple(codec.read(AccountRecord, rest)))


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
        gone = go_on(
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
