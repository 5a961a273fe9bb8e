"""What a client reads that cannot show marks."""

from __future__ import annotations

from gridlang.editor.asking import plain


def test_our_marks_go_and_the_authors_stay() -> None:
    told = "```grid\nmessage hello\n```\n\nsaid by a  \nand b\n\n*As per reads it:*\n\n> Dear Per\n>\n> **Look** at 2"
    assert plain(told) == "message hello\n\nsaid by a\nand b\n\nAs per reads it:\n\nDear Per\n\n**Look** at 2"


def test_a_text_without_marks_stays() -> None:
    assert plain("2 workdays: from Wed 24 Mar\n\nWorkdays are …") == "2 workdays: from Wed 24 Mar\n\nWorkdays are …"
