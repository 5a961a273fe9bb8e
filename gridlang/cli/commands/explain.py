"""`grid explain`: what a finding's code means, or why a row of a run came when it came."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gridlang.cli import options, report


@click.command(epilog=options.example("grid explain G0201", "grid explain 5d0e2bb0f2a5c1d7a3c4 --run out/run"))
@click.argument("what", metavar="CODE|ID")
@click.option(
    "--run",
    "folder",
    default="out/run",
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The outputs of the run in which the ID stands.",
)
def command(what: str, folder: Path) -> None:
    """Explain a finding's CODE, or why a row with that ID came when it came.

    CODE is the code or the name of a finding, as `grid check` shows it. ID is the id of a touch, a task, an audience or
    a skip in the outputs of `grid run`, or an account, for its moves: the chain of rules is told, each with its place
    in the plan.
    """
    from gridlang.cli import pages

    code = pages.find(what)
    if code is not None:
        click.echo(pages.page(code, color=report.colored(sys.stdout)), color=True)
        return
    from gridlang.cli import chains

    if not chains.is_run(folder) and not pages.is_id(what):
        raise click.UsageError(pages.unknown(what))
    click.echo(chains.told(what, folder))
