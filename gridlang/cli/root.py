"""`grid` itself: finds its commands in the folder `commands/` and imports the one that is asked for."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from typing import ClassVar

import click

import gridlang

_COMMANDS = "gridlang.cli.commands"


class LazyGroup(click.Group):
    """A command is a module of `commands/` with a click command `command`."""

    shown_first: ClassVar[tuple[str, ...]] = (
        "init",
        "check",
        "lint",
        "fmt",
        "test",
        "build",
        "run",
        "story",
        "diff",
        "explain",
    )
    """The order in which a newcomer meets them; others follow by name."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, for help and completion."""
        found = {module.name for module in pkgutil.iter_modules(importlib.import_module(_COMMANDS).__path__)}
        return [name for name in self.shown_first if name in found] + sorted(found - set(self.shown_first))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name; None when there is none, and click tells the user."""
        if not name.isidentifier() or importlib.util.find_spec(f"{_COMMANDS}.{name}") is None:
            return None
        command: click.Command = importlib.import_module(f"{_COMMANDS}.{name}").command
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's own, and for a name that is nearly one the one that was meant."""
        try:
            return super().resolve_command(context, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(context), n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean `{near[0]}`?", context) from None


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: grid init my_plan && grid check my_plan && grid build my_plan",
)
@click.version_option(gridlang.__version__, prog_name="grid")
def grid() -> None:
    """Check, compile and run integrated marketing plans (.grid files).

    Exit codes: 0 fine, 1 findings of error level, 2 wrong usage or unreadable files.
    """
