"""The command line: a file a command in `commands/`, and the only place that prints and exits.

Everything is imported when a command needs it, since half of what a user waits for is imports.
"""

from __future__ import annotations

import errno
import os
import sys

from gridlang.cli.exits import BROKEN, INTERRUPTED, PIPE_CLOSED, UNUSABLE


def main() -> None:
    """The console command `grid`: whatever happens, a person is told in words and the shell by the exit code."""
    sys.exit(_guarded())


def _guarded() -> int:
    import click

    from gridlang.cli.root import grid

    _never_fail_on_a_letter()
    try:
        code = grid.main(prog_name="grid", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped. Outputs are whole: as they were before, or all new.", err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit) as error:
        # Click leaves by itself when a pipe closes (with 1, which is what findings return) and after completing a word.
        if isinstance(error, SystemExit) and os.environ.get("_GRID_COMPLETE"):
            raise
        _drop_stdout()
        return PIPE_CLOSED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            click.echo(f"Cannot write what there is to show: {error.strerror}.", err=True)
            _drop_stdout()
            return UNUSABLE
        if os.environ.get("GRID_DEBUG"):
            raise
        click.echo(_apology(error), err=True)
        return BROKEN
    return code if isinstance(code, int) else 0


def _never_fail_on_a_letter() -> None:
    """A terminal that cannot show `æ` gets a question mark, not the end of the program."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def _drop_stdout() -> None:
    """The reader has gone (`grid explain … | head`): what Python still holds back goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _apology(error: Exception) -> str:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}, line {last.lineno}"
    return (
        "This is a mistake in gridlang, not in your plan. Sorry.\n"
        f"  {type(error).__name__}: {error} ({place})\n"
        "Please report it with the plan that shows it, or the part of it that does.\n"
        "GRID_DEBUG=1 before the command shows the whole trace for the report."
    )
