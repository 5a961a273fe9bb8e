"""`grid explain CODE`: a page for every code."""

from __future__ import annotations

import click
import pytest

from gridlang.cli.pages import page
from gridlang.diagnostics import catalogue

ALL = catalogue.find()


@pytest.mark.parametrize("code", ALL.values(), ids=ALL)
def test_every_code_has_a_page(code) -> None:  # type: ignore[no-untyped-def]
    shown = page(code.id, color=False)
    assert shown.startswith(f"{code.id} {code.name} ({code.level.value})\n\nSays:")
    assert max(map(len, shown.splitlines())) <= 100


def test_by_name_and_in_small_letters() -> None:
    assert page("not-utf-8", color=False) == page("G0004", color=False) == page("g0004", color=False)


def test_words_that_a_finding_fills_in_are_marked() -> None:
    assert "`<path>` is not UTF-8 text: line <line> has the byte <byte>" in page("G0004", color=False)


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(click.UsageError, match=r"Did you mean .*`not-utf-8`"):
        page("not-utf8", color=False)
