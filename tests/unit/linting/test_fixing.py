"""Ways out that a program takes by itself."""

from __future__ import annotations

from collections.abc import Mapping

from gridlang.diagnostics import Code, Diagnostic, Edit, Fix, Level
from gridlang.linting import fixing
from gridlang.linting.fixing import Overlay, mend, mended
from gridlang.source import Source, Span
from gridlang.syntax import parse
from tests.rules.plans import Memory

TOLD = Code("L0001", "told", Level.WARNING, "told")
SOURCE = Source("plan.grid", "one two three")


def finding(*edits: tuple[int, int, str], safe: bool = True, source: Source = SOURCE) -> Diagnostic:
    made = tuple(Edit(Span(source, start, end), text) for start, end, text in edits)
    return TOLD.at(Span(source, 0, 1), fixes=(Fix("mend", made, safe=safe),))


def test_only_safe_ways_out_are_taken() -> None:
    assert mended([finding((0, 3, "1"), safe=False)]) == {}
    assert mended([finding((0, 3, "1"))]) == {"plan.grid": "1 two three"}


def test_none_is_taken_over_another_and_each_whole_or_not_at_all() -> None:
    problems = [finding((4, 7, "2")), finding((0, 3, "1"), (5, 6, "x")), finding((8, 13, "3"))]
    assert mended(problems) == {"plan.grid": "one 2 3"}


def test_two_texts_at_one_place_are_not_both_put_there() -> None:
    assert mended([finding((3, 3, "a")), finding((3, 3, "b"))]) == {"plan.grid": "onea two three"}


def test_other_folders_and_the_library_are_not_touched() -> None:
    for path in ("../house/people.grid", "std/channels.grid"):
        assert mended([finding((0, 3, "1"), source=Source(path, "one two"))]) == {}


def spelled(texts: Mapping[str, str], text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("plan.grid", texts.get("plan.grid", text))).problems


def test_typing_of_elsewhere_is_mended_and_docs_of_nothing_become_remarks() -> None:
    text = "need a “A”;\n// why\nneed b „B“\n  /// of nothing\n  /// at all\n"
    done = mend(lambda texts: spelled(texts, text))
    assert done.texts == {"plan.grid": 'need a "A"\n# why\nneed b "B"\n  # of nothing\n  # at all\n'}
    assert done.taken == {"typographic-quotes": 2, "semicolon": 1, "slashes": 1, "lost-doc": 2}
    assert not spelled(done.texts, "")


def test_what_makes_a_plan_worse_is_not_kept() -> None:
    wrong = Code("G0299", "wrong", Level.ERROR, "wrong")
    done = mend(lambda texts: [wrong.at(None)] if texts else [finding((0, 3, "1"))])
    assert (done.texts, done.refused) == ({}, True)


def test_ways_out_that_open_others_come_to_an_end() -> None:
    done = mend(lambda texts: [finding((0, 0, "x"), source=Source("plan.grid", texts.get("plan.grid", "")))])
    assert done.texts == {"plan.grid": "x" * fixing.ROUNDS}


def test_an_overlay_shows_other_texts() -> None:
    overlay = Overlay(Memory("need a"), {"plan.grid": "need b"})
    assert [source.text for source in overlay.grid_files("").value] == ["need b"]
    assert overlay.library() == Memory("").library()
