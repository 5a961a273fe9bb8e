"""`grid test`: the tests of a plan, told to the interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from gridlang.cli import exits, options, report

if TYPE_CHECKING:
    from gridlang.runtime.testing.result import Result
    from gridlang.schedule.model import Schedule

Format = Literal["text", "json", "junit"]


@click.command(
    epilog=options.example(
        "grid test examples/family_car",
        'grid test --only "stand-by"',
        "grid test examples/family_car --format junit > tests.xml",
    )
)
@options.plan_path
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    help="How the result is shown on stdout: for people, for programs, for build servers.",
)
@click.option("--only", metavar="TEXT", help="Only the tests whose title holds this text, whatever the case.")
@click.option("--arms", is_flag=True, help="List the arms of flowcharts and journey that no test takes.")
def command(path: str, style: Format, only: str | None, arms: bool) -> None:
    """Tell the tests of a plan and see whether what they expect follows.

    PATH is the folder of a plan (the current one if left out) or a built schedule.json. Each `test` is run on its own
    people and events. What failed stands beside what happened, with the rules that gave it its time; then it is counted
    how many arms of the flowcharts, and of what the plan adds to its journey, no test takes.

    Exit codes: 0 all tests hold, 1 some fail or the plan has errors, 2 wrong usage or unreadable files.
    """
    from gridlang.cli.plan import load

    loaded = load(path)
    if loaded.schedule is None:
        report.stop(loaded.problems, "text")
    report.mention(loaded.problems, path, "text")
    result = _result(loaded.schedule, only)
    click.echo(_shown(result, style, arms), nl=False)
    raise click.exceptions.Exit(exits.FINDINGS if result.failed else exits.FINE)


def _result(schedule: Schedule, only: str | None) -> Result:
    from gridlang.runtime import testing
    from gridlang.runtime.testing.result import Result

    chosen = [story for story in schedule.tests if only is None or only.casefold() in story.title.casefold()]
    if only is not None and not chosen:
        titles = "".join(f"\n  {story.title}" for story in schedule.tests)
        known = f"There are:{titles}" if titles else "This plan has no tests yet; `grid explain test` shows one."
        raise click.UsageError(f"no test has `{only}` in its title. {known}")
    told = tuple(testing.run(schedule, story) for story in chosen)
    return Result(
        schedule=schedule,
        told=told,
        untaken=testing.untaken(schedule, told) if only is None else None,
        arms=len(testing.arms(schedule)),
    )


def _shown(result: Result, style: Format, arms: bool) -> str:
    from gridlang.runtime.testing import as_json, as_junit, as_text

    if style == "text":
        return as_text.render(result, arms=arms)
    return as_json.render(result) if style == "json" else as_junit.render(result)
