"""One mistake gives one message, also where a flow is run by many."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Diagnostic, Level, Related
from gridlang.diagnostics.united import united
from gridlang.source import Source, Span

CODE = Code("G0999", "test", Level.ERROR, "no `{word}`")
SOURCE = Source("plan.grid", "flow f { send x }\nrun f\nrun f\n")


def found(word: str, start: int, *related: tuple[int, str]) -> Diagnostic:
    places = tuple(Related(Span(SOURCE, at, at + 1), text) for at, text in related)
    return CODE.at(Span(SOURCE, start, start + 1), word=word, related=places)


def test_the_same_words_of_the_same_place_are_one_finding_with_all_the_places_they_speak_of() -> None:
    one, other = found("x", 9, (18, "the first run")), found("x", 9, (18, "the first run"), (24, "the second run"))
    (whole,) = united([one, other])
    assert [place.text for place in whole.related] == ["the first run", "the second run"]


def test_other_words_or_another_place_are_another_finding() -> None:
    problems = [found("x", 9), found("y", 9), found("x", 3)]
    assert united(problems) == tuple(problems)


def test_what_has_no_place_is_said_once_too() -> None:
    nowhere = CODE.at(None, word="x")
    assert united([nowhere, CODE.at(None, word="x"), CODE.at(None, word="y")]) == (nowhere, CODE.at(None, word="y"))
