"""`grid check`: everything the compiler can say about a plan, without writing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gridlang.cli import exits, options, report

if TYPE_CHECKING:
    from gridlang.cli.plan import Loaded
    from gridlang.diagnostics.model import Diagnostic


@click.command(epilog=options.example("grid check examples/family_car", "grid check --format json 2> findings.json"))
@options.plan_path
@options.findings_format
def command(path: str, style: report.Style) -> None:
    """Check a plan: names, types, flows, rules, maps.

    PATH is the folder of a plan (the current one if left out) or a built schedule.json. Findings stand on stderr with
    their place, their reason and the way out; nothing is written.
    """
    from gridlang.cli.plan import load

    loaded = load(path)
    problems = (*_of_settings(loaded), *loaded.problems)
    report.show(problems, style)
    report.say(f"{report.name(path)}: {report.counted(problems)}", style)
    raise click.exceptions.Exit(exits.code_for(problems))


def _of_settings(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What is wrong with a `grid.toml`; who has none does not wait for the targets to be looked up."""
    if loaded.settings.source is None:
        return ()
    from gridlang.cli.settings import findings

    return findings(loaded.settings, loaded.schedule)
