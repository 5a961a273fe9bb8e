"""The widths of texts, against the published metrics of Arial and Helvetica."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlang.targets.drawing.measure import clean, width, wrap


@pytest.mark.parametrize(
    ("text", "size", "bold", "expected"),
    [
        ("æ", 1000, False, 889),
        ("ø", 1000, False, 611),
        ("å", 1000, False, 556),
        ("Æ", 1000, False, 1000),
        ("A", 1000, True, 722),
        ("Hej", 10, False, 7.22 + 5.56 + 2.22),
        ("e\u0301", 1000, False, 556),  # a combining accent takes no room
        ("\u200d", 1000, False, 0),
        ("漢", 1000, False, 1100),
    ],
)
def test_widths(text: str, size: float, bold: bool, expected: float) -> None:
    assert width(text, size, bold=bold) == pytest.approx(expected)


def test_wrap_breaks_between_words_and_ends_in_an_ellipsis() -> None:
    assert wrap("Kontakt: tryghed til den, han lytter til", 120, 12, lines=2) == (
        "Kontakt: tryghed til",
        "den, han lytter til",
    )
    assert wrap("Kontakt: tryghed til den, han lytter til", 120, 12, lines=1) == ("Kontakt: tryghed til…",)
    assert wrap("Rindfleischetikettierungsüberwachungsaufgabe", 60, 12, lines=9)[0].startswith("Rindfleis")
    assert wrap("", 60, 12) == ()


def test_clean_leaves_one_line_that_xml_can_hold() -> None:
    assert clean("a\nb\t c\r\n\x00d") == "a b c \ufffdd"


@given(st.text(max_size=300), st.floats(20, 400), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text: str, room: float, most: int) -> None:
    lines = wrap(text, room, 12, lines=most)
    assert len(lines) <= most
    assert all(width(line, 12) <= room + 0.01 for line in lines if len(line) > 1)


def test_ten_thousand_signs_wrap_at_once() -> None:
    assert len(wrap("x" * 10_000, 150, 12, lines=3)) == 3
