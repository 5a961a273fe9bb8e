"""What a shell proposes where a command takes names that it knows itself; asked only while a line is completed."""

from __future__ import annotations

import click


def explained(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The codes of findings, their names, and the words of the language: all that has a page."""
    from gridlang.manual import contents

    return [name for name in contents.names() if name.lower().startswith(begun.lower())]


def target(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The names of the targets that are installed."""
    from gridlang.targets import discover, installed

    return [name for name in (*discover(), *sorted(installed.entries())) if name.startswith(begun)]
