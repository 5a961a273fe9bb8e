"""`grid check`: everything the compiler can say about a plan, without writing anything."""

from __future__ import annotations

import click

from gridlang.cli import exits, options, report


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
    report.show(loaded.problems, style)
    report.say(f"{report.name(path)}: {report.counted(loaded.problems)}", style)
    raise click.exceptions.Exit(exits.code_for(loaded.problems))
