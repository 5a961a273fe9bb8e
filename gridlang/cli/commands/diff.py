"""`grid diff`: what differs between two plans, or two states of one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

import click

from gridlang.cli import exits, options, report

if TYPE_CHECKING:
    from gridlang.schedule.model import Schedule

SAME, DIFFERENT = exits.FINE, exits.FINDINGS


@click.command(
    epilog=options.example(
        "grid diff HEAD~1 examples/family_car",
        "grid diff v1.0:examples/family_car main:examples/family_car",
        "grid diff out/schedule.json . --format json",
    )
)
@click.argument("old", metavar="OLD")
@click.argument("new", default=".", metavar="[NEW]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the difference is shown on stdout: for people, or for programs.",
)
def command(old: str, new: str, style: Literal["text", "json"]) -> None:
    """Say what differs between two plans, and who in flight the edit ends.

    OLD and NEW (the current folder if left out) are each the folder of a plan, a built schedule.json, or a git
    revision: REV:PATH, or REV alone for the plan of the other side as it was then. What is found on disk comes first.

    Exit codes, like diff: 0 no difference, 1 differences, 2 one of the two cannot be read or has errors.
    """
    before, after = _schedule(old, new), _schedule(new, old)
    from gridlang.schedule.difference import as_json, as_text, compare

    difference = compare(before, after)
    render = as_json.render if style == "json" else as_text.render
    click.echo(render(difference, before, after), nl=False)
    raise click.exceptions.Exit(SAME if difference.empty else DIFFERENT)


def _schedule(side: str, other: str) -> Schedule:
    """The plan that one side names; the other says which plan a revision alone means."""
    if os.path.exists(side):
        return _loaded(side, side)
    from gridlang.cli import revisions

    revision = revisions.find(side, other)
    with revisions.checked_out(revision) as place:
        return _loaded(str(place), revision.shown)


def _loaded(path: str, shown: str) -> Schedule:
    from gridlang.cli.plan import load

    loaded = load(path)
    if loaded.schedule is None:
        report.show(loaded.problems, "text")
        report.say(f"{shown} has errors, so there is nothing to compare.", "text")
        raise click.exceptions.Exit(exits.UNUSABLE)
    return loaded.schedule
