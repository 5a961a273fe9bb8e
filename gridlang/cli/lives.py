"""The life of a person, or of one touch, from the folder of a state."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NoReturn

import attrs
import click

from gridlang.cli import report
from gridlang.diagnostics.codes import state as codes
from gridlang.diagnostics.model import Diagnostic
from gridlang.runtime.explain import explain, story
from gridlang.runtime.explain.story import Entry, Story
from gridlang.runtime.rows import AudienceRow, SkipRow, TaskRow, Touch
from gridlang.runtime.state import telling
from gridlang.runtime.state.telling import Life, Line
from gridlang.store import Store

Style = Literal["text", "json"]


def told(wanted: str, folder: Path, style: Style) -> str:
    """The story of the person with that id, or of whom the row with that id is about."""
    return _shown(story.story(_life(wanted, folder)), style)


def told_why(wanted: str, folder: Path, style: Style) -> str:
    """A row and its chain, then how it came to it: the story up to that moment, each row with its rules. Of a person or
    an account, the whole story with its rules."""
    life = _life(wanted, folder)
    line = next((line for line in life.lines if getattr(line.row, "id", None) == wanted), None)
    whole = story.story(life)
    if line is None:
        return _shown(whole, style, rules=True)
    if style == "json":
        return _shown(whole, style)
    until = _last_moment(line)
    head = explain(line.schedule, line.row)  # type: ignore[arg-type]
    leading = attrs.evolve(whole, entries=tuple(e for e in whole.entries if _leads_to(e, wanted, until)), now=())
    return f"{head}\n{story.as_text(leading, rules=True)}"


def _last_moment(line: Line) -> int:
    """The row's own, and that of its end: how a task went belongs to its story."""
    match line.row:
        case TaskRow(due=due, closed=closed):
            return due if closed is None else closed
        case AudienceRow(start=start, end=end):
            return start if end is None else end
        case Touch(due=due):
            return due
        case SkipRow(at=at):
            return at
    raise AssertionError(f"no row with an id: {line.row!r}")


def _leads_to(entry: Entry, wanted: str, until: int) -> bool:
    return entry.id == wanted or entry.at < until or (entry.at == until and not entry.id)


def _shown(told: Story, style: Style, *, rules: bool = False) -> str:
    if style == "json":
        import json

        return json.dumps(story.as_plain(told), ensure_ascii=False, indent=1) + "\n"
    return story.as_text(told, rules=rules)


def _life(wanted: str, folder: Path) -> Life:
    store = Store(folder)
    found = store.read()
    if found.failed:
        _stop(found.problems[0])
    if found.value is None:
        reason = "there is no such folder" if not folder.is_dir() else "no run has kept one there yet"
        _stop(codes.NO_STATE.at(None, path=folder, reason=reason))
    read = telling.life(found.value, store.content, str(folder), wanted)
    if read.value is None:
        _stop(read.problems[0])
    return read.value


def _stop(problem: Diagnostic) -> NoReturn:
    report.show((problem,), "text")
    raise click.exceptions.Exit(2)
