"""`grid init`: a small plan to begin with."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import attrs
import click

from gridlang.cli import options, report
from gridlang.diagnostics.model import Diagnostic


@click.command(
    epilog=options.example(
        "grid init my_plan", "grid check my_plan && grid test my_plan && grid build my_plan && grid run my_plan"
    )
)
@click.argument("folder", default=".", type=click.Path(), metavar="[DIR]")
def command(folder: str) -> None:
    """Begin a plan: a small one that works, with its people, events and tests.

    DIR is made if it is not there; nothing that stands there is ever overwritten.
    """
    from gridlang import files, resources

    beginning = resources.beginning()
    there = [output.path for output in beginning if os.path.lexists(Path(folder) / output.path)]
    there += sorted(place.name for place in Path(folder).glob("*.grid") if place.name not in there)
    if there:
        names = ", ".join(f"`{name}`" for name in there)
        raise click.UsageError(
            f"in {folder} there is already {names}, and nothing is overwritten. Name another folder."
        )
    written = files.write(Path(folder), beginning)
    if written.failed:
        report.stop([_without_out(problem) for problem in written.problems], "text")
    for name in written.value.changed:
        click.echo(str(Path(folder) / name))
    here = "" if folder == "." else f" {shlex.quote(folder)}"
    commands = " && ".join(f"grid {name}{here}" for name in ("check", "test", "build", "run"))
    click.echo(f"\nNow: {commands}")


def _without_out(problem: Diagnostic) -> Diagnostic:
    """The finding with the way out that this command has: it takes a folder, and no `--out`."""
    way_out = "name a folder where you may write, with room for a few files: grid init DIR"
    return attrs.evolve(problem, help=way_out)
