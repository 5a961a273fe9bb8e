"""Showing findings, on stderr: text for people, JSON for machines."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TextIO

import click

from gridlang.cli import exits
from gridlang.diagnostics.model import Diagnostic, Level

if TYPE_CHECKING:
    from gridlang.files import Written

Style = Literal["text", "json"]


def show(problems: Sequence[Diagnostic], style: Style) -> None:
    """Print findings. JSON is printed even without any, so that a machine always finds a document."""
    if style == "json":
        from gridlang.diagnostics.render import json

        click.echo(json.render(problems).rstrip("\n"), err=True)
    elif problems:
        from gridlang.diagnostics.render import text

        click.echo(text.render(problems, color=colored(sys.stderr)), err=True, color=True, nl=False)


def mention(problems: Sequence[Diagnostic], path: str, style: Style, whole: Sequence[Diagnostic] = ()) -> None:
    """For a command whose interest is elsewhere: how many findings there are, and who tells them; `whole` are those
    that nobody else tells."""
    if style == "json":
        show((*problems, *whole), style)
        return
    show(whole, style)
    if problems:
        say(f"{name(path)}: {counted(problems)} (grid check {path})", style)


def name(path: str) -> str:
    """What a plan is called when it is spoken of: the name of its folder or file."""
    return os.path.basename(os.path.abspath(path))


def say(words: str, style: Style) -> None:
    """A sentence for the person who waits, on stderr; machines are not disturbed by it."""
    if style == "text":
        click.echo(words, err=True)


def stop(problems: Sequence[Diagnostic], style: Style) -> NoReturn:
    """Show findings and leave with the exit code they ask for."""
    show(problems, style)
    raise click.exceptions.Exit(exits.code_for(problems))


def tidied(folder: Path, written: Written) -> None:
    """What became of outputs that are not made any more."""
    if written.removed:
        click.echo(f"Removed from {folder}, as no longer made: {', '.join(written.removed)}")
    for name in written.kept:
        click.echo(f"{folder / name} is no longer made; it was changed by hand, so it stays.")


def colored(stream: TextIO) -> bool:
    """Whether a stream shows colours: a terminal, and the user has not said NO_COLOR (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def counted(problems: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`, or `nothing to complain about`."""
    words = []
    for level in Level:
        number = sum(problem.level is level for problem in problems)
        if number:
            words.append(f"{number} {level.value}" + ("" if number == 1 else "s"))
    return ", ".join(words) or "nothing to complain about"
