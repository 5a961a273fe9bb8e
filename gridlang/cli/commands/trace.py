"""`grid trace`: from a line of an output back to the plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from gridlang.cli import options, report

if TYPE_CHECKING:
    from gridlang.schedule.model import Schedule
    from gridlang.tracing import Origin

_UP = 3
"""How many folders above an output the schedule may stand, and above that the plan."""


@click.command(epilog=options.example("grid trace out/run/touches.csv:12", "grid trace out/bpmn/invite.bpmn:40"))
@click.argument("place", metavar="OUTPUT-FILE:LINE")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(place: str, style: Literal["text", "json"]) -> None:
    """Say where a line of an output comes from: file, line and declaration in the plan, and the stable id.

    OUTPUT-FILE is what `grid build` or `grid run` wrote: a table, a task list, schedule.json, a calendar, a BPMN
    process, a page. The schedule.json beside it is used, so leave the outputs together.
    """
    from gridlang import files, tracing

    path, line = _asked(place)
    read = files.read_text(path, str(path))
    if read.value is None:
        report.stop(read.problems, style)
    asked = tracing.Asked(
        name=path.as_posix(),
        text=read.value,
        line=line,
        schedule=_schedule(path),
        beside=lambda name: _beside(path, name),
    )
    found = tracing.trace(asked)
    if found.failed:
        report.stop(found.problems, style)
    click.echo(_json(found.value) if style == "json" else _text(path, found.value))


def _asked(place: str) -> tuple[Path, int]:
    name, colon, line = place.rpartition(":")
    if not colon or not line.isdigit():
        raise click.UsageError(f"`{place}` names no line. Put it behind a colon: {place.rstrip(':')}:12")
    return Path(name), int(line)


def _beside(path: Path, name: str) -> str | None:
    from gridlang import files

    return files.read_text(path.parent / name, name).value


def _schedule(path: Path) -> Schedule | None:
    """The nearest schedule.json beside the output or above it."""
    from gridlang.cli.plan import read_schedule

    for folder in _above(path):
        place = folder / "schedule.json"
        if place.is_file() and place != path:
            return read_schedule(place).value
    return None


def _above(path: Path) -> list[Path]:
    folder = path.resolve().parent
    return [folder, *list(folder.parents)[:_UP]]


def _json(origins: tuple[Origin, ...]) -> str:
    import attrs

    return json.dumps([attrs.asdict(origin) for origin in origins], ensure_ascii=False, indent=2)


def _text(path: Path, origins: tuple[Origin, ...]) -> str:
    return "\n".join(line for origin in origins for line in _lines(path, origin))


def _lines(path: Path, origin: Origin) -> list[str]:
    declaration = f"  {origin.declaration}" if origin.declaration else ""
    told = [f"{origin.file}:{origin.line}{declaration}"]
    about = [part for part in (origin.what, f"id {origin.id}" if origin.id else "") if part]
    if about:
        told.append(f"  {' · '.join(about)}")
    source = _source(path, origin)
    return [*told, f"  | {source}"] if source else told


def _source(path: Path, origin: Origin) -> str | None:
    """The line of the plan itself, where the plan still stands above its outputs."""
    from gridlang import files, resources

    if origin.file.startswith("std/"):
        found = next((each.text for each in resources.library() if each.path == origin.file), None)
    else:
        safe = origin.file.endswith(".grid") and ".." not in origin.file.split("/") and not origin.file.startswith("/")
        places = [folder / origin.file for folder in _above(path) if safe and (folder / origin.file).is_file()]
        found = files.read_text(places[0], origin.file).value if places else None
    lines = (found or "").splitlines()
    return lines[origin.line - 1].strip() if 0 < origin.line <= len(lines) else None
