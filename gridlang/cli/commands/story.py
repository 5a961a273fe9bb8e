"""`grid story`: the life of a person in a plan, as its state knows it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from gridlang.cli import options


@click.command(epilog=options.example("grid story p42 --state family_state", "grid story p42 --state S --format json"))
@click.argument("contact")
@click.option(
    "--state",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder that was given to `grid run --state`.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is told: for people, or for machines.",
)
def command(contact: str, folder: Path, style: Literal["text", "json"]) -> None:
    """Tell what happened to a person, what was done about it, and what is planned.

    CONTACT is the id of a person; that of a touch, a task, an audience or a skip stands for whom it is about. Told are
    cells entered and left, moves, campaigns begun and ended, touches, tasks, audiences, skips, answers, what the person
    waits for, and what is planned; in the plan's own words, on the person's clock.
    """
    from gridlang.cli import lives

    click.echo(lives.told(contact, folder, style), nl=False)
