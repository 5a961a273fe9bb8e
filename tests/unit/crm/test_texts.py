"""Texts in cells of import files: no formulas, no torn letters, cut at a word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlang.crm import texts


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("Ring og aftal en prøvetur", None, "Ring og aftal en prøvetur"),
        ("Ring og aftal en prøvetur", 25, "Ring og aftal en prøvetur"),
        ("Ring og aftal en prøvetur", 24, "Ring og aftal en…"),
        ("Ring og aftal en prøvetur", 17, "Ring og aftal en…"),
        ("Ring og aftal en prøvetur", 16, "Ring og aftal…"),
        ("Aftaleindgåelsesprocedure", 10, "Aftaleind…"),
        ("ab e\u0301e\u0301e\u0301e\u0301", 8, "ab e\u0301e\u0301…"),
        ("familien 👩‍👩‍👧‍👦 her", 13, "familien…"),
    ],
)
def test_cut_at_a_word_with_a_mark(text: str, most: int | None, cut: str) -> None:
    assert texts.cut(text, most) == cut


@given(st.text(max_size=60), st.integers(3, 40))
def test_never_longer_and_never_torn(text: str, most: int) -> None:
    made = texts.cell(text, most)
    assert len(made) <= most
    if made.endswith("…") and len(texts.clean(text)) > most:
        kept = made[:-1]
        assert texts.cell(text).startswith(kept)
        rest = texts.cell(text)[len(kept) :].lstrip()
        assert not rest or not unicodedata.combining(rest[0]) or not kept.strip()


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert texts.cell(text)[0] == "'"
    assert texts.line(text)[0] == "'"
    assert texts.body((text,), "gridlang 1 a.grid:1 plan x")[0] == "'"


def test_a_subject_is_one_line_without_control_characters() -> None:
    assert texts.line("Ring\r\ntil \x00\x1b[31mPer\t nu") == "Ring til [31mPer nu"


def test_where_it_comes_from_is_never_cut() -> None:
    made = texts.body(("long " * 1000,), "gridlang 0a1b plan.grid:4 campaign x", 200)
    assert len(made) <= 200
    assert made.endswith("…\ngridlang 0a1b plan.grid:4 campaign x")


def test_moments_are_utc() -> None:
    assert texts.utc(1_800_000_000) == "2027-01-15T08:00:00Z"
    assert (texts.utc_day(1_800_000_000), texts.utc_time(1_800_000_000)) == ("2027-01-15", "08:00")
