"""Texts of a plan inside Markdown and inside Mermaid: they show as written, and never become markup."""

from __future__ import annotations

import re

from gridlang.targets.direction import closed
from gridlang.targets.drawing.measure import ELLIPSIS, clean

_LONGEST = 120
"""Signs of a label in a Mermaid drawing; the full text stands elsewhere in the document."""


class Written(str):
    """Text that is Markdown already."""

    __slots__ = ()


def markdown(value: object) -> str:
    """A value as a line of Markdown: no markup, no mention, no reference, one line."""
    if isinstance(value, Written):
        return value
    text = re.sub(r"([\\`*\[\]<>|~$&])", r"\\\1", clean(str(value)))
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
    # A word joiner keeps `@name` from calling somebody and `#12` from naming an issue.
    return re.sub(r"(?<!\w)([@#])(?=\w)", r"\1&#8288;", text)


def paragraph(value: object) -> Written:
    """The same at the beginning of a line, where a number or a dash would begin a list."""
    text = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", markdown(value))
    return Written(re.sub(r"^([#+=-])(?=[\s=#+-]|$)", r"\\\1", text))


def code(value: object) -> Written:
    """A code span, also in a table."""
    text = clean(str(value)).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    space = " " if "`" in text else ""
    return Written(f"{fence}{space}{text}{space}{fence}")


def mermaid(text: str) -> Written:
    """A label in a Mermaid drawing: what Mermaid or HTML would read becomes its number."""
    shown = clean(text)
    if len(shown) > _LONGEST:
        shown = closed(shown[: _LONGEST - 1] + ELLIPSIS)
    escaped = re.sub(r"[\"#&<>;`\\|{}\[\]%$*_~^]", lambda sign: f"#{ord(sign[0])};", shown)
    # Some versions read `1. March` or `- x` as the beginning of a list and refuse it.
    return Written(re.sub(r"^(\d*)([.)+-])(?=\s)", lambda found: f"{found[1]}#{ord(found[2])};", escaped))
