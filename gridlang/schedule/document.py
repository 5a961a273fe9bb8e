"""The schedule as a document: JSON that a person can read and Git can compare, checked when it comes back.

The same schedule gives the same bytes. Fields stand as they are declared, what has its default is left out; what fits
on a line stands on one. The form is described by `schedule.schema.json` beside this module.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from gridlang.diagnostics.codes import schedule as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.schedule.model import FORMAT, VERSION, Schedule
from gridlang.source import Source, Span

MAX_DEPTH = 200
"""So deep may lists and objects stand in each other: predicates of some eighty levels. Deeper is an attack or a bug."""
WIDTH = 120
_SHOWN = 20


def to_json(schedule: Schedule) -> str:
    """The schedule as text, with a newline at its end."""
    from gridlang.schedule.converter import to_plain

    return "".join(_pretty(to_plain(schedule))) + "\n"


def from_json(text: str, name: str = "schedule.json") -> Outcome[Schedule | None]:
    """The schedule in a text; whatever is wrong with it is a finding (G06xx) that calls the file `name`."""
    read = _json(text, name)
    if read.failed:
        return Outcome(None, read.problems)
    problem = _not_for_us(read.value, name)
    if problem is not None:
        return Outcome(None, (problem,))
    return _schedule(read.value, name)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document, made of the schedule's classes and their docstrings."""
    from gridlang.schedule import schema

    return schema.json_schema()


# --- writing ----------------------------------------------------------------------------------------------------------

_compact = functools.partial(json.dumps, ensure_ascii=False, separators=(", ", ": "))


def _pretty(value: Any, indent: str = "", key: str = "") -> Iterator[str]:
    """A value behind its key: on this line if it fits, else a line for each part."""
    text = key + _compact(value)
    if len(indent) + len(text) < WIDTH or not isinstance(value, dict | list) or not value:
        yield text
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield key + opening
    inside = indent + " "
    parts = value.items() if isinstance(value, dict) else (("", each) for each in value)
    for number, (name, part) in enumerate(parts):
        yield ("," if number else "") + "\n" + inside
        yield from _pretty(part, inside, f"{_compact(name)}: " if isinstance(value, dict) else "")
    yield "\n" + indent + closing


# --- reading ----------------------------------------------------------------------------------------------------------


def _json(text: str, name: str) -> Outcome[Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        end = min(error.pos + 1, len(text))
        span = Span(Source(name, text), error.pos, end)
        place = f"line {error.lineno}, column {error.colno}"
        return Outcome(None, (codes.NOT_JSON.at(span, name=name, place=place, reason=_lower(error.msg)),))
    except RecursionError:
        return Outcome(None, (codes.TOO_DEEP.at(None, name=name, depth=MAX_DEPTH),))
    except ValueError as error:  # a number with thousands of digits
        return Outcome(None, (codes.NOT_JSON.at(None, name=name, place="somewhere", reason=_lower(str(error))),))
    if _deeper_than(value, MAX_DEPTH):
        return Outcome(None, (codes.TOO_DEEP.at(None, name=name, depth=MAX_DEPTH),))
    return Outcome(value)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _deeper_than(value: Any, limit: int) -> bool:
    """Level by level, without recursion, since that is what a bomb is after."""
    level = [value]
    for _ in range(limit):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _not_for_us(value: Any, name: str) -> Diagnostic | None:
    """A document of another kind or of a version that this program does not read."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        return codes.NOT_A_SCHEDULE.at(None, name=name, format=FORMAT)
    version = value.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        return codes.NEWER_SCHEDULE.at(None, name=name, version=version, known=VERSION)
    return None


def _schedule(value: Any, name: str) -> Outcome[Schedule | None]:
    from gridlang.schedule import converter
    from gridlang.schedule.references import findings

    try:
        schedule = converter.from_plain(value)
    except converter.REFUSED as error:
        found = converter.complaints(error)
        wrong = (
            codes.WRONG_FORM.at(None, name=name, where=where or "the document", what=what) for where, what in found
        )
        return Outcome(None, _first(wrong, name))
    problems = _first(findings(schedule, name), name)
    return Outcome(None if problems else schedule, problems)


def _first(problems: Iterable[Diagnostic], name: str) -> tuple[Diagnostic, ...]:
    """As many as somebody reads, and how many more there are."""
    found = tuple(problems)
    if len(found) <= _SHOWN:
        return found
    return (*found[:_SHOWN], codes.MORE.at(None, name=name, count=len(found) - _SHOWN))
