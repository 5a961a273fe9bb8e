"""From names and settings to outputs: which targets are built, with which options, into which folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from gridlang.diagnostics.codes import settings as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.settings import Settings
from gridlang.settings.fields import folder
from gridlang.settings.reading import near
from gridlang.source import Span
from gridlang.targets import discover, installed
from gridlang.targets.interface import Files, Options, ShowsFindings, Target

Step = Callable[[int, int], None]


@attrs.frozen
class Chosen:
    """A target with its options. `package` is where it comes from, None for the targets of the house."""

    target: Target
    options: Options
    package: str | None = None
    span: Span | None = attrs.field(default=None, eq=False)
    """Where the settings speak of it, for what it has to say of its options."""


def usual() -> tuple[str, ...]:
    """The names of the targets that are built when nobody names any."""
    return tuple(name for name, target in discover().items() if target.usual)


def choose(
    names: Sequence[tuple[str, Span | None]], settings: Settings, others: Sequence[str] = ()
) -> Outcome[tuple[Chosen, ...]]:
    """The targets of those names with their options; a name is told at its place, if it has one (G0906).

    `others` may have a table in `[targets]` too: the lists that only runs write.
    """
    house, problems = discover(), list[Diagnostic]()
    known = installed.known(house)
    problems += _unknown_tables(settings, tuple(sorted({*known, *others})))
    chosen: dict[str, Chosen] = {}
    for name, span in names:
        if name not in known:
            problems.append(_unknown(name, known, span))
        elif name not in chosen:
            found = _loaded(name, house)
            problems += found.problems
            if found.value is not None:
                options = settings.table(("targets", name), found.value.target.options)
                problems += options.problems
                place = settings.span(("targets", name), key=True) if name in settings.names("targets") else span
                chosen[name] = attrs.evolve(found.value, options=options.value, span=place)
    return Outcome(tuple(chosen[name] for name in sorted(chosen)), tuple(problems))


def _loaded(name: str, house: Mapping[str, Target]) -> Outcome[Chosen | None]:
    if name in house:
        return Outcome(Chosen(house[name], house[name].options()))
    entry = installed.entries()[name]
    loaded = installed.load(entry)
    if loaded.value is None:
        return Outcome(None, loaded.problems)
    return Outcome(Chosen(loaded.value, loaded.value.options(), installed.package(entry)))


def _unknown_tables(settings: Settings, known: tuple[str, ...]) -> Iterator[Diagnostic]:
    for name in settings.names("targets"):
        if name not in known:
            yield _unknown(name, known, settings.span(("targets", name), key=True))


def _unknown(name: str, known: tuple[str, ...], span: Span | None) -> Diagnostic:
    listed = ", ".join(f"`{each}`" for each in known)
    return codes.UNKNOWN_TARGET.at(span, name=name, known=listed, near=near(name, known))


# --- building ---------------------------------------------------------------------------------------------------------


def build(
    schedule: Schedule,
    chosen: Sequence[Chosen],
    step: Step | None = None,
    findings: Sequence[Diagnostic] | None = None,
) -> Outcome[dict[str, Any]]:
    """The outputs of each target, by its name, in the folders that the options say; no two may write one file.

    `findings`: what the check says of the plan, for the targets that show it; None when nobody has checked.
    """
    made: dict[str, tuple[OutputFile, ...]] = {}
    problems = list(without_catalogue(schedule)) if chosen else []
    for number, each in enumerate(chosen):
        if step:
            step(number, len(chosen))
        outcome = _files(schedule, each, findings)
        problems += (attrs.evolve(problem, span=problem.span or each.span) for problem in outcome.problems)
        made[each.target.name] = tuple(_placed(each.options, file) for file in outcome.value)
    return Outcome(made, (*problems, *_twice(made)))


def _files(schedule: Schedule, chosen: Chosen, findings: Sequence[Diagnostic] | None) -> Files:
    """What a target gives; one of an installed package may break, or give what is none of ours (G0907)."""
    if chosen.package is None:
        return _made(schedule, chosen, findings)
    try:
        outcome = _made(schedule, chosen, findings)
        reason = _unusable(outcome)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
    if reason is None:
        return outcome
    return Outcome((), (installed.broken(chosen.target.name, chosen.package, reason),))


def _made(schedule: Schedule, chosen: Chosen, findings: Sequence[Diagnostic] | None) -> Files:
    if isinstance(chosen.target, ShowsFindings):
        return chosen.target.files_with_findings(schedule, chosen.options, findings)
    return chosen.target.files(schedule, chosen.options)


def _unusable(outcome: Any) -> str | None:
    """What is wrong with what a stranger's target gave."""
    if not isinstance(outcome, Outcome):
        return f"it gave {type(outcome).__name__} instead of an Outcome of files"
    if not all(isinstance(problem, Diagnostic) for problem in outcome.problems):
        return "it gave problems that are no findings"
    for file in outcome.value:
        if not isinstance(file, OutputFile) or not isinstance(file.content, bytes):
            return "it gave something that is no file of bytes"
        if folder(file.path) is not None:
            return f"it would write outside the folder of the outputs: {file.path!r}"
    return None


def _placed(options: Options, file: OutputFile) -> OutputFile:
    return attrs.evolve(file, path=f"{options.folder}/{file.path}") if options.folder else file


def _twice(made: Mapping[str, Sequence[OutputFile]]) -> Iterator[Diagnostic]:
    """Files that two targets would write; names that differ in capitals only are one file on many disks."""
    makers = {"schedule.json": "the schedule"}
    for name, files in made.items():
        for file in files:
            other = makers.setdefault(file.path.casefold(), name)
            if other != name:
                yield codes.SAME_OUTPUT.at(None, path=file.path, first=other, second=name)


def without_catalogue(schedule: Schedule) -> Iterator[Diagnostic]:
    """That gridlang has no words in the plan's language, and takes English ones (G0909)."""
    from gridlang.targets.words import words_for

    missing = words_for(schedule.plan.locale).missing
    if missing is not None:
        yield codes.NO_CATALOGUE.at(None, locale=missing)
