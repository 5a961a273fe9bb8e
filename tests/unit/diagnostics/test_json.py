"""Findings as programs see them: the shape is a promise."""

from __future__ import annotations

import json

from gridlang.diagnostics.model import Code, Diagnostic, Edit, Fix, Level, Related
from gridlang.diagnostics.render.json import render
from gridlang.source import Source, Span

CODE = Code("G0999", "test", Level.WARNING, "no `{word}`")
PLACE = ("file", "line", "column", "end_line", "end_column", "offset", "end_offset")


def test_the_whole_shape() -> None:
    source = Source("plan.grid", "æ\nb c\nd")
    problem = Diagnostic(
        CODE,
        Span(source, 4, 7),
        "no `c`",
        related=(Related(Span(source, 0, 1), "here"),),
        fixes=(Fix("write `x`", (Edit(Span(source, 4, 5), "x"),)),),
    )
    (data,) = json.loads(render([problem]))
    place = {key: data[key] for key in PLACE}
    assert place == dict(zip(PLACE, ("plan.grid", 2, 3, 3, 2, 4, 7), strict=True))
    assert {key: data[key] for key in data if key not in PLACE} == {
        "code": "G0999",
        "name": "test",
        "level": "warning",
        "message": "no `c`",
        "why": None,
        "help": None,
        "related": [dict(zip(PLACE, ("plan.grid", 1, 1, 1, 2, 0, 1), strict=True)) | {"message": "here"}],
        "fixes": [
            {
                "title": "write `x`",
                "edits": [dict(zip(PLACE, ("plan.grid", 2, 3, 2, 4, 4, 5), strict=True)) | {"text": "x"}],
                "safe": False,
            }
        ],
    }


def test_without_a_place() -> None:
    (data,) = json.loads(render([CODE.at(None, word="x")]))
    assert [data[key] for key in PLACE] == [None] * 7


def test_nothing_is_an_empty_list() -> None:
    assert json.loads(render([])) == []


def test_any_text_can_be_carried() -> None:
    text = render([CODE.at(Span(Source("a", "\ud800"), 0, 1), word="\ud800\x1b")])
    assert text.isascii()
    assert json.loads(text)[0]["message"] == "no `\ud800\x1b`"
