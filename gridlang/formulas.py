"""Cells that a spreadsheet would take for a formula.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a line end may be worked out by Excel and its kin, and what is
worked out can be made to leak or to run: names and answers come from contacts, who may be anybody. Such a cell gets an
apostrophe in front, which spreadsheets show as text. Left as they are, since programs read them and no harm can be
written with them: numbers and telephone numbers (`+45 20 30 40 50`, `-12`), and ids of letters, digits and `_ - . @`.
JSON lines and Parquet hold every value untouched.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-] ?\d[\d ]*(\.\d+)?", re.ASCII)
_ID = re.compile(r"[+\-@][\w.@-]+")


def neutral(text: str, *, name: bool = False) -> str:
    """The text as a CSV cell may hold it; `name` for ids and names."""
    return f"'{text}" if _DEFUSED.match(text) or _is_risky(text, name) else text


def original(cell: str, *, name: bool = False) -> str:
    """What `neutral` was given."""
    rest = cell[1:]
    return rest if cell[:1] == "'" and (_DEFUSED.match(rest) or _is_risky(rest, name)) else cell


def _is_risky(text: str, name: bool) -> bool:
    if not _RISKY.match(text) or _NUMBER.fullmatch(text):
        return False
    return not (name and _ID.fullmatch(text))
