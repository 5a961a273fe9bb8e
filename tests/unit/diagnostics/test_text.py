"""Findings as people see them."""

from __future__ import annotations

import textwrap
from typing import Any

from gridlang.diagnostics.model import Code, Diagnostic, Edit, Fix, Level, Related
from gridlang.diagnostics.render.text import WIDTH, render
from gridlang.source import Source, Span

CODE = Code("G0999", "test", Level.ERROR, "no `{word}`", why="Because of {word}.", help="write `{near}`")


def shown(text: str, marked: str, *, color: bool = False, **words: Any) -> list[str]:
    """The lines of one finding about the part of a text that stands between its first and last character."""
    source = Source("plan.grid", text)
    start = text.index(marked)
    problem = CODE.at(Span(source, start, start + len(marked)), word=marked, **words)
    return render([problem], color=color).splitlines()


def test_the_whole_picture() -> None:
    source = Source("plan.grid", "plan x {\n  phse: a\n}\n")
    problem = Diagnostic(
        CODE,
        Span(source, 11, 15),
        "no field `phse`",
        why="A campaign stands in a phase.",
        help="did you mean `phase`?",
        related=(Related(Span(source, 0, 4), "the plan"),),
        fixes=(Fix("write `phase`", (Edit(Span(source, 11, 15), "phase"),)),),
    )
    assert render([problem], color=False) == textwrap.dedent("""\
        plan.grid:2:3: error[G0999]: no field `phse`
          2 |   phse: a
            |   ^^^^
            = why: A campaign stands in a phase.
            = help: did you mean `phase`?
            = see: plan.grid:1:1: the plan
            = fix: write `phase`

        """)


def test_without_a_place() -> None:
    lines = render([CODE.at(None, word="folder", near="there")], color=False).splitlines()
    assert lines == ["error[G0999]: no `folder`", "   = why: Because of folder.", "   = help: write `there`", ""]


def test_nothing_to_say() -> None:
    assert render([], color=True) == ""


def under(lines: list[str]) -> str:
    """What the carets stand under, column by column."""
    start, end = lines[2].index("^"), lines[2].rindex("^") + 1
    return lines[1][start:end]


def test_carets_stand_under_what_is_meant() -> None:
    assert under(shown("a: bcd, e", "bcd")) == "bcd"
    assert under(shown("\ta:\tbcd, e", "bcd")) == "bcd"
    assert under(shown("æøå: bcd, e", "bcd")) == "bcd"
    assert under(shown("x" * 300 + " bcd " + "y" * 300, "bcd")) == "bcd"


def test_wide_characters_take_two_columns() -> None:
    lines = shown('a: "🚗🚗" bcd', "bcd")
    assert lines[2].index("^") == lines[1].index("bcd") + 2
    marked = shown('a: "🚗" b', "🚗")
    assert marked[2].count("^") == 2


def test_loose_accents_take_none() -> None:
    lines = shown("a\u030a: bcd", "bcd")
    assert lines[2].index("^") == lines[1].index("bcd") - 1


def test_long_lines_are_cut_around_the_place() -> None:
    lines = shown("x" * 5000 + " bcd " + "y" * 5000, "bcd")
    assert len(lines[1]) < WIDTH + 15
    assert lines[1].count("…") == 2


def test_a_place_over_many_lines_is_marked_on_its_first() -> None:
    span = Span(Source("plan.grid", "a: bc\nde\nf"), 3, 8)
    lines = render([CODE.at(span, word="x", near="y")], color=False).splitlines()
    assert (lines[1], lines[2]) == ("  1 | a: bc", "    |    ^^")


def test_the_end_of_a_file_has_a_caret() -> None:
    source = Source("plan.grid", "let x =")
    lines = render([CODE.at(Span(source, 7, 7), word="x", near="y")], color=False).splitlines()
    assert lines[2] == "    |        ^"


def test_no_text_rewrites_the_terminal() -> None:
    text = render([CODE.at(Span(Source("a", "x \x1b[2J\x00 \ud800"), 0, 1), word="\x1b[2J", near="y")], color=False)
    assert "\x1b" not in text
    assert text.encode()


def test_colour_is_asked_for() -> None:
    assert "\x1b[" in "".join(shown("a b", "b", color=True))
    assert "\x1b[" not in "".join(shown("a b", "b"))


def test_way_out_is_said_once() -> None:
    source = Source("a", "x")
    fix = Fix("write `y`", (Edit(Span(source, 0, 1), "y"),))
    text = render([CODE.at(Span(source, 0, 1), word="x", near="y", fixes=(fix,))], color=False)
    assert text.count("write `y`") == 1
