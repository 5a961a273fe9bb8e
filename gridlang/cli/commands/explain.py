"""`grid explain`: what a finding's code or a word of the language means, or why a row of a run came when it came."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from gridlang.cli import completing, options, report


@click.command(
    epilog=options.example(
        "grid explain G0201", "grid explain send", "grid explain ID --run out/run", "grid explain ID --state S"
    )
)
@click.argument("what", nargs=-1, metavar="[CODE|WORD|ID]", shell_complete=completing.explained)
@click.option(
    "--run",
    "folder",
    default="out/run",
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The outputs of the run in which the ID stands.",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The state in which the ID stands: the whole story of a touch or a person, over all runs.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How a page is shown: for people, or for machines.",
)
@click.pass_context
def command(
    context: click.Context, what: tuple[str, ...], folder: Path, state: Path | None, style: Literal["text", "json"]
) -> None:
    """Explain a finding's CODE, a WORD of the language, or why a row with that ID came when it came.

    CODE is the code or the name of a finding, as `grid check` shows it. WORD is a kind of declaration, a statement of a
    flow, a type, a function, a field, a rule of execution (R15) or a name of the library. ID is the id of a touch, a
    task, an audience or a skip in the outputs of `grid run`, or an account, for its moves: the chain of rules is told,
    each with its place in the plan. With --state it is the whole story: cells entered and left, campaigns begun and
    ended, every rule that was applied; an ID may be a person's then. With nothing, everything that has a page is
    listed.
    """
    asked = " ".join(what)
    if state is not None and asked:
        from gridlang.cli import lives

        click.echo(lives.told_why(asked, state, style), nl=False)
        return
    from gridlang.cli import pages

    # An account may be called as a word is: whoever names a run means the account.
    run_is_named = context.get_parameter_source("folder") is click.core.ParameterSource.COMMANDLINE
    page = pages.find(asked) if asked else pages.overview()
    if page is not None and (page.sort == "code" or not asked or not run_is_named):
        click.echo(pages.shown(page, style, color=report.colored(sys.stdout)), color=True)
        return
    from gridlang.cli import chains

    if not chains.is_run(folder) and not pages.is_id(asked):
        raise click.UsageError(pages.unknown(asked))
    click.echo(chains.told(asked, folder))
