"""A run with a state, from what is kept of the runs before to what is kept of it and put out: all of it pure.

What a table tells begins where the last run whose tables were put in their folder ended: facts that a killed run made,
and never told, are told by the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import attrs

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.diagnostics.codes.schedule import NEWER_SCHEDULE
from gridlang.runtime.outputs.marks import Marks
from gridlang.runtime.reference import execution
from gridlang.runtime.rows import Execution, Input, WithdrawnRow
from gridlang.runtime.state import accounts, codec, index, manifest, put_out, signs, tables
from gridlang.runtime.state.accounts import DamagedLineError, Line, State
from gridlang.runtime.state.continuing import Advance, Before, Gone, Progress, go_on
from gridlang.runtime.state.manifest import FileEntry, Manifest, Packed, Stretch
from gridlang.runtime.state.places import Places
from gridlang.runtime.state.put_out import PutOut
from gridlang.runtime.state.records import AccountRecord, PlanRecord
from gridlang.runtime.state.seen import Unseen
from gridlang.runtime.state.tables import KeptRow
from gridlang.runtime.state.today import Today
from gridlang.schedule import clock, document
from gridlang.schedule.model import Schedule

T = TypeVar("T")
Fetch = Callable[[FileEntry], Outcome[bytes | None]]
"""Gets what stands in a file of the state."""


@attrs.frozen(kw_only=True)
class Kept:
    """What a run takes up: the state, and what its tables begin with.

    `told`: from when on facts are told; `earlier`: those before the state's moment that no run has told, with the
    schedule of their places. `said`: what news is compared with; `may_be_out`: what may have been put out since, and
    `recalled`: taken back.
    """

    manifest: Manifest
    before: Before
    told: int
    earlier: tuple[tuple[tuple[KeptRow, ...], Schedule], ...]
    said: tuple[PutOut, ...]
    may_be_out: tuple[PutOut, ...]
    recalled: tuple[put_out.Key, ...] = ()


@attrs.frozen(kw_only=True)
class Made:
    """What a run leaves: the state's files and manifest, and its tables with their marks. `schedule` has the places of
    every chain in them."""

    manifest: Manifest
    packed: tuple[Packed, ...]
    execution: Execution
    marks: Marks
    schedule: Schedule
    given: Unseen


class DamagedError(Exception):
    """A file of the state is not as it was written; `problem` says which."""

    def __init__(self, problem: Diagnostic) -> None:
        self.problem = problem


def take_up(found: Manifest, fetch: Fetch, *, published: bool, known: int) -> Outcome[Kept | None]:
    """What is kept, for a run that knows until `known`.

    Where the outputs of the last run were not published, or its day is run again, its tables are told again: its facts
    with it, and news is what was news then.
    """
    try:
        before = _before(found, fetch)
        again = not published or known == before.state.plan.known
        if not again:
            said = _records(PutOut, found.put_out, fetch)
            return Outcome(
                Kept(
                    manifest=found, before=before, told=before.state.plan.known, earlier=(), said=said, may_be_out=said
                )
            )
        told = manifest.moment(found.told)
        stretches = [each for each in found.facts if manifest.moment(each.since) >= told]
        said = _records(PutOut, found.before, fetch)
        recalled = _records(PutOut, found.withdrawn, fetch)
        may_be_out = (*said, *_records(PutOut, found.put_out, fetch), *recalled)
        keys = tuple((each.table, each.id) for each in recalled)
        earlier = tuple((_records(KeptRow, each.rows, fetch), schedule_of(each.schedule, fetch)) for each in stretches)
        return Outcome(
            Kept(
                manifest=found,
                before=before,
                told=told,
                earlier=earlier,
                said=said,
                may_be_out=may_be_out,
                recalled=keys,
            )
        )
    except DamagedError as error:
        return Outcome(None, (error.problem,))


def _before(found: Manifest, fetch: Fetch) -> Before:
    (plan,) = _records(PlanRecord, found.shared, fetch)
    state = State(plan=plan, accounts=_lines(found, fetch))
    return Before(state=state, schedule=schedule_of(found.schedule, fetch))


def _lines(found: Manifest, fetch: Fetch) -> tuple[Line, ...]:
    """The accounts with their signs; those of a state that has none yet are made of its records."""
    contents = content_of(found.accounts, fetch).splitlines()
    entry = found.index or found.accounts
    try:
        if found.index is None:
            records = codec.read(AccountRecord, contents)
            known = [signs.signs_of(record, "", accounts.ALWAYS) for record in records]
        else:
            known = list(index.read(content_of(found.index, fetch).splitlines(), found.accounts.sha256))
        return tuple(Line(*each) for each in zip(contents, known, strict=True))
    except index.OtherAccountsError as error:
        raise DamagedError(manifest.damaged(found.accounts.name, str(error))) from error
    except codec.DAMAGED as error:
        raise DamagedError(manifest.damaged(entry.name, str(error))) from error


def _records(kind: type[T], entry: FileEntry, fetch: Fetch) -> tuple[T, ...]:
    try:
        return tuple(codec.read(kind, content_of(entry, fetch).splitlines()))
    except codec.DAMAGED as error:
        raise DamagedError(manifest.damaged(entry.name, str(error))) from error


def earlier_plans(found: Manifest, today: Schedule, fetch: Fetch) -> tuple[Schedule, ...]:
    """The plan as it was executed before edits, each version once. Raises DamagedError."""
    entries = {each.sha256: each for each in (found.schedule, *(stretch.schedule for stretch in found.facts))}
    entries.pop(_packed_schedule(today).entry.sha256, None)
    return tuple(schedule_of(entry, fetch) for entry in entries.values())


def schedule_of(entry: FileEntry, fetch: Fetch) -> Schedule:
    """A schedule of the state. Raises DamagedError."""
    try:
        text = content_of(entry, fetch).decode()
    except UnicodeDecodeError as error:
        raise DamagedError(manifest.damaged(entry.name, str(error))) from error
    read = document.from_json(text, entry.name)
    if read.value is None:
        raise DamagedError(_of_schedule(entry, read.problems[0]))
    return read.value


def _of_schedule(entry: FileEntry, problem: Diagnostic) -> Diagnostic:
    """A newer program wrote it, or it is damaged."""
    return problem if problem.code is NEWER_SCHEDULE else manifest.damaged(entry.name, problem.message)


def content_of(entry: FileEntry, fetch: Fetch) -> bytes:
    """What stands in a file of the state. Raises DamagedError."""
    read = fetch(entry)
    if read.value is None:
        raise DamagedError(read.problems[0])
    return read.value


def run(
    schedule: Schedule,
    today: Today | Input,
    kept: Kept | None,
    *,
    start: int,
    known: int,
    until: int,
    progress: Progress | None = None,
    advance: Advance = execution.advance,
) -> Made:
    """Execute from the state's moment, or from `start`, to `until`; keep the state as of `known`.

    `advance`: which execution lets the time pass. Raises DamagedError for an account that no run wrote so.
    """
    text = document.to_json(schedule)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    before = kept.before if kept else None
    try:
        gone = go_on(
            schedule,
            today,
            before,
            start=start,
            known=known,
            until=until,
            fingerprint=fingerprint,
            progress=progress,
            advance=advance,
        )
    except DamagedLineError as error:
        assert kept is not None
        raise DamagedError(manifest.damaged(kept.manifest.accounts.name, str(error))) from error
    own = len(gone.given.today.issues)
    whole, earlier = _earlier(gone, kept)
    everything, facts, planned = _tables(gone, earlier, own, kept.told if kept else gone.since)
    said, may_be_out, recalled = (kept.said, kept.may_be_out, kept.recalled) if kept else ((), (), ())
    withdrawn = put_out.withdrawn(everything, may_be_out, gone.known)
    end = _end_of(gone)
    marks = Marks(
        known=None if end else gone.known,
        news=put_out.news(everything, said, may_be_out, recalled),
        withdrawn=withdrawn,
    )
    files = _Files(gone, whole, kept)
    made, packed = files.of(own, put_out.put_out(facts, planned), said, _listed(withdrawn, may_be_out), until)
    return Made(manifest=made, packed=packed, execution=everything, marks=marks, schedule=whole, given=gone.given)


def _end_of(gone: Gone) -> bool:
    """Whether everything there is to know is known, so that nothing is planned."""
    return not any(
        (
            gone.planned.touches,
            gone.planned.tasks,
            gone.planned.audiences,
            gone.planned.moves,
            gone.planned.skips,
            gone.planned.reports,
        )
    )


def _earlier(gone: Gone, kept: Kept | None) -> tuple[Schedule, list[Execution]]:
    """Facts that no run has told, with their places as today's; and the schedule that has them all."""
    whole, found = gone.schedule, []
    for rows, schedule in kept.earlier if kept else ():
        places = Places(whole, None if schedule.places == whole.places else schedule)
        found.append(tables.execution_of(rows, gone.planned, places, schedule))
        whole = places.whole()
    return whole, found


def _tables(gone: Gone, earlier: list[Execution], own: int, told: int) -> tuple[Execution, Execution, Execution]:
    """Everything that is told from `told` on, its facts, and what is planned. The issues of the input come first."""
    of_input, said = gone.facts.issues[:own], gone.facts.issues[own:]
    facts = tables.together(earlier, attrs.evolve(gone.facts, issues=said))
    everything = tables.together([facts], gone.planned)
    counts = attrs.evolve(everything.counts, lived=(told, everything.counts.lived[1]))
    return attrs.evolve(everything, issues=(*of_input, *everything.issues), counts=counts), facts, gone.planned


def _listed(withdrawn: Iterable[WithdrawnRow], before: Iterable[PutOut]) -> list[PutOut]:
    gone = {(row.table, row.id) for row in withdrawn}
    found = {(each.table, each.id): each for each in before if (each.table, each.id) in gone}
    return [found[key] for key in sorted(found)]


@attrs.frozen
class _Files:
    """The state's files for what a run has gone through."""

    gone: Gone
    whole: Schedule
    kept: Kept | None

    def of(
        self, own: int, out: list[PutOut], said: Iterable[PutOut], withdrawn: list[PutOut], until: int
    ) -> tuple[Manifest, tuple[Packed, ...]]:
        """`own`: how many issues of the facts were of the input."""
        gone, saved = self.gone, self.gone.saved
        facts, new = self._facts(own)
        lines = manifest.pack("accounts", accounts.written(saved.state.accounts), level=manifest.QUICK)
        packed = {
            "shared": manifest.pack("plan", codec.lines([saved.state.plan])),
            "accounts": lines,
            "index": manifest.pack(
                "index", index.lines(saved.state.accounts, lines.entry.sha256), level=manifest.QUICK
            ),
            "schedule": _packed_schedule(saved.schedule),
            "planned": manifest.pack("planned", codec.lines(tables.kept(gone.planned, gone.foreseen))),
            "planned_schedule": _packed_schedule(gone.schedule),
            "put_out": manifest.pack("put-out", codec.lines(out)),
            "before": manifest.pack("put-out", codec.lines(said)),
            "withdrawn": manifest.pack("put-out", codec.lines(withdrawn)),
        }
        made = Manifest(
            plan=saved.state.plan.plan,
            known=clock.utc(gone.known),
            until=clock.utc(until),
            told=clock.utc(self.kept.told if self.kept else gone.since),
            facts=facts,
            **{name: file.entry for name, file in packed.items()},
        )
        return made, (*packed.values(), *new)

    def _facts(self, own: int) -> tuple[tuple[Stretch, ...], tuple[Packed, ...]]:
        """The stretches so far, and the files of this run's; one in which no time passed adds none."""
        gone, before = self.gone, self.kept.manifest.facts if self.kept else ()
        if gone.known == gone.since and self.kept is not None:
            return before, ()
        rows = manifest.pack("facts", codec.lines(tables.kept(gone.facts, gone.diary, but_issues=own)))
        schedule = _packed_schedule(gone.schedule)
        stretch = Stretch(
            since=clock.utc(gone.since), known=clock.utc(gone.known), rows=rows.entry, schedule=schedule.entry
        )
        return (*before, stretch), (rows, schedule)


def _packed_schedule(schedule: Schedule) -> Packed:
    return manifest.pack("schedule", _in_one(document.to_json(schedule)), "json")


def _in_one(text: str) -> Iterator[bytes]:
    yield text.encode()
