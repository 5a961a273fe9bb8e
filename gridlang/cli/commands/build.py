"""`grid build`: the schedule, and what the targets make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gridlang.cli import completing, options, report
from gridlang.cli.progress import progress

if TYPE_CHECKING:
    from gridlang.diagnostics.model import Diagnostic
    from gridlang.outputs import OutputFile
    from gridlang.schedule.model import Schedule


@click.command(
    epilog=options.example(
        "grid build examples/family_car", "grid build examples/family_car --target plan_html --out page"
    )
)
@options.plan_path
@options.out_folder
@click.option(
    "--target",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.target,
    help="Build only this target; may stand many times.",
)
@options.findings_format
def command(path: str, out: Path | None, names: tuple[str, ...], style: report.Style) -> None:
    """Build a plan: its schedule, task lists, calendar and pages.

    PATH is the folder of a plan (the current one if left out) or a built schedule.json. Which targets are built, and
    with which options, its grid.toml says (`grid targets` lists them). Nothing is written when the plan has an error;
    unchanged outputs stay untouched. What an earlier build wrote and this one does not make any more (the task list of
    a team that is gone) is removed, unless somebody changed it.
    """
    from gridlang.cli.plan import load
    from gridlang.cli.settings import chosen_targets, out_folder, refuse_unknown
    from gridlang.targets.building import build

    refuse_unknown(names)
    loaded = load(path)
    if loaded.schedule is None:
        report.stop(loaded.problems, style)
    asked = chosen_targets(loaded.settings, names)
    folder = out_folder(loaded, out)
    problems = (*loaded.problems, *asked.problems, *folder.problems)
    if asked.failed or folder.failed:
        report.stop(problems, style)
    with progress("Building", shown=style == "text") as step:
        made = build(loaded.schedule, asked.value, step, loaded.findings)
    if made.failed:
        report.stop((*problems, *made.problems), style)
    _written(folder.value, loaded.schedule, made.value, (*problems, *made.problems), style)


def _written(
    folder: Path,
    schedule: Schedule,
    made: Mapping[str, tuple[OutputFile, ...]],
    problems: Sequence[Diagnostic],
    style: report.Style,
) -> None:
    """Write everything or nothing, and say what became of it."""
    from gridlang import files
    from gridlang.outputs import OutputFile
    from gridlang.schedule import document

    plan = OutputFile("schedule.json", document.to_json(schedule).encode())
    written = files.renew(folder, {"schedule": (plan,), **made})
    report.show((*problems, *written.problems), style)
    if written.failed:
        raise click.exceptions.Exit(2)
    remarks = dict.fromkeys(written.value.changed, "")
    remarks |= dict.fromkeys(written.value.unchanged, " (unchanged)")
    for name in sorted(remarks):
        click.echo(f"{folder / name}{remarks[name]}")
    report.tidied(folder, written.value)
