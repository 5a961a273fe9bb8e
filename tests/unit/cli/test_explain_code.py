"""`grid explain CODE`: a page for every code."""

from __future__ import annotations

import pytest

from gridlang.cli.pages import find, page, unknown
from gridlang.diagnostics import catalogue

ALL = catalogue.find()


@pytest.mark.parametrize("code", ALL.values(), ids=ALL)
def test_every_code_has_a_page(code) -> None:  # type: ignore[no-untyped-def]
    shown = page(code, color=False)
    assert shown.startswith(f"{code.id} {code.name} ({code.level.value})\n\nSays:")
    assert max(map(len, shown.splitlines())) <= 100


def test_by_name_and_in_small_letters() -> None:
    code = ALL["G0004"]
    assert find("not-utf-8") is find("G0004") is find("g0004") is code


def test_words_that_a_finding_fills_in_are_marked() -> None:
    assert "`<path>` is not UTF-8 text: line <line> has the byte <byte>" in page(ALL["G0004"], color=False)


def test_an_unknown_code_names_the_nearest() -> None:
    assert find("not-utf8") is None
    assert "Did you mean `not-utf-8`" in unknown("not-utf8")
