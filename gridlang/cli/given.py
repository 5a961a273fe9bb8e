"""The people and events of a run: the files a user names, else those that stand beside the plan."""

from __future__ import annotations

from pathlib import Path

import attrs
import click

from gridlang import files
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.runtime.inputs import InputFile, InputFiles

SUFFIXES = (".csv", ".jsonl", ".parquet")
"""The formats of rows, the usual one first."""


def gather(
    folder: Path, persons: Path | None, events: Path | None, accounts: Path | None
) -> Outcome[InputFiles | None]:
    """Read the files of a run; one that is named and cannot be read is a finding, and so is a run without persons."""
    named = {"persons": persons, "events": events, "accounts": accounts}
    read: dict[str, InputFile | None] = {}
    problems: list[Diagnostic] = []
    for stem, path in named.items():
        place = path or beside(folder, stem)
        outcome = _read(place) if place else Outcome(None)
        read[stem] = outcome.value
        problems += outcome.problems
    if problems:
        return Outcome(None, tuple(problems))
    if read["persons"] is None:
        raise click.UsageError(
            f"nobody to run the plan on: {folder} has no {_listed('persons')}. Name the file: --persons FILE"
        )
    return Outcome(InputFiles(**read))


def beside(folder: Path, stem: str) -> Path | None:
    """The one file `stem.csv`, `.jsonl` or `.parquet` beside the plan. Which of two is meant, only the user knows."""
    found = files.tables_beside(folder, stem, SUFFIXES)
    if len(found) > 1:
        names = " and ".join(place.name for place in found)
        raise click.UsageError(f"{names} both stand in {folder}. Name the one you mean: --{stem} FILE")
    return found[0] if found else None


def _read(place: Path) -> Outcome[InputFile | None]:
    outcome = files.read_bytes(place, str(place))
    # Why a plan must be readable is no reason why a table must.
    problems = tuple(attrs.evolve(problem, why=None) for problem in outcome.problems)
    return Outcome(None if outcome.value is None else InputFile(place.name, outcome.value), problems)


def _listed(stem: str) -> str:
    *first, last = (f"{stem}{suffix}" for suffix in SUFFIXES)
    return f"{', '.join(first)} or {last}"
