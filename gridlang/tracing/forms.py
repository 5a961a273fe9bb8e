"""The forms of outputs, told by the ending of a file's name, and the one way into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from gridlang.diagnostics.codes import tracing as codes
from gridlang.diagnostics.model import Outcome
from gridlang.schedule.model import Schedule
from gridlang.tracing.origin import Origin


@attrs.frozen(kw_only=True)
class Asked:
    """A line (from 1) of an output. `beside` gives the text of another file of the same folder, None if there is none;
    `schedule` is the one beside the outputs, if there is one."""

    name: str
    text: str
    line: int
    schedule: Schedule | None = None
    beside: Callable[[str], str | None] = lambda name: None


def trace(asked: Asked) -> Outcome[tuple[Origin, ...]]:
    """The places that a line comes from, the nearest first; why there is none is a finding (G1101 to G1103)."""
    lines = asked.text.count("\n") + (not asked.text.endswith("\n"))
    if not 1 <= asked.line <= lines:
        return Outcome((), (codes.NO_SUCH_LINE.at(None, name=asked.name, line=asked.line, lines=lines),))
    form = next((form for ending, form in _forms().items() if asked.name.endswith(ending)), None)
    if form is None:
        return Outcome((), (codes.UNTRACEABLE_FORM.at(None, name=asked.name, known=", ".join(_forms())),))
    found = tuple(dict.fromkeys(form(asked)))
    if found:
        return Outcome(found)
    return Outcome((), (codes.NOTHING_TO_TRACE.at(None, name=asked.name, line=asked.line),))


Form = Callable[[Asked], Iterable[Origin]]


def _forms() -> Mapping[str, Form]:
    from gridlang.tracing import calendars, pages, processes, schedules, tables

    return {
        "schedule.json": schedules.origins,
        ".csv": tables.of_csv,
        ".jsonl": tables.of_jsonl,
        ".ics": calendars.origins,
        ".bpmn": processes.origins,
        ".html": pages.origins,
        ".md": pages.origins,
    }
