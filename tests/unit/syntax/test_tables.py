"""The grammar file is what Lark reads, and the walk over its table is Lark's."""

from __future__ import annotations

import json
from pathlib import Path

import lark
import pytest

from gridlang import cache
from gridlang.resources import grammar, library
from gridlang.syntax import tables
from tests.unit.syntax.reading import sound

LARK = lark.Lark(grammar(), parser="lalr", start=tables.START, keep_all_tokens=True, maybe_placeholders=False)


def accepted_by_lark(text: str) -> bool:
    try:
        LARK.parse(text)
    except lark.exceptions.UnexpectedInput:
        return False
    return True


@pytest.mark.parametrize("source", library(), ids=lambda source: source.path)
def test_lark_with_its_own_lexer_reads_the_library_too(source: object) -> None:
    text = source.text  # type: ignore[attr-defined]
    assert accepted_by_lark(text)
    sound(text)


@pytest.mark.parametrize(
    "text",
    ["plan", "plan x {", "x { a }", "x { a: }", "x { flow { send } }", "x { flow { a: } }", "let x", "x y { a -> }"],
)
def test_lark_refuses_what_is_refused_here(text: str) -> None:
    assert not accepted_by_lark(text)
    with pytest.raises(AssertionError):
        sound(text)


def test_the_tables_are_plain_data() -> None:
    made = tables.compile_grammar(grammar())
    again = json.loads(json.dumps(made))
    assert (again["rows"], again["states"]) == (made["rows"], made["states"])
    assert set(made) == {"rows", "states", "rules", "start", "end", "patterns", "keywords", "signs"}


def test_a_broken_cache_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_folder", lambda: tmp_path)
    tables.tables.cache_clear()
    try:
        tables.tables()
        (entry,) = tmp_path.glob("grammar-*.json")
        entry.write_text("{")
        tables.tables.cache_clear()
        assert tables.tables().keywords["send"] == "SEND"
        assert json.loads(entry.read_text())["start"] == tables.tables().start
    finally:
        tables.tables.cache_clear()
