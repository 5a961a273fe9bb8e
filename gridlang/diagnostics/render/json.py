"""Findings for programs: a JSON array, one object a finding, in the order in which they are given.

The shape is a promise: keys are added, never renamed or removed.

    code         stable id, "G0104"
    name         its name, "unclosed-text"
    level        "error", "warning" or "note"
    message      one sentence
    why, help    the reason and the way out, or null
    file         path of the file, or null when the finding has no place in a text; so are the six numbers below
    line, column, end_line, end_column     from 1, columns in characters; the end is behind the last character
    offset, end_offset                     from 0, in characters of the decoded text
    related      other places: objects with file, the six numbers and message
    fixes        ways out that a program can take: objects with title, edits and safe (whether nobody has to look
                 at it first); an edit is file, the six numbers, text
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gridlang.diagnostics.model import Diagnostic
from gridlang.source import Span


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """The array, with a line end. Non-ASCII characters are escaped, so any encoding can carry it."""
    return json.dumps([as_data(diagnostic) for diagnostic in diagnostics], indent=2) + "\n"


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as JSON values."""
    return {
        "code": diagnostic.code.id,
        "name": diagnostic.code.name,
        "level": diagnostic.level.value,
        "message": diagnostic.message,
        "why": diagnostic.why,
        "help": diagnostic.help,
        **_place(diagnostic.span),
        "related": [{**_place(related.span), "message": related.text} for related in diagnostic.related],
        "fixes": [
            {
                "title": fix.title,
                "edits": [{**_place(edit.span), "text": edit.text} for edit in fix.edits],
                "safe": fix.safe,
            }
            for fix in diagnostic.fixes
        ],
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column", "offset", "end_offset"))
    end_line, end_column = span.source.line_column(span.end)
    return {
        "file": span.source.path,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
        "offset": span.start,
        "end_offset": span.end,
    }
