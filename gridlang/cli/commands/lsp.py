"""`grid lsp`: the language server, for editors."""

from __future__ import annotations

import os
import sys

import click

from gridlang.cli import exits, options


@click.command(epilog=options.example("grid lsp"))
def command() -> None:
    """Serve an editor: findings, completion, hover and more while a plan is written.

    The editor starts it and speaks the language server protocol with it over stdin and stdout. It needs the extra
    `gridlang[editor]`.
    """
    try:
        import pygls  # noqa: F401
    except ImportError:
        click.echo("The language server needs more than the compiler: pip install 'gridlang[editor]'.", err=True)
        raise click.exceptions.Exit(exits.UNUSABLE) from None
    _serve()


def _serve() -> None:
    """Serve the client at stdin and stdout until it leaves.

    What anything else prints goes to stderr: on stdout it would break the protocol.
    """
    import gc
    import logging

    from gridlang.editor.server import Server

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # what a client gets wrong, it is told
    gc.set_threshold(5_000, 5, 1_000)  # an edit leaves no garbage; the server tidies at rest (see Server._rest)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    Server().start_io(sys.stdin.buffer, out)
