"""What a plan's `grid.toml` asks of a command, beside what the command line asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.settings.tables import Build, Run

if TYPE_CHECKING:
    from gridlang.cli.plan import Loaded
    from gridlang.settings import Settings
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
    chosen = choose(wanted, settings)
    return Outcome(chosen.value, (*table.problems, *chosen.problems))


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


def findings(settings: Settings) -> tuple[Diagnostic, ...]:
    """What is wrong with the settings of builds and runs, for who only checks."""
    if settings.source is None:
        return ()
    targets = chosen_targets(settings, ())
    return (*targets.problems, *settings.table(("run",), Run).problems)
