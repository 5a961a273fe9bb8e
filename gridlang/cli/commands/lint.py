"""`grid lint`: what a plan leaves open, for people, code hosts and build servers; and the safe ways out taken."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gridlang.cli import exits, options, report
from gridlang.cli.formats import Format, shown
from gridlang.diagnostics.model import Diagnostic, Level, Outcome

if TYPE_CHECKING:
    from gridlang.linting.baseline import Compared


@click.command(
    epilog=options.example(
        "grid lint examples/family_car",
        "grid lint --fix my_plan",
        "grid lint --write-baseline known.json my_plan && grid lint --baseline known.json my_plan",
        "grid lint --format sarif my_plan > findings.sarif",
    )
)
@options.plan_path
@click.option("--fix", is_flag=True, help="Take the safe ways out first; then the plan is checked again.")
@click.option("--strict", is_flag=True, help="Return 1 for warnings too.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings in this file are known: leave them out.",
)
@click.option(
    "--write-baseline", type=click.Path(path_type=Path), metavar="FILE", help="Write what is found into this file."
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "sarif", "github", "junit"]),
    default="text",
    show_default=True,
    help="How findings are shown on stdout: for people, programs, code hosts, GitHub's workflows, build servers.",
)
def command(
    path: str, fix: bool, strict: bool, baseline: Path | None, write_baseline: Path | None, style: Format
) -> None:
    """Look for what a plan leaves open, and mend what is safe to mend.

    PATH is the folder of a plan (the current one if left out). Findings stand on stdout, errors among them; `grid
    explain CODE` tells more. `[lint]` in grid.toml says what each weighs, and a remark `# grid: allow(rule) reason`
    allows one where it stands. --baseline counts instead of that of grid.toml.
    """
    from gridlang.cli.plan import load

    if fix:
        if os.path.isfile(path):
            raise click.UsageError(f"--fix mends the folder of a plan, and {path} is a file.")
        _mend(path)
    loaded = load(path, known=baseline is not None or write_baseline is not None)
    problems = loaded.problems
    if write_baseline is not None:
        _write(write_baseline, problems)
        problems = tuple(problem for problem in problems if problem.level is Level.ERROR)
    elif baseline is not None:
        compared = _compared(baseline, problems)
        problems = (*compared.problems, *compared.value.new)
        _mention(compared.value)
    click.echo(shown(problems, style, path), nl=False, color=True)
    report.say(f"{report.name(path)}: {report.counted(problems)}", "text")
    code = exits.code_for(problems)
    warned = strict and any(problem.level is Level.WARNING for problem in problems)
    raise click.exceptions.Exit(code or (exits.FINDINGS if warned else exits.FINE))


# --- what is known ---------------------------------------------------------------------------------------------------


def _compared(place: Path, problems: tuple[Diagnostic, ...]) -> Outcome[Compared]:
    from gridlang import files
    from gridlang.linting import baseline

    text = files.read_text(place, str(place))
    if text.value is None:
        return Outcome(baseline.compare(problems, baseline.Baseline()), text.problems)
    known = baseline.from_json(text.value, str(place))
    return Outcome(baseline.compare(problems, known.value), known.problems)


def _mention(compared: Compared) -> None:
    if compared.known:
        report.say(f"{compared.known} known from before, left out", "text")
    if compared.gone:
        report.say(f"{compared.gone} of the known ones are gone: write them anew with --write-baseline", "text")


def _write(place: Path, problems: tuple[Diagnostic, ...]) -> None:
    from gridlang import files
    from gridlang.linting import baseline
    from gridlang.outputs import OutputFile

    content = baseline.to_json(problems).encode("utf-8")
    written = files.write(place.parent, [OutputFile(place.name, content)])
    if written.failed:
        report.stop(written.problems, "text")
    report.say(f"wrote {place}", "text")


# --- mending ---------------------------------------------------------------------------------------------------------


def _mend(path: str) -> None:
    """Take the safe ways out, as often as they open others, and write what has changed."""
    from gridlang import files
    from gridlang.cache import remembered
    from gridlang.compiler import compile_plan
    from gridlang.linting import levels
    from gridlang.linting.fixing import Overlay, mend

    workspace = files.Workspace.at(path)
    weights = levels.levels(levels.read(workspace.settings().value).value)

    def check(texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        return levels.weighed(compile_plan(Overlay(workspace, texts), remembered).problems, weights)

    done = mend(check)
    for name, text in done.texts.items():
        written = files.replace_text(Path(path) / name, text)
        if written.failed:
            report.stop(written.problems, "text")
    for name, number in done.taken.items():
        report.say(f"mended {name} at {number} place{'' if number == 1 else 's'}", "text")
    if done.refused:
        report.say("some ways out were not taken: the plan would have had errors that it has not now", "text")
