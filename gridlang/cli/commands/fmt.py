"""`grid fmt`: plans in the house style."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from gridlang.cli import exits, options, report
from gridlang.diagnostics.model import Diagnostic, Outcome

STDIN = "-"


@attrs.frozen
class _Text:
    """A text to format: its file (None for stdin), how messages name it, the byte order mark before it."""

    place: Path | None
    name: str
    text: str
    mark: bytes = b""


@click.command(
    epilog=options.example("grid fmt examples/family_car", "grid fmt --check --diff .", "grid fmt - < plan.grid")
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH|-]...")
@click.option("--check", is_flag=True, help="Write nothing; return 1 when a file is not in the house style.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Bring plans into the house style: what belongs together stands under each other.

    PATH is a folder (the current one if left out; those below it count too) or a .grid file; - reads from stdin and
    writes to stdout. Comments, blank lines and line ends stay as they are. A declaration with a syntax mistake stays as
    written, and the others are formatted. Files are replaced only when they change.
    """
    from gridlang.source import Source
    from gridlang.syntax.formatting import formatted

    problems: list[Diagnostic] = []
    changed = count = 0
    for read in _texts(paths or (".",)):
        problems += read.problems
        if read.value is None:
            continue
        text, count = read.value, count + 1
        found = formatted(Source(text.name, text.text)).value
        changed += found.text != text.text
        if found.text != text.text or (text.place is None and not (check or diff)):
            problems += _deal_with(text, found.text, check=check, diff=diff)
        for kept in found.kept:
            click.echo(f"{kept}: left as written, for a mistake in it (grid check tells which)", err=True)
    report.show(problems, "text")
    if STDIN not in paths:
        click.echo(_summary(changed, count, written=not (check or diff)), err=True)
    code = exits.code_for(problems)
    raise click.exceptions.Exit(code or (exits.FINDINGS if check and changed else exits.FINE))


def _texts(paths: tuple[str, ...]) -> Iterator[Outcome[_Text | None]]:
    """What stands at the paths, each file once."""
    from gridlang import files

    seen: set[Path] = set()
    for path in paths:
        if path == STDIN:
            yield _stdin()
            continue
        if Path(path).is_file() and not path.endswith(files.SUFFIX):
            raise click.UsageError(f"{path} is no {files.SUFFIX} file, and only those are formatted.")
        places = files.grid_places(Path(path))
        if places.problems:
            yield Outcome(None, places.problems)
        for place in places.value:
            if place not in seen:
                seen.add(place)
                read = files.read_text(place, str(place))
                yield Outcome(None if read.value is None else _Text(place, str(place), read.value), read.problems)


def _stdin() -> Outcome[_Text | None]:
    from gridlang import files

    data = sys.stdin.buffer.read()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    read = files.decoded(data.removeprefix(mark), "stdin")
    return Outcome(None if read.value is None else _Text(None, "stdin", read.value, mark), read.problems)


def _deal_with(before: _Text, after: str, *, check: bool, diff: bool) -> tuple[Diagnostic, ...]:
    """Show, mention or write what became of a text."""
    from gridlang import files

    if diff:
        _show_difference(before, after)
    elif check:
        click.echo(f"would format {before.name}", err=True)
    elif before.place is None:
        sys.stdout.buffer.write(before.mark + after.encode("utf-8"))
    else:
        written = files.replace_text(before.place, after)
        if not written.failed:
            click.echo(f"formatted {before.name}", err=True)
        return written.problems
    return ()


def _show_difference(before: _Text, after: str) -> None:
    import difflib
    import re

    old, new = (re.split(r"(?<=\n)(?=.)", text, flags=re.DOTALL) for text in (before.text, after))
    for line in difflib.unified_diff(old, new, before.name, before.name):
        whole = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        color = {"+": "green", "-": "red", "@": "cyan"}.get(line[0]) if report.colored(sys.stdout) else None
        click.echo(click.style(whole, fg=color), nl=False)


def _summary(changed: int, count: int, *, written: bool) -> str:
    def files(number: int) -> str:
        return f"{number} file" if number == 1 else f"{number} files"

    verb = "formatted" if written else "would be formatted"
    return f"{files(changed)} {verb}, {files(count - changed)} already in the house style"
