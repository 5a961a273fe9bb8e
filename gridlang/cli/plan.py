"""From what the user names to a schedule: the folder of a plan is compiled, a built schedule.json is read."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Protocol

import attrs

from gridlang.diagnostics.codes import files as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.files import SUFFIX, Workspace, read_text
from gridlang.schedule.model import Schedule
from gridlang.semantics import workspace as workspaces
from gridlang.settings import Settings


@attrs.frozen
class Loaded:
    """`schedule` is None when errors are among the `problems`."""

    schedule: Schedule | None
    problems: tuple[Diagnostic, ...]
    folder: Path
    """Where the plan's persons and events stand: its folder, or that of the schedule.json."""
    outputs: Path
    """Where outputs go if neither the command line nor the settings say so."""
    settings: Settings = attrs.field(factory=Settings)
    """Those of a plan's folder, or those beside a built schedule.json."""
    findings: tuple[Diagnostic, ...] | None = None
    """Those of the problems that the check has of the plan's own text; None for a built schedule.json."""


class PlanOnDisk(workspaces.Workspace, Protocol):
    """A workspace with the settings beside the plan."""

    def settings(self) -> Outcome[Settings]:
        """What the plan's `grid.toml` says."""
        ...


def load(path: str, *, known: bool = False, through: PlanOnDisk | None = None) -> Loaded:
    """Compile or read what stands at `path`; what is wrong comes back as findings, weighed as the settings say.

    `known`: with those that the plan's baseline knows from before. `through`: the workspace to read by, if the disk is
    not asked directly.
    """
    if os.path.isfile(path):
        return _built(path)
    from gridlang.cache import remembered
    from gridlang.compiler import compile_plan
    from gridlang.linting.governed import governed

    workspace: PlanOnDisk = through or Workspace.at(path)
    settings = workspace.settings() if os.path.isdir(path) else Outcome(Settings())
    gc.disable()  # a plan is built once and thrown away at the end: looking for rubbish takes a fifth of the time
    outcome = compile_plan(workspace, remembered)
    gc.freeze()
    gc.enable()
    found = Outcome(None, governed(outcome.problems, settings.value, workspace.text, known=known))
    fine = outcome.value is not None and not found.failed and not settings.failed
    schedule = outcome.value.schedule if outcome.value is not None and fine else None
    problems = (*settings.problems, *found.problems)
    return Loaded(schedule, problems, Path(path), Path(path) / "out", settings.value, found.problems)


def _built(path: str) -> Loaded:
    folder = Path(path).parent
    if path.endswith(SUFFIX):
        problem = codes.NOT_A_FOLDER.at(None, path=path, folder=folder)
        return Loaded(None, (problem,), folder, folder)
    outcome, settings = read_schedule(Path(path)), Workspace.at(str(folder)).settings()
    schedule = None if settings.failed else outcome.value
    return Loaded(schedule, (*settings.problems, *outcome.problems), folder, folder, settings.value)


def read_schedule(place: Path) -> Outcome[Schedule | None]:
    """The schedule in a file, None when there is anything wrong with it."""
    text = read_text(place, str(place))
    if text.value is None:
        return Outcome(None, text.problems)
    from gridlang.schedule import document

    outcome = document.from_json(text.value, str(place))
    return Outcome(None if outcome.failed else outcome.value, outcome.problems)
