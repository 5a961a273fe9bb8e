"""`grid check`: everything the compiler can say about a plan, without writing anything."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from gridlang.cli import exits, options, report

if TYPE_CHECKING:
    from gridlang.cli.plan import Loaded, PlanOnDisk
    from gridlang.diagnostics.model import Diagnostic


@click.command(
    epilog=options.example(
        "grid check examples/family_car", "grid check --format json 2> findings.json", "grid check --watch my_plan"
    )
)
@options.plan_path
@options.findings_format
@click.option("--watch", is_flag=True, help="Check again whenever a file of the plan changes, until interrupted.")
def command(path: str, style: report.Style, watch: bool) -> None:
    """Check a plan: names, types, flows, rules, maps.

    PATH is the folder of a plan (the current one if left out) or a built schedule.json. Findings stand on stderr with
    their place, their reason and the way out; nothing is written.
    """
    if watch:
        _watch(path, style)
    raise click.exceptions.Exit(_check(path, style, None))


def _check(path: str, style: report.Style, through: PlanOnDisk | None) -> int:
    from gridlang.cli.plan import load

    loaded = load(path, through=through)
    problems = (*_of_settings(loaded), *loaded.problems)
    report.show(problems, style)
    report.say(f"{report.name(path)}: {report.counted(problems)}", style)
    return exits.code_for(problems)


def _watch(path: str, style: report.Style) -> None:
    """Check whenever a file changes; a terminal is cleared before, so that what stands there is what holds."""
    if not os.path.isdir(path):
        raise click.UsageError(f"--watch looks at the folder of a plan, and {path} is none.")
    from gridlang.cli.watching import Seen, again_and_again

    def act(seen: Seen) -> None:
        if sys.stderr.isatty() and style == "text":
            click.echo("\x1b[2J\x1b[3J\x1b[H", nl=False, err=True)
        _check(path, style, seen)

    again_and_again(path, act)


def _of_settings(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What is wrong with a `grid.toml`; who has none does not wait for the targets to be looked up."""
    if loaded.settings.source is None:
        return ()
    from gridlang.cli.settings import findings

    return findings(loaded.settings, loaded.schedule)
