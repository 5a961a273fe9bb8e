"""What a plan's `grid.toml` asks of a command, beside what the command line asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.settings.tables import Build, Run

if TYPE_CHECKING:
    from gridlang.cli.plan import Loaded
    from gridlang.schedule.model import Schedule
    from gridlang.settings import Settings
    from gridlang.settings.options import Options
    from gridlang.source import Span
    from gridlang.targets.building import Chosen


def chosen_targets(settings: Settings, names: Sequence[str]) -> Outcome[tuple[Chosen, ...]]:
    """The targets that the command line names, else those of `[build]`, else the usual ones."""
    from gridlang.targets.building import choose, usual

    table = settings.table(("build",), Build)
    listed = table.value.targets
    wanted: list[tuple[str, Span | None]]
    if names:
        wanted = [(name, None) for name in names]
    elif listed is not None:
        wanted = [(name, settings.span(("build", "targets", at))) for at, name in enumerate(listed)]
    else:
        wanted = [(name, None) for name in usual()]
    chosen = choose(wanted, settings, _only_of_runs(settings))
    return Outcome(chosen.value, (*table.problems, *chosen.problems))


def _only_of_runs(settings: Settings) -> tuple[str, ...]:
    """The lists that are no targets; without a table for any, nobody asks."""
    if not settings.names("targets"):
        return ()
    from gridlang.runtime.outputs import lists

    return tuple(lists.known())


def refuse_unknown(names: Sequence[str]) -> None:
    """A target that the command line names and that there is not is wrong usage."""
    from gridlang.settings.reading import near
    from gridlang.targets import discover, installed

    known = installed.known(discover()) if names else ()
    for name in names:
        if name not in known:
            meant = near(name, known)
            hint = f" Did you mean `{meant}`?" if meant else ""
            raise click.BadParameter(f"no target `{name}`.{hint} There are: {', '.join(known)}.", param_hint="--target")


def run_lists(settings: Settings, schedule: Schedule) -> Outcome[dict[str, Options]]:
    """The lists that `[run]` asks for, with their options, checked against the plan."""
    from gridlang.runtime.outputs import lists

    table, known = settings.table(("run",), Run), lists.known()
    problems = list(table.problems)
    chosen: dict[str, Options] = {}
    for at, name in enumerate(table.value.lists):
        if name not in known:
            problems.append(_unknown_list(name, tuple(known), settings.span(("run", "lists", at))))
            continue
        options = settings.table(("targets", name), known[name].options)
        problems += options.problems
        chosen[name] = options.value
        if not options.failed:
            problems += _placed(settings, name, known[name].check(schedule, options.value))
    return Outcome(chosen, tuple(problems))


def _unknown_list(name: str, known: tuple[str, ...], span: Span | None) -> Diagnostic:
    from gridlang.diagnostics.codes.settings import UNKNOWN_CHOICE
    from gridlang.settings.reading import near

    listed = ", ".join(f"`{each}`" for each in known)
    return UNKNOWN_CHOICE.at(span, key="run.lists", value=name, choices=listed, near=near(name, known))


def _placed(settings: Settings, name: str, problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What a list says about its options, at their table where there is one."""
    there = name in settings.names("targets")
    span = settings.span(("targets", name), key=True) if there else settings.span(("run", "lists"), key=True)
    return (attrs.evolve(problem, span=problem.span or span) for problem in problems)


def out_folder(loaded: Loaded, out: Path | None, *, run: bool = False) -> Outcome[Path]:
    """Where outputs go: what the command line says; else what the settings say, inside the plan's folder."""
    from gridlang import files

    if out is not None:
        return Outcome(out)
    if loaded.outputs == loaded.folder:  # a built schedule.json: beside it
        return Outcome(loaded.outputs / "run" if run else loaded.outputs)
    build, table = loaded.settings.table(("build",), Build), loaded.settings.table(("run",), Run)
    below = table.value.folder or f"{build.value.folder}/run" if run else build.value.folder
    return files.inside(loaded.folder, below)


def findings(settings: Settings, schedule: Schedule | None) -> tuple[Diagnostic, ...]:
    """What is wrong with the settings of builds and runs, for who only checks."""
    if settings.source is None:
        return ()
    targets = chosen_targets(settings, ())
    lists = run_lists(settings, schedule).problems if schedule else settings.table(("run",), Run).problems
    return tuple(dict.fromkeys((*targets.problems, *lists)))
