"""Whatever text comes, there is an answer, soon, and no exception."""

from __future__ import annotations

import time

import pytest

from tests.unit.syntax.reading import findings, sound

SECONDS = 20
"""Far above what any of these takes; quadratic time takes minutes or hours."""

FLOODS = {
    "2,000 nested blocks": ("a b {" * 2000 + "}" * 2000, ["too-deep"]),
    "2,000 open blocks": ("a b {" * 2000, ["unclosed-block"]),
    "10,000 brackets": ("let x = " + "(" * 10_000 + "1" + ")" * 10_000, ["long-expression"]),
    "5,000 not": ("let x = " + "not " * 5000 + "a", ["long-expression"]),
    "5,000 minus": ("let x = " + "- " * 5000 + "a", ["long-expression"]),
    "5,000 terms": ("let x = a" + " + a" * 5000, ["long-expression"]),
    "3,000 types": ("fields p { a: " + "List<" * 3000 + "Text" + ">" * 3000 + "}", ["long-expression"]),
    "5,000 calls": ("let x = " + "f(" * 5000, ["long-expression"]),
    "3,000 arms": ("c x { flow { " + "choose { a -> { " * 3000, ["unclosed-block"]),
    "not in brackets": ("let x = " + ("not " * 99 + "(") * 50, ["long-expression"]),
    "a 10 MB line": ("x" * 10_000_000, ["large-file"]),
    "a long line": ('need a "' + "b" * 7_900_000 + '"', []),
    "a long number": ("let x = " + "1" * 7_900_000, ["long-number"]),
    "long white space": ("need" + " " * 7_900_000 + "b", []),
    "many quotes": ('"' * 1_000_001, ["unexpected"]),
    "many apostrophes": ("'" * 1_000_001, ["typographic-quotes"]),
    "open text with escapes": ('let x = "' + 'a\\"' * 500_000, ["unclosed-text"]),
    "many dots": ("." * 300_000, ["other-sign"]),
    "many bullets": ("- " * 100_000, ["list-dash"]),
    "many closing braces": ("}" * 100_000, ["stray-brace"]),
    "many opening braces": ("{" * 100_000, ["unclosed-block"]),
    "many docs": ("///\n" * 100_000, ["lost-doc"]),
    "nothing to see": ("\0" * 1_000_000, ["invisible"]),
    "halves of characters": ('need a "\udfff" \ud800', ["invisible"]),
    "many labels": ("c x { flow { " + "a: " * 50_000 + "stop } }", ["said-twice"]),
    "a long chain": ("c x { flow { wait 2d" + " -> wait 2d" * 20_000 + " } }", []),
    "a long condition": ("let x = a" + " and a" * 20_000, []),
}


@pytest.mark.parametrize("name", FLOODS)
def test_floods(name: str) -> None:
    text, codes = FLOODS[name]
    start = time.perf_counter()
    assert [problem.code.name for problem in findings(text)] == codes
    assert time.perf_counter() - start < SECONDS


def test_names_of_many_words_do_not_take_quadratic_time() -> None:
    start = time.perf_counter()
    assert {problem.code.name for problem in findings("a " * 100_000)} == {"two-words"}
    assert time.perf_counter() - start < SECONDS


def test_what_is_allowed() -> None:
    sound("a b {" + " c {" * 63 + "}" * 64)
    sound("let x = " + "(" * 100 + "1" + ")" * 100)
    sound("let x = " + "not " * 100 + "a")
    sound("let x = a" + " - a" * 99)
    sound(" ".join(f"let x = {'(' * 60}1{')' * 60}" for _ in range(10)))


def test_nothing_is_a_file_too() -> None:
    for text in ("", " \n", "# a", "\ufeff"):
        assert sound(text).declarations == ()
