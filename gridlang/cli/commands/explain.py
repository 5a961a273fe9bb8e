"""`grid explain`: what a finding's code means, or why a row of a run came when it came."""

from __future__ import annotations

import re
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
    a skip in the outputs of `grid run`; its chain of rules is told with the place in the plan of each.
    """
    if re.fullmatch(r"[0-9a-f]{20}", what):
        from gridlang.cli import chains

        click.echo(chains.explain(what, folder))
    else:
        from gridlang.cli import pages

        click.echo(pages.page(what, color=report.colored(click.get_text_stream("stdout"))), color=True)
