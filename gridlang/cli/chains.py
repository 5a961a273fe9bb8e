"""The because-chain of a row, found in the outputs of a run."""

from __future__ import annotations

from pathlib import Path

import click

from gridlang import files
from gridlang.cli import report
from gridlang.cli.plan import read_schedule
from gridlang.runtime.explain import explain, find

SCHEDULE = "schedule.json"


def is_run(folder: Path) -> bool:
    """Whether a run wrote its outputs into this folder."""
    return (folder / SCHEDULE).is_file()


def told(wanted: str, folder: Path) -> str:
    """The chains of the rows with that id, or of an account's moves, in words."""
    if not is_run(folder):
        raise click.UsageError(f"no run in {folder}: name the folder of its outputs with --run DIR")
    read = read_schedule(folder / SCHEDULE)
    if read.value is None:
        report.stop(read.problems, "text")
    found = find(_tables(folder), wanted)
    if not found.value:
        report.show(found.problems, "text")
        raise click.exceptions.Exit(2)
    schedule = read.value
    return "\n".join(explain(schedule, row) for row in found.value).rstrip("\n")


def _tables(folder: Path) -> dict[str, bytes]:
    read = ((place.name, files.read_bytes(place, str(place)).value) for place in files.listed(folder))
    return {name: content for name, content in read if content is not None}
