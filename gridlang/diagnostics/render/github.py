"""Findings as commands of GitHub's workflows, which show them at the lines of a pull request.

::warning file=plans/car/plan.grid,line=4,col=3,endLine=4,endColumn=9,title=L0107 unused-declaration::nothing uses …
"""

from __future__ import annotations

from collections.abc import Iterable

from gridlang.diagnostics.model import Diagnostic, Level
from gridlang.diagnostics.render.places import outside

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(problems: Iterable[Diagnostic], base: str) -> str:
    """A line a finding; files are named from where `base` is the plan's folder."""
    return "".join(f"{_line(problem, base)}\n" for problem in problems)


def _line(problem: Diagnostic, base: str) -> str:
    properties = {**_place(problem, base), "title": f"{problem.code.id} {problem.code.name}"}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[problem.level]} {listed}::{_data(_told(problem))}"


def _place(problem: Diagnostic, base: str) -> dict[str, str]:
    if problem.span is None:
        return {}
    span = problem.span
    end_line, end_column = span.source.line_column(span.end)
    # Columns of a place over several lines say nothing: GitHub takes them for one line.
    columns = {"col": str(span.column), "endColumn": str(end_column)} if end_line == span.line else {}
    return {"file": outside(span, base), "line": str(span.line), "endLine": str(end_line), **columns}


def _told(problem: Diagnostic) -> str:
    parts = [problem.message, problem.why and f"Why: {problem.why}", problem.help and f"Way out: {problem.help}"]
    return "\n".join(part for part in parts if part)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
