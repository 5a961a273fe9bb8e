"""`grid build`: the schedule, and what the targets make of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gridlang.cli import options, report
from gridlang.cli.progress import Step, progress

if TYPE_CHECKING:
    from gridlang.outputs import OutputFile
    from gridlang.schedule.model import Schedule
    from gridlang.targets.interface import Target


@click.command(
    epilog=options.example(
        "grid build examples/family_car", "grid build examples/family_car --target plan_html --out page"
    )
)
@options.plan_path
@options.out_folder
@click.option("--target", "names", multiple=True, metavar="NAME", help="Build only this target; may stand many times.")
@options.findings_format
def command(path: str, out: Path | None, names: tuple[str, ...], style: report.Style) -> None:
    """Build a plan: its schedule, task lists, calendar and pages.

    PATH is the folder of a plan (the current one if left out) or a built schedule.json. Nothing is written when the
    plan has an error; unchanged outputs stay untouched. What an earlier build wrote and this one does not make any more
    (the task list of a team that is gone) is removed, unless somebody changed it.
    """
    from gridlang import files
    from gridlang.cli.plan import load

    targets = _chosen(names)
    loaded = load(path)
    if loaded.schedule is None:
        report.stop(loaded.problems, style)
    folder = out or loaded.outputs
    with progress("Building", shown=style == "text") as step:
        outputs = dict(_outputs(loaded.schedule, targets, step))
    written = files.renew(folder, outputs)
    report.show((*loaded.problems, *written.problems), style)
    if written.failed:
        raise click.exceptions.Exit(2)
    remarks = dict.fromkeys(written.value.changed, "")
    remarks |= dict.fromkeys(written.value.unchanged, " (unchanged)")
    for name in sorted(remarks):
        click.echo(f"{folder / name}{remarks[name]}")
    report.tidied(folder, written.value)


def _chosen(names: tuple[str, ...]) -> dict[str, Target]:
    """The targets of those names, all if there are none; an unknown name is wrong usage."""
    from gridlang.targets import discover

    found = discover()
    for name in names:
        if name not in found:
            raise click.BadParameter(
                f"no target `{name}`. There are: {', '.join(sorted(found))}.", param_hint="--target"
            )
    return {name: target for name, target in found.items() if not names or name in names}


def _outputs(
    schedule: Schedule, targets: dict[str, Target], step: Step | None
) -> Iterator[tuple[str, tuple[OutputFile, ...]]]:
    """What is written, by who made it."""
    from gridlang.outputs import OutputFile
    from gridlang.schedule import document

    yield "schedule", (OutputFile("schedule.json", document.to_json(schedule).encode()),)
    for number, (name, target) in enumerate(targets.items()):
        if step:
            step(number, len(targets))
        yield name, target.files(schedule)
